"""Agreement of the automatic coding with the hand coding: Cohen's kappa, with intervals.

The rules were developed on half of the wars, drawn by a hash of the war's number; the other
half is reported apart. Wars whose participants are known only by judgement are left out of
the headline figure; a second one counts them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from foedus.catalog.facts import Facts
from foedus.domain.frozen import Frozen
from foedus.record.casus_coding import AllianceCoding, code_all
from foedus.record.published import PublishedCase, published_cases

_DRAWS = 2000
_SEED = 1960


@dataclass(frozen=True, slots=True)
class Pair:
    """One case in both codings; `automatic` is never null here."""

    war: int
    hand: bool
    automatic: bool


class Agreement(Frozen):
    """Two codings of one question: Cohen's kappa with a war-clustered 95% interval.

    `agree` counts equal codings of `cases`. `hand` and `automatic` are the shares that each
    coding says yes to. `kappa` is null where one of them says the same throughout.
    """

    question: str
    group: str
    cases: int
    wars: int
    agree: int
    hand: float
    automatic: float
    kappa: float | None
    low: float | None
    high: float | None


def cohen_kappa(pairs: Iterable[tuple[bool, bool]]) -> float | None:
    """Agreement beyond chance of two codings; null where chance alone would agree throughout.

    kappa = (p_o - p_e) / (1 - p_e), with p_o the share of equal codings and p_e the share
    expected from the two codings' own frequencies.

    Source: Cohen 1960, Educational and Psychological Measurement 20:37-46.
    """
    cells = [0, 0, 0, 0]
    for one, other in pairs:
        cells[2 * one + other] += 1
    return _kappa(*cells)


def _kappa(neither: float, second: float, first: float, both: float) -> float | None:
    n = neither + second + first + both
    if not n:
        return None
    observed = (neither + both) / n
    one, other = (first + both) / n, (second + both) / n
    expected = one * other + (1 - one) * (1 - other)
    return None if expected == 1 else (observed - expected) / (1 - expected)


def in_development(war: int) -> bool:
    """Whether the rules were developed on this war: the SHA-256 of its number starts even."""
    return hashlib.sha256(str(war).encode()).digest()[0] % 2 == 0


def agreement(question: str, group: str, pairs: Sequence[Pair]) -> Agreement:
    """The agreement of one group of cases, at least one."""
    low, high = _interval(pairs)
    return Agreement(
        question=question,
        group=group,
        cases=len(pairs),
        wars=len({pair.war for pair in pairs}),
        agree=sum(pair.hand == pair.automatic for pair in pairs),
        hand=sum(pair.hand for pair in pairs) / len(pairs),
        automatic=sum(pair.automatic for pair in pairs) / len(pairs),
        kappa=cohen_kappa((pair.hand, pair.automatic) for pair in pairs),
        low=low,
        high=high,
    )


def _interval(pairs: Sequence[Pair]) -> tuple[float, float] | tuple[None, None]:
    """The 95% interval of kappa when whole wars are drawn anew; draws without a kappa are left."""
    import numpy as np

    wars = sorted({pair.war for pair in pairs})
    if len(wars) < 2:
        return None, None
    cells = np.zeros((len(wars), 4))
    for pair in pairs:
        cells[wars.index(pair.war), 2 * pair.hand + pair.automatic] += 1
    rng = np.random.default_rng(_SEED)
    drawn = rng.multinomial(len(wars), np.full(len(wars), 1 / len(wars)), size=_DRAWS) @ cells
    kappas = [found for row in drawn if (found := _kappa(*row)) is not None]
    if not kappas:
        return None, None
    low, high = np.quantile(kappas, (0.025, 0.975))
    return float(low), float(high)


GROUPS = ("all", "before 1945", "since 1945", "wars of development", "wars held out")


def _belongs(case: PublishedCase, group: str) -> bool:
    return {
        "all": True,
        "before 1945": case.before_1945,
        "since 1945": not case.before_1945,
        "wars of development": in_development(case.war),
        "wars held out": not in_development(case.war),
    }[group]


def both_codings(
    facts: Facts, *, judgements: bool = False
) -> list[tuple[PublishedCase, AllianceCoding]]:
    """Every alliance and war in both codings, by war and ATOP id."""
    coded = code_all(facts, judgements=judgements)
    return [(case, coded[case.war, case.atopid]) for case in published_cases(facts)]


def agreements(both: Sequence[tuple[PublishedCase, AllianceCoding]]) -> list[Agreement]:
    """Kappa for "fell due" and for "honoured, given due in both", in every group of `GROUPS`.

    Cases that the automatic coding cannot tell are left out.
    """
    found = []
    for question in ("fell due", "honoured, given due"):
        for group in GROUPS:
            pairs = [
                Pair(case.war, case.due, bool(coded.due))
                if question == "fell due"
                else Pair(case.war, case.honoured, bool(coded.honoured))
                for case, coded in both
                if coded.due is not None
                and _belongs(case, group)
                and (question == "fell due" or (case.due and coded.due))
            ]
            if pairs:
                found.append(agreement(question, group, pairs))
    return found
