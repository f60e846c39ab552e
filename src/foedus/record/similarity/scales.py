"""The levels of a portfolio's entries: their values and how they fall into two."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Scale:
    """Ordered levels 0..K-1 of one kind of portfolio.

    `values` are the levels' numeric values, ascending. `halves` gives each level's side (0 or 1)
    when the scale is cut in two; a level without a side is then left out.
    """

    labels: tuple[str, ...]
    values: tuple[float, ...]
    halves: tuple[int | None, ...]

    @property
    def size(self) -> int:
        """K, the number of levels."""
        return len(self.values)

    @property
    def range(self) -> float:
        """The largest possible distance between two entries."""
        return self.values[-1] - self.values[0]

    @cached_property
    def distances(self) -> Floats:
        """Absolute distance of each pair of levels l < m, in the order of `level_pairs`."""
        low, high = level_pairs(self.size)
        values = np.asarray(self.values, dtype=np.float64)
        return values[high] - values[low]


def level_pairs(size: int) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """The lower and the higher level of every pair of different levels, two arrays K(K-1)/2."""
    low, high = np.triu_indices(size, 1)
    return low, high


OBLIGATIONS = Scale(
    labels=("none", "nonaggression", "neutrality or consultation", "defence or offence"),
    values=(0.0, 1.0, 2.0, 3.0),
    halves=(0, 1, 1, 1),
)
"""The highest obligation that a state owes another; cut in two: any obligation or none.

Source: ATOP codebook 5.1; the order of Signorino and Ritter 1999 applied to ATOP by Haege 2011.
"""

VOTES = Scale(
    labels=("no", "abstain", "yes"),
    values=(0.0, 1.0, 2.0),
    halves=(0, None, 1),
)
"""A vote on one roll call; cut in two: no or yes, abstentions left out.

Source: Voeten 2013, the two- and three-category codings of his agreement scores.
"""
