"""How alike the two states are in their alliances and in their votes."""

from __future__ import annotations

import numpy as np

from foedus.catalog.facts import Facts
from foedus.record.panel.columns import PAIRS, Columns, Part
from foedus.record.panel.units import Keys
from foedus.record.similarity.similarity import SOURCES, similarity

MEASURES: dict[str, tuple[str, ...]] = {
    "alliances": ("s_absolute", "s_absolute_capability", "kappa_squared", "pi_squared"),
    "votes": ("s_absolute", "kappa_squared", "pi_squared"),
}
"""What a panel tells of each source; `record.similarity` has more."""


def build(keys: Keys, facts: Facts) -> Columns:
    """`alliances_<measure>` and `votes_<measure>`, from below 0 to 1 (alike); else null.

    Source: ATOP 5.1 and NMC 7.0, 1816-2018; votes in the UN General Assembly. The measures
    and their papers are in `record.similarity.measures`.
    """
    columns: Columns = {}
    first, second = (keys.codes[index].astype(np.int64) for index in keys.state_indices)
    year = keys.years[keys.year_index].astype(np.int64)
    for source, measures in MEASURES.items():
        covered = set(SOURCES[source].years(facts))
        wanted = [each for each in keys.years.tolist() if each in covered]
        if wanted:
            told = similarity(wanted, source, measures, facts).gather(first, second, year)
        else:
            told = {name: np.full(len(keys), np.nan) for name in measures}
        columns |= {f"{source}_{name}": told[name] for name in measures}
    return columns


PART = Part(("atop-5.1", "nmc-7.0", "un-votes-2021"), build, PAIRS)
