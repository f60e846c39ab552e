"""Rates of fulfilment: every rate carries its rule, its counts and its intervals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

from foedus.domain.assessments import PastCall, Rate
from foedus.domain.fulfilment import RateLine
from foedus.domain.rungs import Rung
from foedus.errors import InputError

GROUPS = ("era", "obligation", "multilateral")
"""What rates can be grouped by."""

_Z = 1.959963984540054
_DRAWS = 4000
_SEED = 1980


@dataclass(frozen=True, slots=True)
class Case:
    """One case under a rule; `due` is null where it cannot be told, `honoured` likewise.

    `cluster` names the war or call that cases share. A case has one era and one side, but
    counts under each of its `obligations`.
    """

    cluster: str
    year: int
    due: bool | None
    honoured: bool | None
    obligations: tuple[str, ...]
    multilateral: bool

    def values(self, group: str) -> tuple[str, ...]:
        """The labels under which the case counts in a grouping."""
        if group == "era":
            return (ERAS[0] if self.year < 1945 else ERAS[1],)
        if group == "multilateral":
            return ("multilateral" if self.multilateral else "bilateral",)
        return self.obligations or ("none",)


ERAS = ("before 1945", "since 1945")


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


def clustered(cases: Iterable[tuple[str, bool]]) -> tuple[float, float] | tuple[None, None]:
    """The 95% interval of a share when whole clusters are drawn anew, from (cluster, success).

    Null where there is only one cluster. The draws are the same each time.

    Source: Efron and Tibshirani 1993, An Introduction to the Bootstrap, ch. 13 (percentile
    interval); Cameron, Gelbach and Miller 2008, Review of Economics and Statistics 90:414-427
    (resampling clusters).
    """
    import numpy as np

    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for cluster, success in cases:
        counts[cluster][0] += success
        counts[cluster][1] += 1
    if len(counts) < 2:
        return None, None
    totals = np.array([counts[key] for key in sorted(counts)], dtype=np.float64)
    size = len(totals)
    rng = np.random.default_rng(_SEED)
    drawn = rng.multinomial(size, np.full(size, 1 / size), size=_DRAWS) @ totals
    low, high = np.quantile(drawn[:, 0] / drawn[:, 1], (0.025, 0.975))
    return float(low), float(high)


def check_groups(by: Sequence[str]) -> None:
    """Refuse a group that does not exist.

    Raises:
        InputError: names those that do.
    """
    unknown = [group for group in by if group not in GROUPS]
    if unknown:
        raise InputError(
            f"Rates cannot be grouped by {', '.join(map(repr, unknown))}."
            f" There are {', '.join(GROUPS)}."
        )


def tabulate(cases: Sequence[Case], by: Sequence[str] = ()) -> list[RateLine]:
    """One line for each combination of the groups in `by`, in order; without any, one line.

    Raises:
        InputError: a group that does not exist; names those that do.
    """
    check_groups(by)
    groups: dict[tuple[str, ...], list[Case]] = defaultdict(list)
    for case in cases:
        keys: list[tuple[str, ...]] = [()]
        for group in by:
            keys = [(*key, value) for key in keys for value in case.values(group)]
        for key in keys:
            groups[key].append(case)
    if not by:
        groups.setdefault((), [])
    return [
        _line(dict(zip(by, key, strict=True)), groups[key]) for key in sorted(groups, key=_order)
    ]


def _order(key: tuple[str, ...]) -> tuple[int, ...]:
    return tuple(_ORDER.index(value) if value in _ORDER else len(_ORDER) for value in key)


_ORDER = (
    *ERAS,
    "defense",
    "offense",
    "neutrality",
    "nonaggression",
    "consultation",
    "bilateral",
    "multilateral",
)


def _line(group: dict[str, str], cases: Sequence[Case]) -> RateLine:
    settled = [(case.cluster, case.honoured) for case in cases if case.due]
    told = [(cluster, bool(honoured)) for cluster, honoured in settled if honoured is not None]
    open_cases = sum(case.due is None for case in cases) + len(settled) - len(told)
    honoured, due = sum(success for _, success in told), len(told)
    low, high = wilson(honoured, due) if due else (None, None)
    clustered_low, clustered_high = clustered(told) if due else (None, None)
    return RateLine(
        group=group,
        honoured=honoured,
        due=due,
        unknown=open_cases,
        wars=len({cluster for cluster, _ in told}),
        rate=honoured / due if due else None,
        low=low,
        high=high,
        clustered_low=clustered_low,
        clustered_high=clustered_high,
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
    return rate_of(label, honoured, honoured + missed, unknown)


def rate_of(label: str, honoured: int, due: int, unknown: int) -> Rate:
    """A labelled rate from its counts, with its Wilson interval."""
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
