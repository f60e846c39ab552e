"""Counts of how often two states' portfolios stand at each pair of levels, for all pairs."""

from __future__ import annotations

from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt

from foedus.record.similarity.scales import Floats, Scale, level_pairs

Levels = npt.NDArray[np.int8]


@lru_cache(maxsize=256)
def pairs_of(n: int) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """The first and the second of every pair i < j of n states, two arrays n(n-1)/2."""
    first, second = np.triu_indices(n, 1)
    return first, second


def count_pairs(levels: Levels, size: int) -> Floats:
    """Contingency counts (K, K, P) of the rows of `levels`, for the P = n(n-1)/2 pairs i < j.

    `levels` is (n, items) with levels 0..K-1, and -1 where a state has no entry: an item counts
    for a pair only where both have one. Pairs are in the order of `pairs_of(n)`.

    Each level of a row is a set of bits, and a count the size of an intersection: as fast here
    as a matrix product, and steady where a busy machine holds up the threads of one.
    """
    first, second = pairs_of(len(levels))
    above, below = first * len(levels) + second, second * len(levels) + first
    sets = [_bits(levels == level) for level in range(size)]
    pairs = np.empty((size, size, len(first)))
    for one in range(size):
        for other in range(one, size):
            common = _intersections(sets[one], sets[other]).ravel()
            pairs[one, other] = common.take(above)
            if other > one:
                pairs[other, one] = common.take(below)
    return pairs


def _bits(members: npt.NDArray[np.bool_]) -> npt.NDArray[np.uint64]:
    """Rows of truth values (n, items) as sets of bits (words, n)."""
    words = -(-members.shape[1] // 64)
    padded = np.zeros((len(members), words * 64), dtype=np.bool_)
    padded[:, : members.shape[1]] = members
    return np.ascontiguousarray(np.packbits(padded, axis=1).view(np.uint64).T)


def _intersections(
    rows: npt.NDArray[np.uint64], columns: npt.NDArray[np.uint64]
) -> npt.NDArray[np.uint16]:
    """How many bits each row set shares with each column set, (n, n)."""
    common = np.zeros((rows.shape[1], columns.shape[1]), dtype=np.uint16)
    for word, other in zip(rows, columns, strict=True):
        common += np.bitwise_count(word[:, None] & other)
    return common


class PairTables:
    """P contingency tables of two states' portfolios, and the sums that measures are made of.

    Sums are over pairs of different levels l < m, in the order of `scales.level_pairs`:
    shape (K(K-1)/2, P). A disagreement counts an item on which one state is at l and the other
    at m, whichever is which.
    """

    def __init__(self, counts: Floats, scale: Scale) -> None:
        self.counts = counts
        self.scale = scale
        self._low, self._high = level_pairs(scale.size)

    @cached_property
    def first(self) -> Floats:
        """How many items the first state has at each level, (K, P)."""
        summed: Floats = self.counts.sum(axis=1)
        return summed

    @cached_property
    def second(self) -> Floats:
        """How many items the second state has at each level, (K, P)."""
        summed: Floats = self.counts.sum(axis=0)
        return summed

    @cached_property
    def items(self) -> Floats:
        """How many items both have an entry for, (P,)."""
        summed: Floats = self.first.sum(axis=0)
        return summed

    @cached_property
    def observed(self) -> Floats:
        """Disagreements that there are."""
        low, high = self._low, self._high
        return self.counts[low, high] + self.counts[high, low]

    @cached_property
    def expected_own(self) -> Floats:
        """Disagreements times `items`, were each state to draw from its own levels at random."""
        low, high = self._low, self._high
        return self.first[low] * self.second[high] + self.first[high] * self.second[low]

    @cached_property
    def expected_pooled(self) -> Floats:
        """Disagreements times `items`, were both to draw from their pooled levels at random."""
        pooled = self.first + self.second
        return 0.5 * pooled[self._low] * pooled[self._high]

    @cached_property
    def rank_distances(self) -> Floats:
        """Distance of two levels in ranks among the levels that either state uses."""
        ranks = (self.first + self.second > 0).astype(np.float64)
        for level in range(1, len(ranks)):
            ranks[level] += ranks[level - 1]
        return ranks[self._high] - ranks[self._low]

    @cached_property
    def halved(self) -> PairTables:
        """The tables of the scale cut in two; levels without a side are left out."""
        halves = self.scale.halves
        counts = np.zeros((2, 2, self.counts.shape[2]))
        for one, side in enumerate(halves):
            for other, opposite in enumerate(halves):
                if side is not None and opposite is not None:
                    counts[side, opposite] += self.counts[one, other]
        return PairTables(counts, Scale(("0", "1"), (0.0, 1.0), (0, 1)))
