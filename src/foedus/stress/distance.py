"""What distance leaves of a guarantor's capability."""

from __future__ import annotations

import math

import numpy as np

from foedus.stress.network import Floats

_KILOMETRES = 6371.0
_MILE = 1.609344


def miles(latitude: Floats, longitude: Floats, one: np.ndarray, other: np.ndarray) -> Floats:
    """Great-circle miles (p) between the places indexed by `one` and `other` (p); NaN unknown."""
    a, b = np.radians(latitude[one]), np.radians(latitude[other])
    swing = np.radians(longitude[one] - longitude[other])
    half = np.sin((a - b) / 2) ** 2 + np.cos(a) * np.cos(b) * np.sin(swing / 2) ** 2
    found: Floats = 2 * _KILOMETRES / _MILE * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
    return found


def per_day(year: int) -> float:
    """Miles that a force moves in a day: 250 before 1919, 375 before 1945, then 500.

    Source: Bueno de Mesquita 1981, The War Trap, ch. 4.
    """
    return 250.0 if year < 1919 else 375.0 if year < 1945 else 500.0


def discount(capability: Floats, distance: Floats, year: int) -> Floats:
    r"""Share (p, 0..1) of the capability (p) that is left at a distance in miles (p).

    $c^{\max(0, \log_{10}(d / v + 10 - e) - 1)}$ with capability share c, distance d and v miles
    a day: weak states lose more. 1 where distance or capability is unknown.

    Source: Bueno de Mesquita 1981, The War Trap, ch. 4 (loss of strength).
    """
    power = np.maximum(np.log10(distance / per_day(year) + 10 - math.e) - 1, 0)
    with np.errstate(divide="ignore"):
        left = np.power(np.clip(capability, 1e-6, 1), power)
    return np.where(np.isnan(left), 1.0, left)
