"""Scores of rung probabilities where the source leaves the outcome as a range of rungs.

Log score: log of the probability of the range. Ranked probability score: squared error of
P(rung <= k) summed over the thresholds k that the source settles (Epstein 1969, Journal of
Applied Meteorology 8:985-987). Brier and AUC for "material or more" and "forces": over rows that
settle them. All are per row; a mean takes rows or calls as votes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from foedus.reliability.logit import fit_logit

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

MATERIAL, FORCES = 3, 4
_LEAST = 1e-4
"""Least probability in the log score: one surprise must not decide a table."""


_FLAT = 1e3
"""Prior scale of a calibration's slope and intercept: none, but that they stay finite."""


@dataclass(frozen=True)
class Outcomes:
    """What is known of the rung of each row (n,), and the row's call as a number (n,)."""

    low: Ints
    high: Ints
    call: Ints

    def settled(self, rung: int) -> Flags:
        """Rows that settle whether `rung` was reached."""
        return (self.low >= rung) | (self.high < rung)

    def reached(self, rung: int) -> Flags:
        """Rows that reached `rung` for certain."""
        return self.low >= rung


def log_scores(shares: Floats, outcome: Outcomes) -> Floats:
    """Log of the probability given to what was recorded, (n,)."""
    rungs = np.arange(shares.shape[1])
    inside = (rungs >= outcome.low[:, None]) & (rungs <= outcome.high[:, None])
    return np.asarray(np.log(np.maximum((shares * inside).sum(axis=1), _LEAST)))


def ranked_scores(
    shares: Floats, outcome: Outcomes, thresholds: tuple[int, ...] = (0, 1, 2, 3)
) -> Floats:
    """Ranked probability score over the settled thresholds, (n,); lower is better."""
    below = shares.cumsum(axis=1)
    total = np.zeros(len(shares))
    for k in thresholds:
        total += np.where(outcome.high <= k, (1 - below[:, k]) ** 2, 0)
        total += np.where(outcome.low > k, below[:, k] ** 2, 0)
    return total


def chance_of(shares: Floats, rung: int) -> Floats:
    """P(rung or more), (n,)."""
    return np.asarray(shares[:, rung:].sum(axis=1))


def brier_scores(shares: Floats, outcome: Outcomes, rung: int) -> Floats:
    """Squared error for `rung` or more, (n,); NaN where the source does not settle it."""
    error = (chance_of(shares, rung) - outcome.reached(rung)) ** 2
    return np.where(outcome.settled(rung), error, np.nan)


def auc(chance: Floats, reached: Flags) -> float:
    """Area under the ROC curve; NaN where only one outcome occurs."""
    ups = int(reached.sum())
    downs = len(reached) - ups
    if not ups or not downs:
        return float("nan")
    _, place, size = np.unique(chance, return_inverse=True, return_counts=True)
    rank = (np.cumsum(size) - (size - 1) / 2)[place]
    return float((rank[reached].sum() - ups * (ups + 1) / 2) / (ups * downs))


def within_calls(chance: Floats, reached: Flags, call: Ints) -> float:
    """Share of pairs within a call that are ranked rightly, each call one vote; ties half."""
    found = []
    for one in np.unique(call):
        inside = call == one
        score = auc(chance[inside], reached[inside])
        if not np.isnan(score):
            found.append(score)
    return float(np.mean(found)) if found else float("nan")


def calibration(chance: Floats, reached: Flags, weight: Floats) -> tuple[float, float]:
    """Slope and intercept of a logit of the outcome on the forecast's log-odds."""
    p = chance.clip(1e-4, 1 - 1e-4)
    odds = np.log(p / (1 - p))
    more, intercept = fit_logit(
        odds[:, None],
        reached.astype(np.float64),
        weight,
        np.array([_FLAT]),
        offset=odds,
        intercept_scale=_FLAT,
    )
    return 1 + float(more), float(intercept)


def expected_calibration_error(chance: Floats, reached: Flags, weight: Floats) -> float:
    """Mean gap between forecast and frequency over ten bins of equal number."""
    return sum(
        abs(float(weight[part] @ (chance[part] - reached[part])) / float(weight.sum()))
        for part in _bins(chance, 10)
    )


def reliability_bins(chance: Floats, reached: Flags) -> list[tuple[float, float, int]]:
    """Mean forecast, frequency and N in five bins of equal number."""
    return [
        (float(chance[part].mean()), float(reached[part].mean()), len(part))
        for part in _bins(chance, 5)
    ]


def _bins(chance: Floats, number: int) -> list[Ints]:
    order = np.argsort(chance, kind="stable")
    return [part for part in np.array_split(order, number) if len(part)]


def call_weights(call: Ints) -> Floats:
    """Weights (n,) that give each call one vote, of mean 1."""
    _, place, size = np.unique(call, return_inverse=True, return_counts=True)
    weight = 1 / size[place]
    return np.asarray(weight * len(call) / weight.sum())


def resampled(
    statistic: Callable[[Floats], float], call: Ints, times: int = 1000, seed: int = 5
) -> tuple[float, float]:
    """95% interval of a statistic of row weights, whole calls drawn with replacement."""
    _, place = np.unique(call, return_inverse=True)
    calls = int(place.max()) + 1
    rng = np.random.Generator(np.random.Philox(seed))
    found = []
    for _ in range(times):
        votes = np.bincount(rng.integers(0, calls, calls), minlength=calls).astype(np.float64)
        found.append(statistic(votes[place]))
    low, high = np.nanquantile(found, [0.025, 0.975])
    return float(low), float(high)


def mean_interval(
    values: Floats, call: Ints, times: int = 2000, level: float = 0.95
) -> tuple[float, float, float]:
    """Mean of per-row values and its interval over resampled calls; NaN rows are left out."""
    known = ~np.isnan(values)
    _, place = np.unique(call, return_inverse=True)
    total = np.bincount(place[known], weights=values[known], minlength=place.max() + 1)
    count = np.bincount(place[known], minlength=place.max() + 1)
    rng = np.random.Generator(np.random.Philox(5))
    drawn = rng.integers(0, len(total), (times, len(total)))
    means = total[drawn].sum(axis=1) / np.maximum(count[drawn].sum(axis=1), 1)
    low, high = np.quantile(means, [(1 - level) / 2, (1 + level) / 2])
    return float(values[known].mean()), float(low), float(high)
