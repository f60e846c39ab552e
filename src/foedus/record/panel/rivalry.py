"""Strategic rivalries between the two states."""

from __future__ import annotations

import numpy as np

from foedus.catalog.facts import Facts
from foedus.record.panel.columns import PAIRS, Columns, Part, coverage, yearly, zeros
from foedus.record.panel.units import Keys

VINTAGE = "rivalries-tss-2021"


def build(keys: Keys, facts: Facts) -> Columns:
    """`rivalry`, 1 from a rivalry's first year to its last, else 0; null after 2020.

    Source: Thompson, Sakuwa and Suhas 2021.
    """
    first, last = coverage(VINTAGE, facts)
    spells = facts.arrays(
        "SELECT cow_a, cow_b, first_year, coalesce(last_year, $last) AS last_year FROM rivalries",
        {"last": last},
    )
    spell, year = yearly(np.asarray(spells["first_year"]), np.asarray(spells["last_year"]), keys)
    column = zeros(keys, (first, last))
    a, b = (np.asarray(spells[name])[spell] for name in ("cow_a", "cow_b"))
    for one, other in ((a, b), (b, a)):
        rows, _ = keys.rows_of_pairs(one, other, year)
        column[rows] = 1
    return {"rivalry": column}


PART = Part((VINTAGE,), build, PAIRS)
