"""Foreign-policy similarity of every pair of states, in any years, by any of the measures."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import partial

import numpy as np
import numpy.typing as npt

from foedus.catalog.facts import Facts
from foedus.errors import InputError
from foedus.record.similarity.contingency import PairTables, count_pairs, pairs_of
from foedus.record.similarity.measures import MEASURES, WEIGHTED, s_weighted
from foedus.record.similarity.obligations import obligation_portfolios, obligation_years
from foedus.record.similarity.portfolios import Codes, Portfolios
from foedus.record.similarity.scales import OBLIGATIONS, VOTES, Floats, Scale
from foedus.record.similarity.votes import vote_portfolios, vote_years

Integers = npt.NDArray[np.integer]


@dataclass(frozen=True)
class PortfolioSource:
    """One kind of portfolio: its levels, years and matrices, and the data sets behind them."""

    scale: Scale
    years: Callable[[Facts], tuple[int, ...]]
    portfolios: Callable[[Facts, Iterable[int]], Iterator[Portfolios]]
    measures: tuple[str, ...]
    vintages: tuple[str, ...]


SOURCES: dict[str, PortfolioSource] = {
    "alliances": PortfolioSource(
        OBLIGATIONS,
        obligation_years,
        obligation_portfolios,
        (*MEASURES, *WEIGHTED),
        ("atop-5.1", "cow-states-2016", "nmc-7.0"),
    ),
    "votes": PortfolioSource(
        VOTES, vote_years, vote_portfolios, tuple(MEASURES), ("un-votes-2021",)
    ),
}
"""What portfolios hold. Votes are on roll calls, not on states: capability cannot weigh them."""


@dataclass(frozen=True, eq=False)
class Similarity:
    """Measures of every pair of states in each year, one row per pair with cow_a < cow_b.

    `columns` has one array (P,) per measure, NaN where a measure is not defined for a pair.
    Every measure is symmetric. `states` are the COW codes of each year, ascending; its pairs
    are in the order of `contingency.pairs_of`.
    """

    source: str
    states: dict[int, Codes]
    columns: dict[str, Floats]

    @property
    def vintages(self) -> tuple[str, ...]:
        """The keys of the data sets behind it, to cite."""
        return SOURCES[self.source].vintages

    @property
    def years(self) -> tuple[int, ...]:
        """The years, ascending."""
        return tuple(self.states)

    def table(self) -> dict[str, npt.NDArray[np.generic]]:
        """Columns of equal length: year, cow_a, cow_b and each measure; cow_a < cow_b."""
        first, second, years = [], [], []
        for year, states in self.states.items():
            one, other = pairs_of(len(states))
            first.append(states[one])
            second.append(states[other])
            years.append(np.full(len(one), year))
        return {
            "year": np.concatenate(years),
            "cow_a": np.concatenate(first),
            "cow_b": np.concatenate(second),
            **self.columns,
        }

    def rows_of(self, cow_a: Integers, cow_b: Integers, year: Integers) -> Integers:
        """The row of each pair and year in the columns, in either order; -1 where there is none.

        Three arrays of equal length. A state with itself, a state outside the system in that
        year and a year that is not covered have no row.
        """
        span = range(min(self.years), max(self.years) + 1)
        place = np.full((len(span) + 1, 1001), -1, dtype=np.int64)
        size = np.zeros(len(span) + 1, dtype=np.int64)
        start = np.zeros(len(span) + 1, dtype=np.int64)
        total = 0
        for each, states in self.states.items():
            line = each - span.start
            place[line, states] = np.arange(len(states))
            size[line], start[line] = len(states), total
            total += len(states) * (len(states) - 1) // 2
        inside = (year >= span.start) & (year < span.stop)
        at = np.where(inside, year - span.start, len(span))
        one = place[at, np.where((cow_a >= 0) & (cow_a < 1000), cow_a, 1000)]
        other = place[at, np.where((cow_b >= 0) & (cow_b < 1000), cow_b, 1000)]
        low, high = np.minimum(one, other), np.maximum(one, other)
        row = start[at] + low * size[at] - low * (low + 1) // 2 + high - low - 1
        return np.where((low >= 0) & (low != high), row, -1)

    def gather(
        self, cow_a: Integers, cow_b: Integers, year: Integers, measures: Sequence[str] = ()
    ) -> dict[str, Floats]:
        """Each measure for any pairs and years, in either order; NaN where it is unknown.

        Raises:
            InputError: a measure that was not computed; says which were.
        """
        _require("measure", measures, self.columns)
        row = self.rows_of(cow_a, cow_b, year)
        return {
            name: np.append(self.columns[name], np.nan)[row] for name in measures or self.columns
        }


def similarity(
    years: int | Iterable[int],
    source: str = "alliances",
    measures: Sequence[str] = (),
    facts: Facts | None = None,
) -> Similarity:
    """The measures of every pair of states in the years, over alliance obligations or UN votes.

    `measures` are names of `measures.MEASURES` and, over alliances, `measures.WEIGHTED`; all
    where none is given. Years are calendar years; a UN session counts for the one in which it
    began. `facts` defaults to all that is known today.

    Raises:
        InputError: an unknown source or measure, or a year that the source does not cover; says
            which there are.
    """
    facts = facts or Facts(date.today())
    _require("source", [source], SOURCES)
    chosen = SOURCES[source]
    _require(f"measure of {source}", measures, chosen.measures)
    wanted = sorted({years} if isinstance(years, int) else set(years))
    covered = chosen.years(facts)
    outside = [year for year in wanted if year not in set(covered)]
    if outside or not wanted:
        given = f"{outside[0]} is not covered" if outside else "No year was given"
        reach = f"{covered[0]}-{covered[-1]}" if covered else "no year"
        raise InputError(f"{given}: similarity of {source} as of {facts.as_of} covers {reach}.")
    names = tuple(measures) or chosen.measures
    portfolios = list(chosen.portfolios(facts, wanted))
    ends = np.cumsum([len(held.states) * (len(held.states) - 1) // 2 for held in portfolios])
    columns = {name: np.empty(ends[-1]) for name in names}
    _keep_freed_memory()
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        each_year = partial(_compare, chosen.scale, columns)
        deque(pool.map(each_year, portfolios[::-1], ends[::-1].tolist()), maxlen=0)
    return Similarity(source, {held.year: held.states for held in portfolios}, columns)


def _keep_freed_memory() -> None:
    """Let glibc keep what the years' arrays free, rather than hand it back and fetch it anew.

    It raises its thresholds to the size of the largest mapped block that was freed, 32 MB at
    most. Without this a first run of all years spends a third of its time on page faults.
    """
    np.empty(4_000_000)


def _compare(scale: Scale, columns: dict[str, Floats], held: Portfolios, end: int) -> None:
    """Fill the year's rows, which end before `end`, of every column."""
    tables = PairTables(count_pairs(held.levels, scale.size), scale)
    rows = slice(end - tables.counts.shape[2], end)
    with np.errstate(divide="ignore", invalid="ignore"):
        for name, column in columns.items():
            measure = MEASURES.get(name)
            column[rows] = measure.compute(tables) if measure else _weighted(held, scale, name)


def _weighted(held: Portfolios, scale: Scale, name: str) -> Floats:
    """S weighted by capability for the year's pairs, (P,)."""
    assert held.weights is not None
    power, halved = WEIGHTED[name].power, WEIGHTED[name].halved
    steps = [float(side or 0) for side in scale.halves] if halved else scale.values
    values = np.asarray(steps)
    return s_weighted(values[held.levels], held.weights, values[-1] - values[0], power)


def _require(kind: str, given: Iterable[str], known: Iterable[str]) -> None:
    """Refuse a name that is not among the known ones, and list them."""
    names = list(known)
    for name in given:
        if name not in names:
            raise InputError(f"No {kind} is called {name!r}. There are {', '.join(names)}.")
