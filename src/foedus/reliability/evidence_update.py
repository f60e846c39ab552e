r"""Reviewed statements move the estimate: a stated likelihood ratio for each, capped together.

The rungs are split as nested dichotomies, $M$ = material support or more against less, and
$F$ = forces given $M$. Statements multiply the two odds,

$$\frac{M'}{1 - M'} = \frac{M}{1 - M} e^{s_M}, \quad \frac{F'}{1 - F'} = \frac{F}{1 - F} e^{s_F},
  \quad s_M = [\sum_j w_j \ln L_{Mj}]_{-c_M}^{c_M},$$

($s_F$ alike), where $w_j$ is the weight of both grades of statement $j$ and $c$ the logarithm of
the cap. Rungs under material support keep their proportions. So the five probabilities stay
coherent, the order of statements does not matter, and no number of them passes the cap.

Source: odds form of Bayes' rule as in Good 1950, Probability and the Weighing of Evidence;
nested dichotomies, Fienberg 1980, The Analysis of Cross-Classified Categorical Data, ch. 6.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import exp, log

import numpy as np

from foedus.domain.assessments import IfTested
from foedus.domain.claims import Claim, Cluster
from foedus.domain.documents import DocumentHead
from foedus.domain.estimates import Window
from foedus.domain.evidence_updates import EvidenceStep, EvidenceUpdate, RatioCase
from foedus.domain.rungs import Rung
from foedus.evidence.clusters import cluster_claims
from foedus.evidence.grading import corroborated
from foedus.reliability.likelihood_ratios import OPINIONS, STANDING, Ratios
from foedus.reliability.ordered import Floats
from foedus.reliability.windows import windows

REVIEWED = ("accepted", "edited")
Known = Callable[[Claim], str | None]
"""Why a claim's fact is weighed already, or null where it is not."""


@dataclass(frozen=True)
class Move:
    """One statement: its grade-weighted log ratios, or why it moves nothing."""

    cluster: Cluster
    best: Claim
    material: float
    forces: float
    why_not: str | None


@dataclass(frozen=True)
class Moves:
    """All statements that people reviewed, and how many claims wait for review."""

    each: tuple[Move, ...]
    ratios: Ratios
    waiting: int

    def shift(self, part: Sequence[Move] | None = None, times: float = 1) -> tuple[float, float]:
        """(s_M, s_F) of some of the statements (default: all), within the caps."""
        some = self.each if part is None else part
        caps = (log(self.ratios.cap.material), log(self.ratios.cap.forces))
        # summed in order of size, so that the statements' order does not show in the last digit
        sums = (sorted(one.material for one in some), sorted(one.forces for one in some))
        first, second = (
            max(-cap, min(cap, times * sum(values))) for cap, values in zip(caps, sums, strict=True)
        )
        return first, second


def moves(
    claims: Sequence[Claim],
    documents: Sequence[DocumentHead],
    as_of: date,
    ratios: Ratios,
    *,
    known: Known = lambda _: None,
    graded: Collection[str] = (),
) -> Moves:
    """What the claims about one pair move: those accepted or edited, published by `as_of`.

    Claims that say the same are one statement, whatever their number; reports of one origin
    are one report, and two origins raise the credibility unless a person gave it (`graded`).
    """
    days = {item.id: None if item.date is None else item.date.last for item in documents}
    counted = [one for one in claims if one.review in REVIEWED and _dated(one, days, as_of)]
    by_id = {one.claim_id: one for one in counted}
    found = []
    for cluster in cluster_claims(counted, documents):
        members = [_graded(by_id[key], cluster, graded) for key in cluster.claims]
        best = max(members, key=lambda one: (_weight(one, ratios), one.claim_id))
        found.append(_move(cluster, best, members, ratios, known))
    waiting = sum(
        one.review == "unreviewed"
        and not one.abstained
        and one.modality in STANDING
        and ratios.of(one) is not None
        for one in claims
    )
    return Moves(tuple(sorted(found, key=lambda one: one.cluster.id)), ratios, waiting)


def _dated(claim: Claim, days: Mapping[str, date | None], as_of: date) -> bool:
    day = days.get(claim.doc)
    return day is not None and day <= as_of


def _graded(claim: Claim, cluster: Cluster, graded: Collection[str]) -> Claim:
    if cluster.origins < 2 or claim.credibility == 6 or claim.claim_id in graded:
        return claim
    better = min(claim.credibility, corroborated(cluster.origins))
    return claim.model_copy(update={"credibility": better})


def _weight(claim: Claim, ratios: Ratios) -> float:
    return ratios.credibility[claim.credibility] * ratios.reliability[claim.reliability]


