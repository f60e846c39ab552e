"""How close the territories of the two states come to each other."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from foedus.catalog.facts import Facts
from foedus.record.panel.columns import (
    PAIRS,
    Columns,
    Part,
    Values,
    coverage,
    yearly,
    zeros,
)
from foedus.record.panel.units import Keys

VINTAGE = "contiguity-3.2"


def build(keys: Keys, facts: Facts) -> Columns:
    """`contiguity`: 1 by land, 2 to 5 by up to 12, 24, 150 and 400 miles of water, 0 not.

    A year has the type of the first month in which the pair has one. Null after 2016.

    Source: COW Direct Contiguity 3.2 (Stinnett et al. 2002).
    """
    spells = facts.arrays(
        "SELECT cow_a, cow_b, type, first, coalesce(last, DATE '9999-12-31') AS last"
        " FROM contiguity"
    )
    return {"contiguity": by_year(keys, spells, coverage(VINTAGE, facts))}


def by_year(keys: Keys, spells: Mapping[str, Values], covered: tuple[int, int]) -> Values:
    """The type of contiguity of each row, from dated spells (cow_a, cow_b, type, first, last).

    Where spells overlap in a year's first month, the lowest type counts.
    """
    first, last = (np.asarray(spells[name]).astype("datetime64[M]") for name in ("first", "last"))
    first_year, last_year = (
        month.astype("datetime64[Y]").astype(np.int64) + 1970 for month in (first, last)
    )
    spell, year = yearly(first_year, np.minimum(last_year, covered[1]), keys)
    month = np.where(first_year[spell] == year, first.astype(np.int64)[spell] % 12, 0)
    kind = np.asarray(spells["type"])[spell]
    order = np.lexsort((kind, month))
    rows, given = keys.rows_of_pairs(
        np.asarray(spells["cow_a"])[spell[order]],
        np.asarray(spells["cow_b"])[spell[order]],
        year[order],
    )
    rows, earliest = np.unique(rows, return_index=True)
    column = zeros(keys, covered)
    column[rows] = kind[order][given[earliest]]
    return column


PART = Part((VINTAGE,), build, PAIRS)
