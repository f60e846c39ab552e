"""Measures of similarity of two states' portfolios: the formulas, and what they are called.

Every measure but tau-b is 1 minus a ratio of disagreements. Over N items, with d(l, m) the
distance of two levels, `o(l, m)` the observed disagreements and `e(l, m)` the expected ones:

    S          1 - 2 sum d o / (N max d)
    kappa, pi  1 -   sum d o / sum d e

kappa expects what each state's own frequencies give, pi what the pooled frequencies give. The
distance is nominal (1 for any two levels), absolute, squared, or squared in ranks.

A measure is NaN where it is not defined: no item in common, or no disagreement to expect.

Sources: Signorino and Ritter 1999, International Studies Quarterly 43(1):115-144 (S); Scott
1955, Public Opinion Quarterly 19(3):321-325 (pi); Cohen 1960, Educational and Psychological
Measurement 20(1):37-46, and 1968, Psychological Bulletin 70(4):213-220 (kappa, weighted kappa);
Haege 2011, Political Analysis 19(3):287-305 (both over foreign-policy portfolios, weighted by
values); Kendall 1945, Biometrika 33(3):239-251, and Bueno de Mesquita 1975, Journal of Conflict
Resolution 19(2):187-216 (tau-b, and its use for alliances).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from foedus.record.similarity.contingency import PairTables, pairs_of
from foedus.record.similarity.scales import Floats


def s(tables: PairTables, power: int) -> Floats:
    """S = 1 - 2 sum |x - y|^power / (N max^power), (P,), in -1..1; every item weighs the same.

    Source: Signorino and Ritter 1999.
    """
    scale = tables.scale
    distance = _sum(scale.distances**power, tables.observed)
    return 1 - 2 * distance / (tables.items * scale.range**power)


def kappa(tables: PairTables, power: int) -> Floats:
    """Cohen's kappa weighted by |x - y|^power in values, own marginals, (P,).

    Source: Cohen 1968; Haege 2011.
    """
    weights = tables.scale.distances**power
    expected = _sum(weights, tables.expected_own)
    return 1 - tables.items * _sum(weights, tables.observed) / expected


def pi(tables: PairTables, power: int) -> Floats:
    """Scott's pi weighted by |x - y|^power in values, pooled marginals, (P,); power 0 is nominal.

    Source: Scott 1955 (nominal); Haege 2011 (weighted by values).
    """
    weights = tables.scale.distances**power
    expected = _sum(weights, tables.expected_pooled)
    return 1 - tables.items * _sum(weights, tables.observed) / expected


def _sum(weights: Floats, disagreements: Floats) -> Floats:
    """Disagreements (L, P) summed with one weight for each pair of levels, (P,)."""
    total: Floats = np.einsum("l,lp->p", weights, disagreements)
    return total


def kappa_rank(tables: PairTables) -> Floats:
    """Cohen's kappa weighted by squared distance in ranks, (P,).

    Ranks are among the levels that the two states use, not the scale's: where a pair uses
    obligations 0, 1 and 3 only, 3 is two steps from 0, not three. This is what common software
    computes from factors; it differs from `kappa` with power 2 wherever a pair skips a level.

    Source: Cohen 1968, applied to the levels present.
    """
    weights = tables.rank_distances**2
    observed = np.einsum("lp,lp->p", weights, tables.observed)
    expected = np.einsum("lp,lp->p", weights, tables.expected_own)
    result: Floats = 1 - tables.items * observed / expected
    return result


def tau_b(tables: PairTables) -> Floats:
    """Kendall's tau-b, (P,): (C - D) / sqrt((M - T1)(M - T2)).

    C and D are the concordant and discordant pairs of items, M all pairs of items, T1 and T2
    those that the first and the second state rank alike.

    Source: Kendall 1945.
    """
    counts, n = tables.counts, tables.items
    difference = np.zeros_like(n)
    above = np.zeros_like(counts[0])
    for level in range(tables.scale.size - 1, 0, -1):
        above += counts[level]
        net = above.sum(axis=0)
        for other, held in enumerate(above):
            net -= held
            difference += counts[level - 1, other] * net
            net -= held
    untied = [
        n**2 - np.einsum("lp,lp->p", marginal, marginal)
        for marginal in (tables.first, tables.second)
    ]
    result: Floats = 2 * difference / np.sqrt(untied[0] * untied[1])
    return result


def s_weighted(values: Floats, weights: Floats, largest: float, power: int) -> Floats:
    """S with each item weighing its share of capability, (P,), pairs as in `pairs_of`.

    S = 1 - 2 sum_k w_k |x_k - y_k|^power / max^power, where w_k is state k's share of the
    capability of the states whose capability is known. `values` is (n, items), `weights`
    (items,), NaN where unknown: such items are left out. `largest` is the largest distance.
    Squares expand, and an absolute distance is a sum of steps, so both are matrix products.

    Source: Signorino and Ritter 1999, S weighted by capability.
    """
    known = ~np.isnan(weights)
    root = np.sqrt(weights[known] / weights[known].sum())
    held = values[:, known]
    if power == 1:
        cuts = np.unique(held)
        gaps = np.sqrt(np.diff(cuts))
        held = np.concatenate(
            [(held >= cut) * (root * gap) for cut, gap in zip(cuts[1:], gaps, strict=True)]
            or [np.zeros_like(held)],
            axis=1,
        )
    else:
        held = held * root
    common = _products(held)
    first, second = pairs_of(len(values))
    own = common.diagonal()
    distance = own[first] + own[second] - 2 * common[first, second]
    result: Floats = 1 - 2 * distance / largest**power
    return result


_ONE_THREAD = 64**3
"""Multiplications below which OpenBLAS does not spread a product over threads."""


def _products(rows: Floats) -> Floats:
    """The inner product of row i with every row j > i, (n, n); the lower half is not filled.

    In blocks that BLAS multiplies on one thread: on a busy machine the threads of many products
    of this size wait for one another, ten times as long as the products take.
    """
    n, items = rows.shape
    block = max(1, min(n, int((_ONE_THREAD / max(items, 1)) ** 0.5)))
    count = -(-n // block)
    padded = np.zeros((count * block, items))
    padded[:n] = rows
    blocks = padded.reshape(count, block, items)
    turned = blocks.transpose(0, 2, 1)
    products = np.empty((count, block, count, block))
    for number, one in enumerate(blocks):
        products[number, :, number:] = (one @ turned[number:]).transpose(1, 0, 2)
    return products.reshape(count * block, count * block)[:n, :n]


@dataclass(frozen=True)
class Measure:
    """One named measure; `text` says how it is counted."""

    name: str
    text: str
    compute: Callable[[PairTables], Floats]


_LISTED = (
    Measure("s_absolute", "S, absolute distance of values", lambda t: s(t, 1)),
    Measure("s_squared", "S, squared distance of values", lambda t: s(t, 2)),
    Measure("s_binary", "S over two levels", lambda t: s(t.halved, 1)),
    Measure("pi_nominal", "Scott's pi, any difference counts 1", lambda t: pi(t, 0)),
    Measure("pi_absolute", "Scott's pi, absolute distance of values", lambda t: pi(t, 1)),
    Measure("pi_squared", "Scott's pi, squared distance of values", lambda t: pi(t, 2)),
    Measure("pi_binary", "Scott's pi over two levels", lambda t: pi(t.halved, 1)),
    Measure("kappa_rank", "Cohen's kappa, squared distance of ranks present", kappa_rank),
    Measure("kappa_absolute", "Cohen's kappa, absolute distance of values", lambda t: kappa(t, 1)),
    Measure("kappa_squared", "Cohen's kappa, squared distance of values", lambda t: kappa(t, 2)),
    Measure("kappa_binary", "Cohen's kappa over two levels", lambda t: kappa(t.halved, 1)),
    Measure("tau_b", "Kendall's tau-b", tau_b),
)
MEASURES: dict[str, Measure] = {measure.name: measure for measure in _LISTED}
"""Measures over contingency tables, by name. Over two levels absolute and squared are one."""


@dataclass(frozen=True)
class WeightedMeasure:
    """S with states weighted by capability: the distance's power; over two levels if `halved`."""

    name: str
    text: str
    power: int
    halved: bool


_BY_CAPABILITY = (
    WeightedMeasure("s_absolute_capability", "S, absolute distance, by capability", 1, False),
    WeightedMeasure("s_squared_capability", "S, squared distance, by capability", 2, False),
    WeightedMeasure("s_binary_capability", "S over two levels, by capability", 1, True),
)
WEIGHTED: dict[str, WeightedMeasure] = {measure.name: measure for measure in _BY_CAPABILITY}
"""Measures over portfolios of states, each state weighted by its capability, by name."""
