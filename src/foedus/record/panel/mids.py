"""Militarised disputes between the two states, as Gibler, Miller and Little or COW code them."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from foedus.catalog.facts import Facts
from foedus.record.panel.columns import (
    PAIRS,
    Columns,
    Part,
    Values,
    both_ways,
    coverage,
    scattered,
    stacked,
    zeros,
)
from foedus.record.panel.units import Keys

GML = "gml-mid-2.2.1"
COW = "mid-5.0"

_EACH = ("originator", "fatality", "deaths", "highest_action", "hostility")
_WHOLE = ("fatality", "hostility", "reciprocated", "shortest", "longest", "start_month")
_WIDE: dict[str, type[np.integer[Any]]] = {
    "dispute": np.int16,
    "deaths": np.int32,
    "shortest": np.int16,
    "longest": np.int16,
}
"""Columns that need more than eight bits."""


def disputes(source: str, facts: Facts) -> dict[str, Values]:
    """One dispute for each pair and year, the lower COW code first.

    Of several in one year the first is kept by onset, fatality (unknown counts as 0.5),
    hostility, shortest and longest duration, reciprocation, earliest month and number.
    """
    return facts.arrays(
        """
        FROM dispute_years WHERE source_table = $source
        QUALIFY row_number() OVER (
            PARTITION BY cow_a, cow_b, year
            ORDER BY onset DESC, coalesce(fatality, 0.5) DESC, hostility DESC NULLS LAST,
                     shortest DESC NULLS LAST, longest DESC NULLS LAST,
                     reciprocated DESC NULLS LAST, start_month NULLS LAST, dispute) = 1
        """,
        {"source": source},
    )


def build(keys: Keys, facts: Facts, *, source: str, prefix: str) -> Columns:
    """`<prefix>_ongoing` and `_onset`, 0 or 1, and the dispute's own columns, null without one.

    Suffix 1 or 2 is the state. `side_a` is 1 on the side that acted first, `originator` 1 for
    who was in on the first day, `initiator` 1 for an originator on side A or a joiner.
    `fatality` is the level 0-6, `deaths` the exact number, `highest_action` 0-21, `hostility`
    1-5 (5 is war), `shortest` and `longest` days, `start_month` 1-12. Unknown is null.

    Source: GML 2.2.1 (Gibler, Miller and Little 2016), 1816-2010; MID 5.0 (Palmer et al. 2022),
    1816-2014.
    """
    found = disputes(source, facts)
    lower, higher, year = (np.asarray(found[name]) for name in ("cow_a", "cow_b", "year"))
    views = both_ways(keys, lower, higher, year)
    rows = np.concatenate([view[1] for view in views])
    given = np.concatenate([view[2] for view in views])
    covered = coverage(source, facts)

    def told(name: str) -> Values:
        return scattered(keys, rows, found[name][given], _WIDE.get(name, np.int8))

    def by_state(name: str, of_a: Values, of_b: Values) -> Columns:
        of = {"a": of_a, "b": of_b}
        kind = _WIDE.get(name, np.int8)
        return {
            f"{name}_{place + 1}": scattered(
                keys, rows, stacked([of[side[place]][index] for side, _, index in views]), kind
            )
            for place in (0, 1)
        }

    ongoing, onset = zeros(keys, covered), zeros(keys, covered)
    ongoing[rows] = 1
    onset[rows[np.asarray(found["onset"])[given]]] = 1
    columns = {"dispute": told("dispute"), "ongoing": ongoing, "onset": onset}
    a_first = np.asarray(found["a_on_side_a"])
    began_a, began_b = (np.asarray(found[f"originator_{state}"]) for state in "ab")
    columns |= by_state("side_a", a_first, ~a_first)
    for name in _EACH:
        columns |= by_state(name, found[f"{name}_a"], found[f"{name}_b"])
    columns |= by_state("initiator", a_first | ~began_a, ~a_first | ~began_b)
    columns |= {name: told(name) for name in _WHOLE}
    return {f"{prefix}_{name}": column for name, column in columns.items()}


PART = Part((GML,), partial(build, source=GML, prefix="gmlmid"), PAIRS)
COW_PART = Part((COW,), partial(build, source=COW, prefix="cowmid"), PAIRS)
