"""What one feature is: its definition, its literature, and how its values came to be."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, expm1, isnan
from typing import Literal

Timing = Literal["real-time", "revised", "retrospective"]
"""Known to an observer on the day; published later or revised since; estimated looking back."""


Shown = Literal["flag", "km", "years", "count", "ratio", "share", "number"]
"""How a value is put in words: logarithms are taken back first (km, years, count, ratio, share)."""


@dataclass(frozen=True)
class Feature:
    """One column; null where unknown. `label` is how a report names it."""

    name: str
    label: str
    text: str
    source: str
    timing: Timing
    shown: Shown = "number"

    def words(self, value: float) -> str:
        """The value as a report prints it."""
        if isnan(value):
            return "unknown"
        match self.shown:
            case "flag":
                return "yes" if value > 0.75 else "in part" if value > 0.25 else "no"
            case "km":
                return f"{round(exp(value) - 100, -2):,.0f} km"
            case "years":
                return f"{expm1(value):.0f} years"
            case "count":
                return f"{expm1(value):.1f}"
            case "ratio":
                return f"{exp(value):.2g} times"
            case "share":
                return f"{exp(value):.1%}"
        return f"{value:.2g}"


@dataclass(frozen=True)
class Group:
    """One query over the table `cases`: a column `row` and one for each feature."""

    name: str
    features: tuple[Feature, ...]
    sql: str
