"""Rates of fulfilment: every rate carries its rule, its counts and a Wilson interval."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

from foedus.domain.assessments import PastCall, Rate
from foedus.domain.rungs import Rung

_Z = 1.959963984540054


def wilson(successes: float, trials: float) -> tuple[float, float]:
    """The 95% Wilson score interval of a proportion, `successes` of `trials` > 0.

    Source: Wilson 1927, Journal of the American Statistical Association 22:209-212.
    """
    share = successes / trials
    centre = share + _Z**2 / (2 * trials)
    spread = _Z * sqrt(share * (1 - share) / trials + _Z**2 / (4 * trials**2))
    scale = 1 + _Z**2 / trials
    low = (centre - spread) / scale if successes else 0.0
    high = (centre + spread) / scale if successes < trials else 1.0
    return low, high


@dataclass(frozen=True)
class FulfilmentRule:
    """When a call that fell due counts as honoured: the guarantor reached `rung` in time."""

    name: str
    text: str
    rung: Rung


FOEDUS_RUNG = FulfilmentRule(
    name="foedus-rung",
    text=(
        "Per guarantor and call. A defence promise in force on any day of an attack (force used,"
        " MID hostility 4 or 5) on the beneficiary falls due. It counts as honoured when the"
        " guarantor's highest rung is forces, and as partly honoured at material support."
    ),
    rung=Rung.FORCES,
)


def rate(label: str, calls: Iterable[PastCall], rung: Rung) -> Rate:
    """How often `rung` or a higher one was reached; calls whose sources leave it open are apart."""
    honoured = missed = unknown = 0
    for past in calls:
        if past.delivered.low >= rung:
            honoured += 1
        elif past.delivered.high < rung:
            missed += 1
        else:
            unknown += 1
    due = honoured + missed
    low, high = wilson(honoured, due) if due else (None, None)
    return Rate(
        label=label,
        honoured=honoured,
        due=due,
        unknown=unknown,
        rate=honoured / due if due else None,
        low=low,
        high=high,
    )
