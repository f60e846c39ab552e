"""Rationing: several claims on one capability in one quarter."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Singles = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
_LEAST = 1e-300


def pro_rata(claim: Singles, holder: Ints, capacity: npt.NDArray[np.floating]) -> Singles:
    """What each claim (c) gets when holders (c, index into `capacity`) share it in proportion.

    Nobody gets more than it claims, and no holder gives more than its capacity.
    """
    if not len(claim):
        return claim.copy()
    total = np.bincount(holder, weights=claim, minlength=len(capacity)).take(holder)
    np.maximum(total, _LEAST, out=total)
    np.divide(capacity.take(holder), total, out=total)
    np.minimum(total, 1.0, out=total)
    given: Singles = total.astype(np.float32)
    given *= claim
    return given


def by_priority(
    claim: Singles, holder: Ints, capacity: npt.NDArray[np.floating], rank: Singles
) -> Singles:
    """The same when claims of higher `rank` (c) are met in full before lower ones.

    Claims of one holder and rank share what is left in proportion.
    """
    left = np.asarray(capacity, dtype=np.float64).copy()
    total = np.bincount(holder, weights=claim, minlength=len(left))
    given = claim.copy()
    tight = np.flatnonzero((total > left)[holder])
    for level in np.unique(rank[tight])[::-1]:
        rows = tight[rank[tight] == level]
        given[rows] = pro_rata(claim[rows], holder[rows], left)
        left -= np.bincount(holder[rows], weights=given[rows], minlength=len(left))
        left = np.maximum(left, 0.0)
    return given
