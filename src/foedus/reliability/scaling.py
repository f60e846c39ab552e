"""Features to model columns: standardised, unknown values at the mean with a flag beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

FLAGGED = 0.03
"""Share of unknown values from which a feature gets a column that says so."""
FURTHEST = 4.0
"""Standard deviations beyond which a value counts as this far: nothing is extrapolated."""
_LEAST_SPREAD = 0.05
_FEWEST = 20


@dataclass(frozen=True)
class Scaling:
    """Means and spreads (f,) of the training rows, and which features (f,) are flagged."""

    mean: Floats
    spread: Floats
    flagged: npt.NDArray[np.bool_]

    def columns(self, x: Floats) -> Floats:
        """Model columns (n, f + flags) of features (n, f): 0 where unknown, flags after all."""
        unknown = np.isnan(x)
        z = np.where(unknown, 0.0, (x - self.mean) / self.spread).clip(-FURTHEST, FURTHEST)
        return np.hstack([z, unknown[:, self.flagged].astype(np.float64)])

    def names(self, features: Sequence[str]) -> tuple[str, ...]:
        """Names of the model columns."""
        flags = [f"{name}:unknown" for name, on in zip(features, self.flagged, strict=True) if on]
        return (*features, *flags)


def scaling(x: Floats, without: Sequence[int] = ()) -> Scaling:
    """Scaling fitted to training features (n, f).

    A feature hardly ever known is switched off, and so are those at the positions `without`.
    """
    known = ~np.isnan(x)
    count = known.sum(axis=0)
    total = np.maximum(count, 1)
    mean = np.where(known, x, 0).sum(axis=0) / total
    spread = np.sqrt((np.where(known, x - mean, 0) ** 2).sum(axis=0) / total)
    spread = np.where(count >= _FEWEST, np.maximum(spread, _LEAST_SPREAD), np.inf)
    spread[list(without)] = np.inf
    return Scaling(mean, spread, known.mean(axis=0) < 1 - FLAGGED)
