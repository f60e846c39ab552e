"""Inter-state wars between the two states."""

from __future__ import annotations

import numpy as np

from foedus.catalog.facts import Facts
from foedus.record.panel.columns import (
    PAIRS,
    Columns,
    Part,
    both_ways,
    coverage,
    scattered,
    stacked,
    zeros,
)
from foedus.record.panel.units import Keys

VINTAGE = "cow-wars-4.0"


def build(keys: Keys, facts: Facts) -> Columns:
    """`war_ongoing` and `war_onset`, 0 or 1, and the war's own columns, null without one.

    Of several wars in one year the first is kept by onset, deaths on both sides and number.
    `war_deaths` are battle deaths in the whole war. The data pair all on one side with all on
    the other while both were in the war, so that coalitions give pairs that hardly fought, such
    as the Soviet Union and Japan from 1941.

    Source: COW Inter-State Wars 4.0 (Sarkees and Wayman 2010), 1816-2007.
    """
    found = facts.arrays(
        """
        FROM war_years QUALIFY row_number() OVER (
            PARTITION BY cow_a, cow_b, year
            ORDER BY onset DESC, coalesce(deaths_a, 0) + coalesce(deaths_b, 0) DESC, war) = 1
        """
    )
    lower, higher, year = (np.asarray(found[name]) for name in ("cow_a", "cow_b", "year"))
    views = both_ways(keys, lower, higher, year)
    side_a = np.asarray(found["a_on_side_a"])
    each = {
        "side_a": {"a": side_a, "b": ~side_a},
        "initiator": {state: found[f"initiator_{state}"] for state in "ab"},
        "deaths": {state: found[f"deaths_{state}"] for state in "ab"},
    }
    rows = np.concatenate([view[1] for view in views])
    given = np.concatenate([view[2] for view in views])
    covered = coverage(VINTAGE, facts)
    ongoing, onset = zeros(keys, covered), zeros(keys, covered)
    ongoing[rows] = 1
    onset[rows[np.asarray(found["onset"])[given]]] = 1
    number = scattered(keys, rows, found["war"][given], np.int16)
    columns = {"war_number": number, "war_ongoing": ongoing, "war_onset": onset}
    for name, states in each.items():
        kind = np.int32 if name == "deaths" else np.int8
        for place in (0, 1):
            told = stacked([states[side[place]][index] for side, _, index in views])
            columns[f"war_{name}_{place + 1}"] = scattered(keys, rows, told, kind)
    return columns


PART = Part((VINTAGE,), build, PAIRS)
