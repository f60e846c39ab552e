"""The rows of a panel: state-years, dyad-years and directed dyad-years of the COW state system.

A state counts in every year in which it was in the system on any day. A pair counts in every
year in which both were in it on one same day: 60 directed dyad-years between 1860 and 1990, of
states that followed one another within a year, do not.

Source: COW State System Membership 2016; its last day means "still in the system".
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from foedus.catalog.facts import Facts
from foedus.errors import InputError

Unit = Literal["state", "dyad", "directed-dyad"]
UNITS: tuple[Unit, ...] = get_args(Unit)

Whole = NDArray[np.integer[Any]]
Index = NDArray[np.intp]

HIGHEST_CODE = 1000
_OPEN = np.datetime64("9999-12-31")


@dataclass(frozen=True)
class Keys:
    """The sorted keys of a panel; S states, Y years, n rows.

    `codes` (S) are COW codes in ascending order, `years` (Y) follow one another. `present`
    (S x Y) says who was in the system. `cells` (n), ascending, number the rows among all S x Y
    state-years, or all S x S x Y dyad-years.
    """

    unit: Unit
    codes: Whole
    years: Whole
    present: NDArray[np.bool_]
    cells: Index

    def __len__(self) -> int:
        return len(self.cells)

    @property
    def first_year(self) -> int:
        """The first year asked for."""
        return int(self.years[0])

    @property
    def last_year(self) -> int:
        """The last year asked for."""
        return int(self.years[-1])

    @property
    def sides(self) -> tuple[str, ...]:
        """The suffixes of what is told of each state of a row: none in a state-year."""
        return ("",) if self.unit == "state" else ("_1", "_2")

    @cached_property
    def year_index(self) -> Whole:
        """Each row's year, as an index of `years`."""
        return (self.cells % len(self.years)).astype(np.int16)

    @cached_property
    def state_indices(self) -> tuple[Whole, ...]:
        """Each row's state, or both, as indices of `codes`."""
        pairs = (self.cells // len(self.years)).astype(np.int32)
        if self.unit == "state":
            return (pairs.astype(np.int16),)
        first, second = np.divmod(pairs, np.int32(len(self.codes)))
        return first.astype(np.int16), second.astype(np.int16)

    @cached_property
    def state_cells(self) -> tuple[Index, ...]:
        """Each row's state-year, or both, as indices of a flattened S x Y table."""
        found = []
        for state in self.state_indices:
            cells = state.astype(np.intp)
            cells *= len(self.years)
            cells += self.year_index
            found.append(cells)
        return tuple(found)

    def columns(self) -> dict[str, Whole]:
        """The key columns: ccode and year, or ccode1, ccode2 and year."""
        names = ("ccode",) if self.unit == "state" else ("ccode1", "ccode2")
        states = {
            name: self.codes[index] for name, index in zip(names, self.state_indices, strict=True)
        }
        return {**states, "year": self.years[self.year_index]}

    def covers(self, first: int, last: int) -> NDArray[np.bool_]:
        """For each of `years`, whether it lies in `first`..`last`."""
        return (self.years >= first) & (self.years <= last)

    def state_index(self, codes: Whole) -> Index:
        """Indices of `codes`; -1 for a code that is in no row."""
        lookup = np.full(HIGHEST_CODE, -1, dtype=np.intp)
        lookup[self.codes] = np.arange(len(self.codes))
        return lookup[codes]

    def rows_of_pairs(self, cow_a: Whole, cow_b: Whole, year: Whole) -> tuple[Index, Index]:
        """Where given pairs are in the panel: their rows, and which of the given they are.

        In undirected dyads a pair is found in either order.
        """
        a, b = self.state_index(cow_a), self.state_index(cow_b)
        if self.unit == "dyad":
            a, b = np.minimum(a, b), np.maximum(a, b)
        inside = (a >= 0) & (b >= 0) & (year >= self.first_year) & (year <= self.last_year)
        given = np.flatnonzero(inside)
        cells = (a[given] * len(self.codes) + b[given]) * len(self.years) + (
            year[given] - self.first_year
        )
        rows = np.searchsorted(self.cells, cells)
        found = self.cells[np.minimum(rows, len(self.cells) - 1)] == cells
        return rows[found], given[found]


def keys(unit: str, first: int, last: int, facts: Facts) -> Keys:
    """The keys of every unit in the years `first` to `last`, in order of code, code and year.

    Raises:
        InputError: no such unit.
    """
    if unit not in UNITS:
        raise InputError(f"No unit is called {unit!r}. There are {', '.join(UNITS)}.")
    spells = facts.arrays(
        "SELECT cow, first, coalesce(last, DATE '9999-12-31') AS last FROM system_members"
        f" WHERE year(first) <= {last} AND coalesce(year(last), 9999) >= {first}"
        " ORDER BY cow, first"
    )
    cow = np.asarray(spells["cow"])
    began = np.asarray(spells["first"]).astype("datetime64[D]")
    ended = np.asarray(spells["last"]).astype("datetime64[D]")
    codes = np.unique(cow).astype(np.int16)
    years = np.arange(first, last + 1, dtype=np.int16)
    index = np.searchsorted(codes, cow)
    first_year, last_year = _year_of(began), _year_of(ended)
    present = np.zeros((len(codes), len(years)), dtype=np.bool_)
    for state, start, end in zip(index, first_year, last_year, strict=True):
        present[state, max(start - first, 0) : max(end - first + 1, 0)] = True
    if unit == "state":
        return Keys(unit, codes, years, present, np.flatnonzero(present))
    together = present[:, None, :] & present[None, :, :]
    size = np.arange(len(codes))
    together[size, size] = False
    if unit == "dyad":
        together[size[:, None] > size[None, :]] = False
    for i, j, year in _never_met(index, began, ended):
        if first <= year <= last:
            together[i, j, year - first] = together[j, i, year - first] = False
    return Keys("dyad" if unit == "dyad" else "directed-dyad", codes, years, present,
                np.flatnonzero(together))  # fmt: skip


def _year_of(days: NDArray[np.datetime64]) -> NDArray[np.int64]:
    return days.astype("datetime64[Y]").astype(np.int64) + 1970


def _never_met(
    states: Index, began: NDArray[np.datetime64], ended: NDArray[np.datetime64]
) -> list[tuple[int, int, int]]:
    """Pairs of states and the year in which one had left before the other came."""
    left, came = _year_of(ended), _year_of(began)
    apart = (left[:, None] == came[None, :]) & (ended[:, None] < began[None, :])
    found = []
    for one, other in np.argwhere(apart):
        i, j, year = int(states[one]), int(states[other]), int(left[one])
        overlap = np.minimum.outer(ended[states == i], ended[states == j]) >= np.maximum.outer(
            began[states == i], began[states == j]
        )
        shared = np.minimum.outer(left[states == i], left[states == j]) >= year
        shared &= np.maximum.outer(came[states == i], came[states == j]) <= year
        if i != j and not (overlap & shared).any():
            found.append((i, j, year))
    return found
