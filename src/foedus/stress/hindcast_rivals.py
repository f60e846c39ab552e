"""Forecasts beside the stress model's: persistence, base hazard, logistic hazard, rescaling.

All are fitted on origins whose five years were over before the origin that they forecast.
"""

from __future__ import annotations

import numpy as np

from foedus.stress.hindcast_origin import Origin
from foedus.stress.hindcast_scores import logistic
from foedus.stress.hindcast_units import YEARS
from foedus.stress.network import Floats

MODEL, RESCALED = "stress model", "stress model, rescaled"
PERSISTENCE, BASE, LOGISTIC = "persistence", "base hazard", "logistic hazard"
LOOK_BACK = 10
"""Most earlier origins that the hazards are fitted on."""


def earlier(origins: list[Origin], year: int) -> list[Origin]:
    """The latest origins whose five years ended before `year`."""
    return [one for one in origins if one.year + YEARS <= year][-LOOK_BACK:]


def rivals(origins: list[Origin], at: Origin, outcome: str) -> dict[str, Floats]:
    """Mean counts (u) of each forecast of one outcome at one origin."""
    before = earlier(origins, at.year)
    past = [one.units[outcome] for one in before]
    units = at.units[outcome]
    count = np.concatenate([one.count for one in past])
    x = np.concatenate([one.features for one in past])
    found = {
        PERSISTENCE: units.before,
        BASE: np.full(len(units.count), count.mean()),
        LOGISTIC: logistic(x, (count > 0).astype(np.float64), units.features),
    }
    if outcome not in at.means:
        return found
    run = [one for one in before if outcome in one.means]
    expected = sum(float(one.means[outcome].sum()) for one in run)
    happened = sum(float(one.units[outcome].count.sum()) for one in run)
    scale = (happened + 1) / (expected + 1)
    return {MODEL: at.means[outcome], RESCALED: at.means[outcome] * scale, **found}
