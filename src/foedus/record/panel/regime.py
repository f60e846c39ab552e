"""Regime scores of each state."""

from __future__ import annotations

from foedus.catalog.facts import Facts
from foedus.record.panel.columns import Columns, Part, gathered, state_years
from foedus.record.panel.units import Keys

SCORES = ("euds", "aeuds", "polity2", "polyarchy")


def build(keys: Keys, facts: Facts) -> Columns:
    """`euds` and `aeuds` (about -2.6..3), `polity2` (-10..10), `polyarchy` (0..1); else null.

    Source: extended Unified Democracy Scores, plain and augmented (Marquez 2016), Polity5,
    V-Dem, all as packaged in isard 2026.
    """
    rows = facts.arrays("FROM regimes")
    columns: Columns = {}
    for name, table in zip(SCORES, state_years(keys, rows, SCORES), strict=True):
        columns |= gathered(keys, name, table, whole=name == "polity2")
    return columns


PART = Part(("euds-isard-2026", "polity-5", "vdem-isard-2026"), build)
