"""What each state's portfolio held in one year."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from foedus.record.similarity.contingency import Levels
from foedus.record.similarity.scales import Floats

Codes = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Portfolios:
    """One year's portfolios: row i of `levels` (n, items) is that of the state `states[i]`.

    `states` are COW codes, ascending. `weights` (items,) are the items' capability, NaN where
    unknown; it is null where items are not states.
    """

    year: int
    states: Codes
    levels: Levels
    weights: Floats | None = None