def _move(
    cluster: Cluster, best: Claim, members: Sequence[Claim], ratios: Ratios, known: Known
) -> Move:
    row, weight = ratios.of(best), _weight(best, ratios)
    why = None
    if best.act in OPINIONS:
        why = "an opinion: counted nowhere"
    elif best.modality not in STANDING:
        why = f"{best.modality}: neither a fact nor a firm intention"
    elif row is None:
        why = "no ratio is stated for this act"
    elif reason := next(filter(None, map(known, members)), None):
        why = reason
    elif not weight:
        why = f"its grade {best.reliability}{best.credibility} carries no weight"
    if why is not None or row is None:
        return Move(cluster, best, 0.0, 0.0, why)
    return Move(cluster, best, weight * log(row.material), weight * log(row.forces), None)


def moved(shares: Floats, material: float, forces: float) -> Floats:
    """Rung probabilities (..., 5) after log-odds shifts of material or more, and of forces."""
    shares = np.asarray(shares, dtype=np.float64)
    if not material and not forces:
        return shares
    below, upper = shares[..., : Rung.MATERIAL], shares[..., Rung.MATERIAL :]
    less, more = below.sum(axis=-1), upper.sum(axis=-1) * exp(material)
    of_forces = upper[..., 1] * exp(forces)
    total, within = less + more, upper[..., 0] + of_forces
    high = np.divide(more, total, out=np.zeros_like(more), where=total > 0)
    part = np.divide(of_forces, within, out=np.zeros_like(within), where=within > 0)
    rest = np.divide(1 - high, less, out=np.zeros_like(less), where=less > 0)
    return np.concatenate(
        [below * rest[..., None], (high * (1 - part))[..., None], (high * part)[..., None]], axis=-1
    )


def with_evidence(
    drawn: Mapping[int, Floats], prior: tuple[Window, ...], found: Moves
) -> tuple[tuple[Window, ...], EvidenceUpdate]:
    """The windows (`prior`, from draws (d, 5) by days) after what was reviewed, and each step."""
    shift = found.shift()
    year = drawn[max(drawn)]
    free = tuple(
        sum(one) for one in zip(*((m.material, m.forces) for m in found.each), strict=True)
    )
    return (
        windows({days: moved(draws, *shift) for days, draws in drawn.items()})
        if any(shift)
        else prior
    ), EvidenceUpdate(
        prior=prior,
        steps=_steps(year, found),
        material_ratio=exp(shift[0]),
        forces_ratio=exp(shift[1]),
        material_cap=found.ratios.cap.material,
        forces_cap=found.ratios.cap.forces,
        capped=bool(free) and not np.allclose(free, shift),
        ratios=found.ratios.source,
        waiting=found.waiting,
        sensitivity=_sensitivity(year, found),
    )


def _means(draws: Floats, shift: tuple[float, float]) -> tuple[float, float]:
    """P(material or more) and P(forces) after a shift."""
    shares = moved(draws, *shift).mean(axis=0)
    return float(shares[Rung.MATERIAL :].sum()), float(shares[Rung.FORCES])


def _steps(draws: Floats, found: Moves) -> tuple[EvidenceStep, ...]:
    steps = []
    for number, one in enumerate(found.each, start=1):
        material, forces = _means(draws, found.shift(found.each[:number]))
        steps.append(
            EvidenceStep(
                cluster=one.cluster.id,
                claims=one.cluster.claims,
                origins=one.cluster.origins,
                quote=one.best.quote,
                act=one.best.act,
                polarity=one.best.polarity,
                support=one.best.support,
                reliability=one.best.reliability,
                credibility=one.best.credibility,
                material_ratio=exp(one.material),
                forces_ratio=exp(one.forces),
                material_after=material,
                forces_after=forces,
                why_not=one.why_not,
            )
        )
    return tuple(steps)


def _sensitivity(draws: Floats, found: Moves) -> tuple[RatioCase, ...]:
    weighing = [one for one in found.each if one.why_not is None]
    if not weighing:
        return ()
    largest = max(weighing, key=lambda one: (abs(one.material) + abs(one.forces), one.cluster.id))
    cases = (
        ("no statement counts", (0.0, 0.0)),
        ("each statement weighs half", found.shift(times=0.5)),
        ("as stated", found.shift()),
        ("each statement weighs twice", found.shift(times=2)),
        (
            "without the weightiest statement",
            found.shift([m for m in weighing if m is not largest]),
        ),
    )
    return tuple(
        RatioCase(case=name, material=means[0], forces=means[1])
        for name, shift in cases
        for means in [_means(draws, shift)]
    )


def tested_after(one: IfTested, found: Moves) -> IfTested:
    """do(call) under one correlation after the reviewed statements."""
    shares = np.array([1 - one.material, 0.0, 0.0, one.material - one.forces, one.forces])
    material, forces = _means(shares[None, :], found.shift())
    return one.model_copy(update={"material": material, "forces": forces})
