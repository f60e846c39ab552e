"""What one feature is: its definition, its literature, and how its values came to be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Timing = Literal["real-time", "revised", "retrospective"]
"""Known to an observer on the day; published later or revised since; estimated looking back."""


@dataclass(frozen=True)
class Feature:
    """One column; null where unknown. `label` is how a report names it."""

    name: str
    label: str
    text: str
    source: str
    timing: Timing


@dataclass(frozen=True)
class Group:
    """One query over the table `cases`: a column `row` and one for each feature."""

    name: str
    features: tuple[Feature, ...]
    sql: str
