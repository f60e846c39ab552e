r"""Recalibration: what earlier forecasts and their outcomes say of the next ones.

$$\text{logit } p' = \text{logit } p + a + b (\text{logit } p - m), \qquad a \sim N(0, 0.5^2), \;
  b \sim N(0, 0.1^2),$$

with m the mean log-odds of the earlier forecasts: a level and a slope, shrunk to none. Both scales
and the half-life were chosen on disputes and wars before 2005.

Source: logistic recalibration as in Cox 1958, Biometrika 45:562-565.
"""

from __future__ import annotations

import numpy as np

from foedus.reliability.cases import Flags
from foedus.reliability.logit import fit_logit, with_intercept
from foedus.reliability.ordered import Floats, logistic

LEVEL_SCALE, SLOPE_SCALE = 0.5, 0.1
HALF_LIFE = 20.0
"""Years after which an earlier forecast counts half."""
_LEAST = 1e-5


def recalibrated(earlier: Floats, came: Flags, weight: Floats, now: Floats) -> Floats:
    """Chances (m,) of new chances `now`, from earlier ones (n,), whether each came, and weights."""
    before, after = _log_odds(earlier), _log_odds(now)
    centre = float(np.average(before, weights=weight))
    moved = fit_logit(
        (before - centre)[:, None],
        came.astype(np.float64),
        weight,
        np.array([SLOPE_SCALE]),
        offset=before,
        intercept_scale=LEVEL_SCALE,
    )
    return logistic(after + with_intercept((after - centre)[:, None]) @ moved)


def _log_odds(chance: Floats) -> Floats:
    p = chance.clip(_LEAST, 1 - _LEAST)
    return np.asarray(np.log(p / (1 - p)))
