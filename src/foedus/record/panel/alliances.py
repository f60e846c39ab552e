"""Alliances: which of ATOP's five obligations the first state owes the second."""

from __future__ import annotations

import numpy as np

from foedus.catalog.facts import Facts
from foedus.record.panel.columns import PAIRS, Columns, Part, coverage, yearly, zeros
from foedus.record.panel.units import Keys

VINTAGE = "atop-5.1"
OBLIGATIONS = ("defense", "offense", "neutrality", "nonaggression", "consultation")


def build(keys: Keys, facts: Facts) -> Columns:
    """`atop_alliance` and `atop_<obligation>`, 0 or 1; null outside ATOP's years (1815-2018).

    In directed dyads an obligation is the first state's to the second. In undirected dyads it
    counts when either owes it to the other. `atop_alliance` is 1 where there is a treaty, even
    one that promises none of the five.

    Source: ATOP 5.1 (Leeds et al. 2002), directed dyad-year.
    """
    spells = facts.arrays("FROM alliance_years ORDER BY cow_a, cow_b, first_year")
    spell, year = yearly(np.asarray(spells["first_year"]), np.asarray(spells["last_year"]), keys)
    rows, given = keys.rows_of_pairs(
        np.asarray(spells["cow_a"])[spell], np.asarray(spells["cow_b"])[spell], year
    )
    covered = coverage(VINTAGE, facts)
    allied = zeros(keys, covered)
    allied[rows] = 1
    columns = {"atop_alliance": allied}
    for name in OBLIGATIONS:
        owed = zeros(keys, covered)
        owed[rows[np.asarray(spells[name])[spell[given]]]] = 1
        columns[f"atop_{name}"] = owed
    return columns


PART = Part((VINTAGE,), build, PAIRS)
