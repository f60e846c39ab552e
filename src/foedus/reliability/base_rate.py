"""The base-rate model: partially pooled shares of past attacks, in nested reference classes."""

from __future__ import annotations

from dataclasses import dataclass
from math import lgamma

import numpy as np
import numpy.typing as npt

from foedus.reliability.training import Ints, Training

Floats = npt.NDArray[np.float64]

Mask = npt.NDArray[np.bool_]

DRAWS = 4000
FACTORS = ("obligation", "era", "multilateral", "severity")
_MOST_VALUES = 16
"""More than the values of any factor, so that several make one number."""
FEWEST = 0.1
"""Least pseudo-count of a Beta: below it the draws pile up on 0 or 1, and look certain."""
STRENGTHS = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0)
LEVELS = (4, 3, 2, 1)


@dataclass(frozen=True)
class Situation:
    """What a forecast is asked for: the values of the four pooling factors."""

    obligation: int
    era: int
    multilateral: int
    severity: int


class BaseRate:
    r"""Probabilities of the five rungs in one situation, with posterior draws.

    The rung R is taken apart from the top: with $\theta_r = P(R = r \mid R \le r)$,
    $P(R = r) = \theta_r \prod_{s > r} (1 - \theta_s)$ and $P(R = 0) = \prod_{s} (1 - \theta_s)$.
    Each $\theta_r$ needs only rows whose source settles that step: a source that lists only
    those who came informs $\theta_4$ (a holder that it does not list sent no forces) and nothing
    below it.

    Reference classes are nested: all attacks, then the same obligation, era, bilateral or
    multilateral, severity. With $k_j$ of $n_j$ in class j but outside class j + 1,

    $$\theta^{(0)} \sim Beta(1/2 + k_0, 1/2 + n_0 - k_0), \quad
      \theta^{(j)} \sim Beta(\kappa \theta^{(j-1)} + k_j, \kappa (1 - \theta^{(j-1)}) + n_j - k_j)$$

    and $\theta^{(4)}$ is the answer. Each attack has one vote in a class, shared among its
    candidates, so n counts attacks, not allies. $\kappa$, one for each r, maximises the
    beta-binomial likelihood of all classes given their parents, over `STRENGTHS`.

    A row that leaves part of a step open enters with its expected value under the pooled
    shares, found by expectation-maximisation over all rows; a row that leaves a step wholly
    open does not enter it.

    Source: partial pooling as in Gelman et al. 2013, Bayesian Data Analysis (3rd ed.), ch. 5;
    continuation ratios as in Agresti 2010, Analysis of Ordinal Categorical Data, sec. 4.2;
    interval-censored shares as in Turnbull 1976, JRSS B 38:290-295.
    """

    name = "base-rate"
    version = "1"

    def __init__(self, rows: Training, window: int) -> None:
        """Fit to one window (0: 30 days, 1: 365 days) of the training rows."""
        low, high = rows.low[window], rows.high[window]
        keys = (rows.call * _MOST_VALUES + rows.obligation) * _MOST_VALUES + rows.multilateral
        _, first, self._group = np.unique(keys, return_index=True, return_inverse=True)
        self._call = rows.call[first]
        self._factors = {name: getattr(rows, name)[first] for name in FACTORS}
        pooled = _pooled_shares(low[rows.systematic], high[rows.systematic])
        self._entered: dict[int, tuple[Ints, Floats, Floats]] = {}
        for level in LEVELS:
            weight, outcome = _step(level, low, high, pooled)
            if level < LEVELS[0]:
                weight, outcome = weight * rows.systematic, outcome * rows.systematic
            total, reached = self._summed(weight), self._summed(outcome)
            groups = np.flatnonzero(total)
            self._entered[level] = (groups, total[groups], reached[groups])
        self.strengths = {level: self._strength(level) for level in LEVELS}

    def _summed(self, values: Floats) -> Floats:
        return np.bincount(self._group, weights=values).astype(np.float64)

    def classes(self, situation: Situation) -> list[Mask]:
        """Group masks of the nested reference classes, widest first."""
        masks = [np.ones(len(self._call), dtype=bool)]
        for factor in FACTORS:
            masks.append(masks[-1] & (self._factors[factor] == getattr(situation, factor)))
        return masks

    def members(self, situation: Situation) -> list[Mask]:
        """Training-row masks of the nested reference classes, widest first."""
        return [mask[self._group] for mask in self.classes(situation)]

    def _votes(self, level: int, mask: Mask) -> tuple[float, float]:
        """`k` and `n` of step `level` among the masked groups, one vote for each attack."""
        groups, weight, outcome = self._entered[level]
        inside = mask[groups]
        calls = self._call[groups[inside]]
        n = np.bincount(calls, weights=weight[inside])
        k = np.bincount(calls, weights=outcome[inside])
        present = n > 0
        votes = np.minimum(n[present], 1.0)
        return float((votes * k[present] / n[present]).sum()), float(votes.sum())

    def _strength(self, level: int) -> float:
        """The pooling strength that makes all classes most likely, given their parents."""
        cells: list[tuple[float, float, float]] = []
        parents = np.zeros(len(self._call), dtype=np.int64)
        for factor in FACTORS:
            children = parents * _MOST_VALUES + self._factors[factor]
            for cell in np.flatnonzero(np.bincount(children)):
                child = children == cell
                k, n = self._votes(level, child)
                if not n:
                    continue
                siblings = (parents == cell // _MOST_VALUES) & ~child
                parent_k, parent_n = self._votes(level, siblings)
                if parent_n:
                    cells.append((k, n, (parent_k + 0.5) / (parent_n + 1)))
            parents = children
        return max(
            STRENGTHS, key=lambda strength: sum(_evidence(*cell, strength) for cell in cells)
        )

    def draws(self, situation: Situation, rng: np.random.Generator) -> Floats:
        """Posterior draws of the five rungs' probabilities, shape (DRAWS, 5), rows sum to 1."""
        masks = self.classes(situation)
        left: Floats = np.ones(DRAWS)
        probabilities = np.empty((DRAWS, 5))
        for level in LEVELS:
            theta = np.zeros(DRAWS)
            for depth, mask in enumerate(masks):
                narrower = masks[depth + 1] if depth + 1 < len(masks) else np.zeros_like(mask)
                k, n = self._votes(level, mask & ~narrower)
                if depth == 0:
                    theta = rng.beta(0.5 + k, 0.5 + n - k, DRAWS)
                    continue
                strength = self.strengths[level]
                theta = rng.beta(
                    np.maximum(strength * theta + k, FEWEST),
                    np.maximum(strength * (1 - theta) + n - k, FEWEST),
                )
            probabilities[:, level] = left * theta
            left = left * (1 - theta)
        probabilities[:, 0] = left
        return probabilities


def _step(level: int, low: Ints, high: Ints, shares: Floats) -> tuple[Floats, Floats]:
    """Each row's weight (0..1) in step `level`, and its expected outcome (0..weight).

    The weight is the probability that the row's rung is `level` or lower; it is 0 where the
    row leaves every rung up to `level` open, and so says nothing of the step.
    """
    total = _mass(shares, low, high)
    weight = _mass(shares, low, np.minimum(high, level)) / total
    outcome = _mass(shares, np.maximum(low, level), np.minimum(high, level)) / total
    silent = (low == 0) & (high >= level)
    return np.where(silent, 0.0, weight), np.where(silent, 0.0, outcome)


def _mass(shares: Floats, low: Ints, high: Ints) -> Floats:
    """Total share of the rungs `low` to `high` of each row; 0 where there are none."""
    running = np.concatenate([[0.0], np.cumsum(shares)])
    mass: Floats = np.where(high >= low, running[high + 1] - running[low], 0.0)
    return mass


def _pooled_shares(low: Ints, high: Ints, rounds: int = 50) -> Floats:
    """Shares of the five rungs over all rows, each range split by the shares themselves."""
    shares = np.full(5, 0.2)
    tally = np.bincount(low * 5 + high, minlength=25)
    patterns = np.stack(np.divmod(np.flatnonzero(tally), 5))
    counts = tally[tally > 0]
    for _ in range(rounds):
        left: float = 1.0
        for level in LEVELS:
            weight, outcome = _step(level, patterns[0], patterns[1], shares)
            theta = float((counts @ outcome + 0.5) / (counts @ weight + 1.0))
            shares[level] = left * theta
            left *= 1 - theta
        shares[0] = left
    return shares


def _evidence(k: float, n: float, mean: float, strength: float) -> float:
    """Log beta-binomial likelihood of k in n, up to a constant, with prior Beta(sm, s(1-m))."""
    a, b = strength * mean, strength * (1 - mean)
    return (
        lgamma(a + k)
        + lgamma(b + n - k)
        - lgamma(a + b + n)
        + lgamma(a + b)
        - lgamma(a)
        - lgamma(b)
    )
