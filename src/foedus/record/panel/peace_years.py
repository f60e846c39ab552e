"""How long the two states have been without a dispute."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.catalog.facts import FIRST_DAY, Facts
from foedus.record.panel.columns import PAIRS, Columns, Part, coverage
from foedus.record.panel.mids import GML
from foedus.record.panel.units import Index, Keys, Whole, keys


def build(keys_: Keys, facts: Facts) -> Columns:
    """`gmlmid_peace_years`: 0 in a pair's first year and in the year after one with a dispute.

    In any other year it is one more than in the pair's year before. Pairs are followed from
    1816, whichever years are asked for. Null after 2010.

    Source: GML 2.2.1 (Gibler, Miller and Little 2016); counted as peacesciencer counts.
    """
    start = FIRST_DAY.year
    all_years = (
        keys_ if keys_.first_year == start else keys(keys_.unit, start, keys_.last_year, facts)
    )
    found = facts.arrays(
        "SELECT DISTINCT cow_a, cow_b, year FROM dispute_years WHERE source_table = $source",
        {"source": GML},
    )
    lower, higher, year = (np.asarray(found[name]) for name in ("cow_a", "cow_b", "year"))
    disputed = np.zeros(len(all_years), dtype=np.bool_)
    for one, other in ((lower, higher), (higher, lower)):
        disputed[all_years.rows_of_pairs(one, other, year)[0]] = True
    counted = spells(all_years.cells // len(all_years.years), disputed)
    inside = all_years.covers(*coverage(GML, facts))
    kept: Index | slice = slice(None)
    if all_years is not keys_:
        kept = np.flatnonzero(all_years.year_index >= keys_.first_year - start)
    values = counted[kept]
    if not inside.all():
        values = np.ma.MaskedArray(values, mask=~inside[all_years.year_index[kept]])
    return {"gmlmid_peace_years": values}


def spells(groups: Index, events: NDArray[np.bool_]) -> Whole:
    """Rows since the group began or since the row after an event; `groups` are sorted."""
    starts = np.empty(len(groups), dtype=np.bool_)
    starts[:1] = True
    starts[1:] = (groups[1:] != groups[:-1]) | events[:-1]
    began = np.flatnonzero(starts)
    lengths = np.diff(began, append=len(groups))
    since = np.arange(len(groups), dtype=np.int32)
    since -= np.repeat(began.astype(np.int32), lengths)
    return since.astype(np.int16)


PART = Part((GML,), build, PAIRS)
