"""Columns of a panel, and the parts that make them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.catalog.facts import Facts
from foedus.catalog.vintages import vintages
from foedus.record.panel.units import UNITS, Index, Keys, Unit, Whole

Values = NDArray[Any]
"""Whole numbers, masked where null; or float64 with NaN for null."""
Columns = dict[str, Values]

PAIRS: tuple[Unit, ...] = ("dyad", "directed-dyad")


@dataclass(frozen=True)
class Part:
    """One part of a panel: its vintages, the units it can be told of, and what makes it."""

    vintages: tuple[str, ...]
    build: Callable[[Keys, Facts], Columns]
    units: tuple[Unit, ...] = UNITS


def coverage(vintage: str, facts: Facts) -> tuple[int, int]:
    """The first and last year of a vintage that is over on the as-of date."""
    known = vintages()[vintage]
    day = facts.as_of
    over = day.year if (day.month, day.day) == (12, 31) else day.year - 1
    return known.first_year, min(known.last_year, over)


def zeros(keys: Keys, covered: tuple[int, int]) -> Values:
    """0 in every row of the covered years, null in the others."""
    values = np.zeros(len(keys), dtype=np.int8)
    inside = keys.covers(*covered)
    if inside.all():
        return values
    return np.ma.MaskedArray(values, mask=~inside[keys.year_index])


def scattered(keys: Keys, rows: Index, values: Values, kind: type[np.integer[Any]]) -> Values:
    """Whole numbers in their rows, null in every other."""
    column = np.zeros(len(keys), dtype=kind)
    column[rows] = np.ma.filled(values, 0)
    null = np.ones(len(keys), dtype=np.bool_)
    null[rows] = np.ma.getmaskarray(values)
    return np.ma.MaskedArray(column, mask=null)


def both_ways(
    keys: Keys, lower: Whole, higher: Whole, year: Whole
) -> list[tuple[str, Index, Index]]:
    """Where pairs are in the panel: as "ab", and in directed dyads also as "ba".

    Each is the order of the pair's states, the panel's rows, and which of the given they are.
    """
    views = [("ab", *keys.rows_of_pairs(lower, higher, year))]
    if keys.unit == "directed-dyad":
        views.append(("ba", *keys.rows_of_pairs(higher, lower, year)))
    return views


def stacked(pieces: Sequence[Values]) -> Values:
    """The pieces after one another, still masked where they were."""
    values = np.concatenate([np.ma.getdata(piece) for piece in pieces])
    null = np.concatenate([np.ma.getmaskarray(piece) for piece in pieces])
    return np.ma.MaskedArray(values, mask=null)


def gathered(keys: Keys, name: str, table: Values, *, whole: bool = False) -> Columns:
    """A column for each state of a row, from a table of S x Y with NaN for null."""
    null = np.isnan(table)
    flat = np.where(null, 0, table).astype(np.int8).ravel() if whole else table.ravel()
    masked = whole and null[keys.present].any()
    columns: Columns = {}
    for side, cells in zip(keys.sides, keys.state_cells, strict=True):
        values = flat.take(cells)
        columns[f"{name}{side}"] = (
            np.ma.MaskedArray(values, mask=null.ravel().take(cells)) if masked else values
        )
    return columns


def state_years(keys: Keys, rows: Mapping[str, Values], names: tuple[str, ...]) -> list[Values]:
    """Tables of S x Y, one for each of the named columns of `rows`, which has cow and year."""
    state = keys.state_index(np.asarray(rows["cow"]))
    year = np.asarray(rows["year"]) - keys.first_year
    kept = (state >= 0) & (year >= 0) & (year < len(keys.years))
    tables = []
    for name in names:
        table = np.full(keys.present.shape, np.nan)
        table[state[kept], year[kept]] = floats(rows[name])[kept]
        tables.append(table)
    return tables


def floats(values: Values) -> NDArray[np.float64]:
    """As float64, with NaN where masked."""
    return np.ma.filled(np.ma.asarray(values).astype(np.float64), np.nan)


def yearly(first: Whole, last: Whole, keys: Keys) -> tuple[Index, Whole]:
    """Spells from year `first` to year `last`, cut to the panel's: each year's spell and year."""
    start = np.maximum(first, keys.first_year).astype(np.int64)
    length = np.maximum(np.minimum(last, keys.last_year) - start + 1, 0)
    spell = np.repeat(np.arange(len(start)), length)
    offset = np.arange(len(spell)) - np.repeat(np.cumsum(length) - length, length)
    return spell, start[spell] + offset
