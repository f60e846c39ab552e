"""Who was a major power."""

from __future__ import annotations

import numpy as np

from foedus.catalog.facts import Facts
from foedus.record.panel.columns import Columns, Part, coverage, gathered, yearly
from foedus.record.panel.units import Keys

VINTAGE = "cow-majors-2016"


def build(keys: Keys, facts: Facts) -> Columns:
    """`major_power`, 1 in every year in which the state was one on any day; null after 2016.

    Source: COW Major Powers 2016.
    """
    spells = facts.arrays(
        "SELECT cow, year(first) AS first, coalesce(year(last), 9999) AS last FROM major_powers"
    )
    table = np.full(keys.present.shape, np.nan)
    table[:, keys.covers(*coverage(VINTAGE, facts))] = 0
    spell, year = yearly(np.asarray(spells["first"]), np.asarray(spells["last"]), keys)
    state = keys.state_index(np.asarray(spells["cow"]))[spell]
    known = (state >= 0) & keys.covers(*coverage(VINTAGE, facts))[year - keys.first_year]
    table[state[known], (year - keys.first_year)[known]] = 1
    return gathered(keys, "major_power", table, whole=True)


PART = Part((VINTAGE,), build)
