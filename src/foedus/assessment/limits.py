"""Vintage and limits: what the answer rests on, what it does not know, how to cite it."""

from __future__ import annotations

from datetime import date

from foedus.catalog.schema import TABLES
from foedus.catalog.vintages import vintages
from foedus.domain.assessments import Limits, VintageUse

REGISTERED = frozenset({"commitments", "calls", "responses", "memberships", "leaders"})
"""Tables that the register goes on with where the datasets end."""

USED = (
    "actors",
    "commitments",
    "calls",
    "responses",
    "conflicts",
    "capability",
    "rivalries",
    "memberships",
    "leaders",
)


def limits(day: date, cite: str, *, documents: bool) -> Limits:
    """The vintages of every table used, and what lies outside their coverage on the day."""
    tables = USED if documents else tuple(name for name in USED if name != "leaders")
    used: dict[str, list[str]] = {}
    for table in tables:
        for key in TABLES[table].vintages:
            used.setdefault(key, []).append(table)
    known = vintages()
    stale = [key for key in used if known[key].last_year < day.year - 1]
    early = [key for key in used if known[key].first_year > day.year]
    unknown = [
        f"{known[key].title} {known[key].version} ends in {known[key].last_year}:"
        f" {_later(used[key])}."
        for key in stale
    ]
    unknown += [
        f"{known[key].title} {known[key].version} begins in {known[key].first_year}:"
        f" it says nothing as of {day}."
        for key in early
    ]
    return Limits(
        vintages=tuple(
            VintageUse(
                key=key,
                title=known[key].title,
                version=known[key].version,
                last_year=known[key].last_year,
                tables=tuple(names),
                terms=known[key].terms,
                citation=known[key].citation,
            )
            for key, names in used.items()
        ),
        unknown=tuple(unknown),
        cite=cite,
    )


def _later(tables: list[str]) -> str:
    """What is known after a dataset's end of the tables it stands behind."""
    parts = []
    registered = [name for name in tables if name in REGISTERED]
    if registered:
        parts.append(f"later {' and '.join(registered)} only as far as the register has them")
    rest = [name for name in tables if name not in REGISTERED]
    if rest:
        parts.append(f"later {' and '.join(rest)} unknown")
    return "; ".join(parts)
