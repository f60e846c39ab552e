"""How many configurations were viewed on the scored rows, and the interval that this asks for.

Source: Bonferroni correction (Dunn 1961, JASA 56:52-64).
"""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

TRIED = Path(__file__).parents[1] / "tried.csv"
"""The log of everything tried, and on what rows."""
ON_SCORED_ROWS = "register, rolling (looked at)"


@lru_cache(maxsize=1)
def looks() -> int:
    """Configurations of the model whose score on the register's rolling test was seen."""
    with TRIED.open(encoding="utf-8", newline="") as lines:
        return sum(
            int(row["configurations"])
            for row in csv.DictReader(lines)
            if row["scored on"] == ON_SCORED_ROWS
        )


def corrected_level() -> float:
    """Level of one interval such that all of them hold together with 95%."""
    return 1 - 0.05 / max(looks(), 1)
