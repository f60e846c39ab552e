"""An assessment: the answer for one pair, as one JSON-able record. It is also what is saved."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from foedus.domain.actors import Actor
from foedus.domain.asking import Against, Asking
from foedus.domain.calls import Call
from foedus.domain.claims import Claim, Cluster, ReviewStatus
from foedus.domain.commitments import Commitment, Obligation
from foedus.domain.documents import DateBasis
from foedus.domain.estimates import OtherCommitment, Window
from foedus.domain.evidence_updates import EvidenceUpdate
from foedus.domain.frozen import Frozen
from foedus.domain.pair_stress import Cascade, Coverage
from foedus.domain.responses import Response
from foedus.domain.rungs import RungRange

SCHEMA_VERSION = 1
"""Raised when a field changes its meaning or goes; added fields leave it."""


class Promise(Frozen):
    """What the guarantor has promised the beneficiary, and what it has not.

    `in_force` holds every instrument in force on the as-of date, `pending` those signed but
    not (known to be) in force, `lapsed` those that a source no longer covers ("not known
    since"), `ended` earlier ones, `undated` those whose dates nobody gives, among them
    understandings that are often taken for an alliance. `defence_promised` is null where
    only lapsed rows could say.
    """

    in_force: tuple[Commitment, ...]
    pending: tuple[Commitment, ...]
    lapsed: tuple[Commitment, ...]
    ended: tuple[Commitment, ...]
    undated: tuple[Commitment, ...] = ()
    defence_promised: bool | None
    summary: str


class Verdict(Frozen):
    """Whether one call fell under the commitments held, and why, in words.

    `due` is about promises of help (defense, offense); `by_obligation` holds the answer for
    each obligation held, neutrality and consultation too.
    """

    due: Literal["due", "not due", "cannot tell"]
    obligation: Obligation | None
    commitment: str | None
    reason: str
    by_obligation: dict[Obligation, Literal["due", "not due", "cannot tell"]] = Field(
        default_factory=dict
    )


class PastCall(Frozen):
    """One call in the guarantor's record: what was owed and what was delivered.

    `responses` are the sources' rows; `delivered` is what they jointly leave possible.
    """

    call: Call
    beneficiary_name: str
    challenger_names: tuple[str, ...]
    verdict: Verdict
    responses: tuple[Response, ...]
    delivered: RungRange
    opposed: bool | None


class Rate(Frozen):
    """`honoured` of `due` calls under a named rule, with a 95% Wilson interval.

    `unknown` calls were due but their sources cannot tell whether the rule was met; they
    are outside `due`. `rate`, `low` and `high` are null where `due` is 0.
    """

    label: str
    honoured: int
    due: int
    unknown: int
    rate: float | None
    low: float | None
    high: float | None


class Record(Frozen):
    """The guarantor's past calls before the as-of date, newest first, under one rule.

    `open` holds attacks on the beneficiary that go on: what they show is given so far.
    """

    rule: str
    rule_text: str
    calls: tuple[PastCall, ...]
    with_beneficiary: tuple[PastCall, ...]
    total: int
    rates: tuple[Rate, ...]
    open: tuple[PastCall, ...] = ()


class ReferenceClass(Frozen):
    """One class of past calls that the base rate is pooled from, widest first.

    `calls` and `responses` are its N; `forces` and `material` count rows that certainly
    reached at least that rung, `open` rows whose source leaves it open.
    """

    name: str
    calls: int
    responses: int
    material: int
    forces: int
    open: int


class Weight(Frozen):
    """One alternative that the forecast is averaged over, its weight, and where that is from."""

    name: str
    weight: float
    basis: str


class Contribution(Frozen):
    """What one feature adds to the log-odds of a higher rung, against the average past case."""

    feature: str
    label: str
    value: str
    average: str
    log_odds: float


class SimilarCall(Frozen):
    """One past call and guarantor near in what the model weighs, and what was delivered.

    `distance` is in log-odds: how far the two lie apart, feature by feature.
    """

    call: str
    name: str
    started: date
    guarantor: str
    guarantor_name: str
    beneficiary: str
    beneficiary_name: str
    delivered: RungRange
    distance: float


class Swing(Frozen):
    """P(material support or more) with one feature at its 10th and 90th percentile of the past."""

    feature: str
    label: str
    low_value: str
    high_value: str
    at_low: float
    at_high: float


class WhatIf(Frozen):
    """P(material support or more) as it is, and if one thing were otherwise."""

    change: str
    now: float
    then: float


class IfTested(Frozen):
    """do(call): the probabilities if this commitment were tested, under one correlation.

    `correlation` is between being called and being supported, beyond what the features tell:
    negative where challengers test promises that look weak to them for reasons unseen here.
    """

    correlation: float
    material: float
    forces: float


class Forecast(Frozen):
    """Rung probabilities for a call in the next 12 months, with everything needed to judge them.

    `windows` answer "given a call like past calls"; `if_tested` answers do(call), over a stated
    range of selection, with `overlap` where this commitment was never called. `contributions`
    add up, with the average case, to the log-odds; a base rate has none. Where documents speak
    of the pair, `update` says how reviewed statements moved `windows` and `if_tested`; all else
    is the model's before them.
    """

    estimand: str
    resolution: str
    model: str
    model_version: str
    windows: tuple[Window, ...]
    reference_classes: tuple[ReferenceClass, ...]
    challengers: tuple[Weight, ...]
    severities: tuple[Weight, ...]
    training_calls: int
    training_responses: int
    last_training_call: date | None
    limits: tuple[str, ...]
    contributions: tuple[Contribution, ...] = ()
    similar: tuple[SimilarCall, ...] = ()
    swings: tuple[Swing, ...] = ()
    what_ifs: tuple[WhatIf, ...] = ()
    if_tested: tuple[IfTested, ...] = ()
    overlap: str | None = None
    update: EvidenceUpdate | None = None
    asking: Asking | None = None
    against: Against | None = None
    others: tuple[OtherCommitment, ...] = ()


EvidenceKind = Literal[
    "promised",
    "expected",
    "requested",
    "delivered",
    "withheld",
    "signalled",
    "realigned",
    "constrained",
    "assessed",
]


class DocumentNote(Frozen):
    """One document behind the evidence."""

    id: str
    name: str
    title: str | None
    publisher: str | None
    date: str | None
    date_basis: DateBasis
    language: str | None
    claims: int
    same_as: str | None
    used: bool
    why_not: str | None


class EvidenceCluster(Frozen):
    """One statement with every claim that makes it."""

    cluster: Cluster
    claims: tuple[Claim, ...]


class EvidenceGroup(Frozen):
    """The statements of one kind about this pair."""

    kind: EvidenceKind
    clusters: tuple[EvidenceCluster, ...]


class Evidence(Frozen):
    """What the documents say of this pair, and of the guarantor toward others (`elsewhere`).

    `contradictions` are pairs of cluster ids. `abstained` claims were under the coder's
    threshold and are counted nowhere. `reviewed` counts the claims about the pair by what a
    person made of them. Of many documents only those with claims are listed, of many claims
    elsewhere only the newest: `documents_total` and `elsewhere_total` (claims) count all.
    """

    groups: tuple[EvidenceGroup, ...]
    elsewhere: tuple[EvidenceGroup, ...]
    contradictions: tuple[tuple[str, str], ...]
    documents: tuple[DocumentNote, ...]
    failures: tuple[str, ...]
    abstained: int
    reviewed: dict[ReviewStatus, int] = Field(default_factory=dict)
    documents_total: int | None = None
    elsewhere_total: int | None = None


class CapabilityShare(Frozen):
    """One state's share (0..1) of world material capability in one year, and its rank."""

    actor: str
    name: str
    year: int | None
    share: float | None
    rank: int | None


class Drain(Frozen):
    """One war, conflict or dispute that occupies the guarantor on the as-of date."""

    name: str
    kind: str
    since: str
    role: str
    source: str


class Capacity(Frozen):
    """What the guarantor has, and what already draws on it.

    `commitments` counts directed promises in force by obligation; `load_known_until` is the
    last day that datasets of wars cover: later drains come from the register alone.
    """

    shares: tuple[CapabilityShare, ...]
    drains: tuple[Drain, ...]
    commitments: dict[str, int]
    beneficiaries: int
    load_known_until: date | None
    notes: tuple[str, ...]


class VintageUse(Frozen):
    """One dataset used: its version, last year and how to cite it."""

    key: str
    title: str
    version: str
    last_year: int | None
    tables: tuple[str, ...]
    terms: str
    citation: str


class Limits(Frozen):
    """What the answer rests on and what it does not know."""

    vintages: tuple[VintageUse, ...]
    unknown: tuple[str, ...]
    cite: str


class Assessment(Frozen):
    """If `beneficiary` is attacked, what does `guarantor` deliver? As known on `as_of`.

    `coverage` and `cascade` are from a small stress test, null where none was run.
    """

    schema_version: int = SCHEMA_VERSION
    foedus_version: str
    catalog_version: str
    id: str
    created: datetime
    as_of: date
    guarantor: Actor
    beneficiary: Actor
    challenger: Actor | None
    headline: str
    promise: Promise
    record: Record
    forecast: Forecast | None
    no_forecast: str | None
    evidence: Evidence
    capacity: Capacity
    limits: Limits
    names: dict[str, str]
    coverage: Coverage | None = None
    cascade: Cascade | None = None
