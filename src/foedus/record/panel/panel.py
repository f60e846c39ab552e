"""State-years, dyad-years or directed dyad-years, with the parts that are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from foedus.catalog.facts import FIRST_DAY, Facts
from foedus.catalog.vintages import vintages
from foedus.errors import InputError
from foedus.record.panel import (
    alliances,
    capability,
    contiguity,
    distance,
    majors,
    mids,
    peace_years,
    regime,
    rivalry,
    similarity,
    wars,
)
from foedus.record.panel.columns import Columns, Part, Values
from foedus.record.panel.units import Unit, keys
from foedus.record.panel.write import write

STATES = "cow-states-2016"

PARTS: dict[str, Part] = {
    "alliances": alliances.PART,
    "mids": mids.PART,
    "cow_mids": mids.COW_PART,
    "wars": wars.PART,
    "capability": capability.PART,
    "contiguity": contiguity.PART,
    "distance": distance.PART,
    "majors": majors.PART,
    "rivalry": rivalry.PART,
    "regime": regime.PART,
    "similarity": similarity.PART,
    "peace_years": peace_years.PART,
}


@dataclass(frozen=True, eq=False)
class Panel:
    """n rows of one unit, sorted by code, code and year; columns are arrays of length n.

    `panel["cinc_1"]` is one column. Whole numbers are integers, in a masked array where some
    are null; measures are float64 with NaN for null. `pandas.DataFrame(dict(panel.items()))`
    takes both.
    `vintages` are the keys of the data sets used.
    """

    unit: Unit
    years: tuple[int, int]
    columns: Columns = field(repr=False)
    vintages: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.columns["year"])

    def __iter__(self) -> Iterator[str]:
        return iter(self.columns)

    def __getitem__(self, name: str) -> Values:
        if name not in self.columns:
            raise InputError(
                f"The panel has no column {name!r}. There are {', '.join(self.columns)}."
            )
        return self.columns[name]

    def items(self) -> Iterator[tuple[str, Values]]:
        """Each column's name and values."""
        return iter(self.columns.items())

    def to_file(self, path: str | Path) -> None:
        """Write Parquet or CSV, by the file's ending. Raises InputError as `to_csv` does."""
        write(self.columns, Path(path))

    def to_parquet(self, path: str | Path) -> None:
        """Write a Parquet file. Raises InputError as `to_csv` does."""
        self._write(path, ".parquet")

    def to_csv(self, path: str | Path) -> None:
        """Write a CSV file with a header; null is empty.

        Raises:
            InputError: another ending, or the file cannot be written; an older one then stays.
        """
        self._write(path, ".csv")

    def _write(self, path: str | Path, ending: str) -> None:
        if Path(path).suffix.lower() != ending:
            raise InputError(f"{path} should end in {ending}. Give another name.")
        write(self.columns, Path(path))


def panel(
    unit: str = "directed-dyad",
    years: tuple[int, int] = (1816, 2010),
    with_: Sequence[str] = (),
    facts: Facts | None = None,
) -> Panel:
    """Every unit in every year from the first to the last, with the named parts.

    Units are `state`, `dyad` (ccode1 < ccode2) and `directed-dyad`. Parts are `PARTS`. A year
    that a part's data set does not cover is null in it, never 0. `facts` are by default those
    known today.

    Raises:
        InputError: an unknown unit or part, a part that the unit does not have, or years that
            are out of order or outside what any table covers.
    """
    known = facts or Facts(date.today())
    first, last = _checked(years, known)
    parts = _named(with_)
    rows = keys(unit, first, last, known)
    columns: Columns = {**rows.columns()}
    used = {STATES: None}
    for name in parts:
        part = PARTS[name]
        if rows.unit not in part.units:
            offered = ", ".join(one for one in PARTS if rows.unit in PARTS[one].units)
            raise InputError(f"A {unit} has no part {name!r}. There are {offered}.")
        columns |= part.build(rows, known)
        used |= dict.fromkeys(part.vintages)
    return Panel(rows.unit, (first, last), columns, tuple(used))


def last_year() -> int:
    """The last year that any part covers."""
    return max(vintages()[key].last_year for part in PARTS.values() for key in part.vintages)


def _named(parts: Sequence[str]) -> tuple[str, ...]:
    given = parts.split(",") if isinstance(parts, str) else parts
    named = [part.strip().lower().replace("-", "_") for part in given]
    unknown = [part for part in named if part not in PARTS]
    if unknown:
        raise InputError(
            f"No part of a panel is called {unknown[0]!r}. There are {', '.join(PARTS)}."
        )
    return tuple(dict.fromkeys(named))


def _checked(years: tuple[int, int], facts: Facts) -> tuple[int, int]:
    lowest, highest = FIRST_DAY.year, min(last_year(), facts.as_of.year)
    try:
        first, last = (int(year) for year in years)
    except (TypeError, ValueError):
        first, last = 0, 0
    if not lowest <= first <= last <= highest:
        raise InputError(
            f"Years {years!r} are not a first and a last year in {lowest}-{highest}."
            f" Give, for example, {lowest}-2010."
        )
    return first, last
