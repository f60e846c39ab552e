"""World regions of states, by the bands of their Correlates of War numbers."""

from __future__ import annotations

from foedus.catalog.facts import Facts

REGIONS: tuple[tuple[int, str], ...] = (
    (200, "Americas"),
    (400, "Europe"),
    (600, "Sub-Saharan Africa"),
    (700, "Middle East and North Africa"),
    (900, "Asia"),
    (1000, "Oceania"),
)
"""First number that no longer belongs to the region, and the region's name.

Source: Correlates of War Project, State System Membership, v2016: numbers are given by region.
"""
NAMES = tuple(name for _, name in REGIONS)


def regions(facts: Facts) -> dict[str, str]:
    """The region of every actor that has a Correlates of War number, by the actor's id."""
    rows = facts.rows("SELECT id, cow FROM actors WHERE cow IS NOT NULL")
    return {
        row["id"]: next(name for bound, name in REGIONS if row["cow"] < bound)
        for row in rows
        if 0 < row["cow"] < REGIONS[-1][0]
    }
