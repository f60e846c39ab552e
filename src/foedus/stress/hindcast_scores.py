"""Scores of counts over five years, and their intervals over blocks of origins."""

from __future__ import annotations

import numpy as np
from scipy.stats import poisson

from foedus.stress.network import Floats, Ints

MOST = 5
TIMES = 1000


def count_rps(mean: Floats, count: Floats) -> Floats:
    r"""Ranked probability score (u) of Poisson forecasts of `mean` (u) for `count` (u).

    $\sum_{k=0}^{4} (P(N \le k) - 1[n \le k])^2$; five and more are one class. A mean of 0 is
    certainty that nothing happens.

    Source: Epstein 1969, Journal of Applied Meteorology 8:985-987.
    """
    k = np.arange(MOST)
    below = poisson.cdf(k, np.asarray(mean, float)[:, None])
    happened = np.asarray(count)[:, None] <= k
    return np.asarray(((below - happened) ** 2).sum(axis=1))


def any_brier(mean: Floats, count: Floats) -> Floats:
    """Squared error (u) of P(at least one) = 1 - exp(-mean)."""
    return np.asarray((-np.expm1(-np.asarray(mean, float)) - (np.asarray(count) > 0)) ** 2)


def auc(score: Floats, happened: Floats) -> float:
    """Chance that a unit to which it happened has the higher score, ties half; NaN without both."""
    yes, no = np.asarray(score)[happened > 0], np.sort(np.asarray(score)[happened <= 0])
    if not len(yes) or not len(no):
        return float("nan")
    below = np.searchsorted(no, yes, "left") + np.searchsorted(no, yes, "right")
    return float(below.mean() / 2 / len(no))


def block_totals(values: Floats, block: Ints) -> Floats:
    """Sums of `values` (u) by block of origins."""
    _, place = np.unique(block, return_inverse=True)
    return np.asarray(np.bincount(place, weights=values), dtype=np.float64)


def ratio_interval(above: Floats, below: Floats) -> tuple[float, float, float]:
    """Sum of `above` over sum of `below` (blocks), and its 95% interval over resampled blocks.

    NaN where nothing is below.
    """
    rng = np.random.Generator(np.random.Philox(5))
    drawn = rng.integers(0, len(above), (TIMES, len(above)))
    over, under = above[drawn].sum(axis=1), below[drawn].sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios = over / under
        value = float(above.sum()) / float(below.sum()) if below.sum() else float("nan")
    known = ratios[np.isfinite(ratios)]
    if not len(known):
        return value, float("nan"), float("nan")
    low, high = np.quantile(known, [0.025, 0.975])
    return value, float(low), float(high)


def logistic(x: Floats, y: Floats, at: Floats) -> Floats:
    """Mean count (m) at features `at` (m, f) by a logistic hazard of y (u, 0 or 1) on x (u, f).

    Features are standardised; a ridge of 1 holds the slopes. P becomes a mean by -log(1 - P).
    """
    centre, spread = x.mean(axis=0), np.maximum(x.std(axis=0), 1e-9)

    def design(values: Floats) -> Floats:
        scaled = np.clip((values - centre) / spread, -6, 6)
        return np.column_stack([np.ones(len(values)), scaled])

    a, beta = design(x), np.zeros(x.shape[1] + 1)
    penalty = np.diag([1e-6] + [1.0] * x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-np.clip(a @ beta, -30, 30)))
        curve = (a * (p * (1 - p))[:, None]).T @ a + penalty
        step = np.linalg.solve(curve, a.T @ (y - p) - penalty @ beta)
        beta += np.clip(step, -3, 3)
        if np.abs(step).max() < 1e-8:
            break
    chance = 1 / (1 + np.exp(-np.clip(design(at) @ beta, -30, 30)))
    return np.asarray(-np.log1p(-np.minimum(chance, 1 - 1e-9)))
