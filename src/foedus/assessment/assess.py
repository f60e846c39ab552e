"""Assess one pair: if the beneficiary is attacked, what does the guarantor deliver?"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

from foedus.assessment.capacity import capacity
from foedus.assessment.days import as_of_day
from foedus.assessment.evidence import Found, evidence, no_evidence
from foedus.assessment.evidence_moves import evidence_moves
from foedus.assessment.headline import headline
from foedus.assessment.limits import limits
from foedus.assessment.pair_stress import kept_stress, pair_stress
from foedus.assessment.parties import Parties, parties
from foedus.assessment.promise import promise
from foedus.assessment.reading import Progress, paths_of, read_into
from foedus.assessment.ties import no_forecast, tied
from foedus.catalog.actors import ActorIndex
from foedus.catalog.facts import Facts, Overlay
from foedus.domain.assessments import Assessment
from foedus.record.history import actor_names, record
from foedus.record.open_calls import open_calls
from foedus.record.rules import FOEDUS_RUNG, find_rule
from foedus.reliability.forecast import forecast
from foedus.workspace.assessments import SavedAssessment
from foedus.workspace.store import Workspace


def assess(
    guarantor: str,
    beneficiary: str,
    *,
    challenger: str | None = None,
    as_of: date | str | None = None,
    read: str | Path | Sequence[str | Path] = (),
    workspace: str | Path | None = None,
    mine: bool = True,
    rule: str = FOEDUS_RUNG.name,
    save: bool = True,
    progress: Progress | None = None,
    stress: bool = False,
) -> Assessment:
    """The sourced, dated assessment of one pair, as known on `as_of` (default: today).

    `read` names files and folders that go into the workspace first; every document there
    that was published by `as_of` is used. The assessment is saved in the workspace when that
    exists or is named here, or when documents are read, unless `save` is false. The workspace's
    own commitments, calls and responses lie over the catalog's, unless `mine` is false. `rule`
    names the fulfilment rule of the record's rates. With `stress` a small stress test is run
    first, an attack on the beneficiary; a later assessment of the same facts shows it again.

    Raises:
        UnknownActor, AmbiguousActor: a name that leads to no actor, or to several.
        InputError: a pair that has no answer; the message says why.
        DateError: `as_of` is not a date, lies in the future or before 1816.
        WorkspaceError: the workspace is locked, corrupt, newer or out of reach.
    """
    facts = Facts(as_of=as_of_day(as_of), overlay=_overlay(workspace, mine))
    return assess_on(
        facts, guarantor, beneficiary, challenger=challenger, read=read, workspace=workspace,
        rule=rule, save=save, progress=progress, stress=stress,
    )  # fmt: skip


def assess_on(
    facts: Facts,
    guarantor: str,
    beneficiary: str,
    *,
    challenger: str | None = None,
    read: str | Path | Sequence[str | Path] = (),
    workspace: str | Path | Workspace | None = None,
    rule: str = FOEDUS_RUNG.name,
    save: bool = True,
    progress: Progress | None = None,
    stress: bool = False,
) -> Assessment:
    """`assess` on facts that are open already; a workspace may be given open, and stays so.

    Raises:
        UnknownActor, AmbiguousActor: a name that leads to no actor, or to several.
        InputError: a pair that has no answer; the message says why.
        WorkspaceError: the workspace is locked, corrupt, newer or out of reach.
    """
    from foedus import __version__

    sides = parties(facts, ActorIndex(facts.connection), guarantor, beneficiary, challenger)
    names = actor_names(facts) | {
        side.id: side.name for side in (sides.guarantor, sides.beneficiary)
    }
    promised = promise(facts, sides)
    past = record(facts, sides.givers, sides.beneficiary.id, names, find_rule(rule)).model_copy(
        update={"open": open_calls(facts, sides.givers, sides.beneficiary.id, names)}
    )
    tested = (pair_stress if stress else kept_stress)(facts, sides)
    key = uuid4().hex
    cite = (
        f"Foedus {__version__}, catalog {facts.version}: assessment {key[:8]} of"
        f" {sides.guarantor.name} and {sides.beneficiary.name} as of {facts.as_of}."
    )
    paths = paths_of(read)
    with _opened(workspace, paths) as desk:
        coded = no_evidence() if desk is None else _evidence(desk, sides, facts, paths, progress)
        able = capacity(facts, sides, names)
        moves = evidence_moves(coded, facts.as_of, promised, past, able)
        predicted = (
            forecast(
                facts,
                sides.guarantor,
                sides.beneficiary,
                sides.challenger,
                promised.in_force,
                names,
                moves,
            )
            if tied(facts, sides, promised, past)
            else None
        )
        result = Assessment(
            foedus_version=__version__,
            catalog_version=facts.version,
            id=key,
            created=datetime.now(UTC),
            as_of=facts.as_of,
            guarantor=sides.guarantor,
            beneficiary=sides.beneficiary,
            challenger=sides.challenger,
            headline=headline(sides, promised, past, predicted),
            promise=promised,
            record=past,
            forecast=predicted,
            no_forecast=None if predicted else no_forecast(sides),
            evidence=coded.block,
            capacity=able,
            limits=limits(facts, cite, documents=bool(coded.block.documents)),
            names={},
            coverage=None if tested is None else tested.coverage,
            cascade=None if tested is None else tested.cascade,
        )
        result = result.model_copy(update={"names": _named(result, names)})
        if desk is not None and save:
            desk.save_assessment(saved(result))
    return result


def _overlay(workspace: str | Path | None, mine: bool) -> Overlay:
    if not mine or not Workspace.exists(workspace):
        return Overlay()
    from foedus.assessment import register

    return register.overlay(workspace)


def _named(result: Assessment, names: dict[str, str]) -> dict[str, str]:
    """Display names of the actors that the answer speaks of, and of no others."""
    promise, past = result.promise, (*result.record.calls, *result.record.open)
    texts = (*promise.in_force, *promise.pending, *promise.lapsed, *promise.ended, *promise.undated)
    groups = (*result.evidence.groups, *result.evidence.elsewhere)
    claims = [claim for group in groups for one in group.clusters for claim in one.claims]
    spoken = {
        result.guarantor.id,
        result.beneficiary.id,
        *(share.actor for share in result.capacity.shares),
        *(key for text in texts for key in (text.guarantor, text.beneficiary)),
        *(key for one in past for key in (one.call.beneficiary, *one.call.challengers)),
        *(answer.guarantor for one in past for answer in one.responses),
        *(key for claim in claims for key in (*claim.source, *claim.target)),
    }
    return {key: names[key] for key in sorted(spoken) if key in names}


def _opened(
    workspace: str | Path | Workspace | None, paths: Sequence[Path | str]
) -> AbstractContextManager[Workspace | None]:
    """The workspace, where one is named, has documents to take, or is there already."""
    if isinstance(workspace, Workspace):
        return nullcontext(workspace)
    if workspace is None and not paths and not Workspace.exists(None):
        return nullcontext()
    return Workspace.open(workspace)


def _evidence(
    desk: Workspace,
    sides: Parties,
    facts: Facts,
    paths: Sequence[Path | str],
    progress: Progress | None,
) -> Found:
    failures = read_into(desk, paths, progress).failures if paths else ()
    return evidence(desk, sides, facts.as_of, date.today(), failures)


def saved(result: Assessment) -> SavedAssessment:
    """The assessment as it is kept: whole, but for past calls with others than this beneficiary.

    Those follow from the guarantor, the day and the catalog's version, which are kept.
    """
    payload = result.model_dump(mode="json", exclude={"record": {"calls"}})
    payload["record"]["calls"] = []
    return SavedAssessment(
        id=result.id,
        created=result.created,
        as_of=result.as_of,
        guarantor=result.guarantor.id,
        beneficiary=result.beneficiary.id,
        challenger=None if result.challenger is None else result.challenger.id,
        schema_version=result.schema_version,
        payload=payload,
    )
