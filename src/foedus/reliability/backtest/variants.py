"""Variants: what a forecaster is told beyond what was known the day before."""

from __future__ import annotations

import numpy as np

from foedus.reliability.cases import Cases
from foedus.reliability.features.groups import FEATURES
from foedus.reliability.ordered import Floats

VARIANTS = ("ex-ante", "escalation-known", "asked")


def further(cases: Cases, variant: str) -> Floats:
    """Further columns (n, m): none; the call's final hostility; or whether the ally was asked.

    Not known whether asked is a column of its own: it is unknown more often where nothing came.
    """
    if variant == "escalation-known":
        level = np.where(cases.hostility > 0, cases.hostility - 4.0, 0.0)
        return np.column_stack([level, cases.hostility == 5]).astype(np.float64)
    if variant == "asked":
        return np.column_stack([cases.asked == 1, cases.asked == -1]).astype(np.float64)
    return np.zeros((len(cases), 0))


def real_time_only(cases: Cases) -> Cases:
    """The cases with every feature hidden that was not known to an observer on the day."""
    kept = np.array([one.timing == "real-time" for one in FEATURES])
    x = np.where(kept, cases.x, np.nan)
    return Cases(**{**cases.__dict__, "x": x})
