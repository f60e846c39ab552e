"""Hand-written names and COW capitals -> actor_names.

Source: names and dates, the package's own tables in catalog/names; capitals, peacesciencer 2024;
organisations and their aliases, the register. A hand-written date wins over the publisher's.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import duckdb

from foedus.catalog.folding import fold
from foedus.sources.actor_keys import NAMES, ORGANISATION_IDS, REGISTER, cow_actor_view
from foedus.sources.files import write_table
from foedus.sources.state_system import CAPITALS

TALIBAN_RULE = date(2021, 8, 15)
"""From this day the Taliban are the government of Afghanistan, not an armed group."""

UNCOUNTED = (
    "ese", "ish", "ois", "men", "s", "French", "Dutch", "Kyrgyz", "Kirghiz", "Malagasy",
    "Ni-Vanuatu", "I-Kiribati", "Papal", "Hellenic", "Icelandic", "Philippine", "Motswana",
    "Batswana", "Basotho", "Mosotho", "Liswati", "Emaswati", "Myanma", "Lao",
)  # fmt: skip
"""Endings of demonyms that have no plural in -s."""


class Name(NamedTuple):
    """One row of actor_names."""

    actor: str
    name: str
    role: str
    first: date | None = None
    last: date | None = None


def plural(demonym: str) -> str | None:
    """The plural of a demonym, or null where it has none of its own (Chinese, British)."""
    if demonym.endswith(UNCOUNTED):
        return None
    if demonym.endswith("man"):
        regular = ("German", "Ottoman")
        return demonym + "s" if demonym.endswith(regular) else None
    return demonym + "s"


def rows_of(path: Path) -> Iterator[dict[str, str]]:
    """The rows of one hand-written CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def listed(cell: str) -> list[str]:
    """The items of a `;` list."""
    return [item.strip() for item in cell.split(";") if item.strip() and item.strip() != "NA"]


def day(cell: str) -> date | None:
    """An ISO day, or null."""
    return date.fromisoformat(cell) if cell and cell != "NA" else None


def state_names() -> Iterator[Name]:
    """Names, aliases, demonyms with plurals, former names and places of every state."""
    for row in rows_of(NAMES / "states.csv"):
        yield Name(row["actor"], row["name"], "name")
        for alias in listed(row["aliases"]):
            yield Name(row["actor"], alias, "alias")
        for demonym in listed(row["demonyms"]):
            yield Name(row["actor"], demonym, "demonym")
            several = plural(demonym)
            if several:
                yield Name(row["actor"], several, "demonym")
    for row in rows_of(NAMES / "former.csv"):
        yield Name(row["actor"], row["name"], "former", day(row["first"]), day(row["last"]))
    for row in rows_of(NAMES / "places.csv"):
        yield Name(row["actor"], row["name"], row["role"], day(row["first"]), day(row["last"]))


def group_names() -> Iterator[Name]:
    """Names and aliases of every armed group."""
    for row in rows_of(NAMES / "armed_groups.csv"):
        last = TALIBAN_RULE if row["actor"] == "TALIBAN" else None
        yield Name(row["actor"], row["name"], "name", None, last)
        for alias in listed(row["aliases"]):
            yield Name(row["actor"], alias, "alias", None, last)


def organisation_names() -> Iterator[Name]:
    """Names and aliases of every organisation, hand-written ones first."""
    for row in rows_of(NAMES / "organisations.csv"):
        yield Name(row["actor"], row["name"], "name")
        for alias in listed(row["aliases"]):
            yield Name(row["actor"], alias, "alias")
    seen = {row["actor"] for row in rows_of(NAMES / "organisations.csv")}
    for row in rows_of(REGISTER / "organisations.csv"):
        actor = ORGANISATION_IDS.get(row["org"], row["org"])
        yield Name(actor, row["name"], "alias" if actor in seen else "name")
        for alias in listed(row["aliases"]):
            yield Name(actor, alias, "alias")


def capital_names(con: duckdb.DuckDBPyConnection) -> Iterator[Name]:
    """Capitals by period; touching periods of one capital are one."""
    spells = con.execute(f"""
        SELECT actor, capital, first, last FROM ({CAPITALS}) ORDER BY actor, capital, first
    """).fetchall()
    open_spell: Name | None = None
    for actor, capital, first, last in spells:
        if open_spell and (open_spell.actor, open_spell.name) == (actor, capital):
            if open_spell.last is None:
                continue
            if (first - open_spell.last).days <= 1:
                open_spell = open_spell._replace(last=last)
                continue
        if open_spell:
            yield open_spell
        open_spell = Name(actor, capital, "capital", first, last)
    if open_spell:
        yield open_spell


def collected(con: duckdb.DuckDBPyConnection) -> list[Name]:
    """Every name once per actor and period: an undated name hides dated ones that spell alike."""
    kept: dict[tuple[str, str, date | None], Name] = {}
    lasting: set[tuple[str, str]] = set()
    by_hand: set[tuple[str, str]] = set()
    for source in (state_names(), group_names(), organisation_names()):
        for name in source:
            key = (name.actor, name.name)
            if key in lasting or (*key, name.first) in kept:
                continue
            if name.first is None and name.last is None:
                lasting.add(key)
            if name.role == "capital":
                by_hand.add(key)
            kept[(*key, name.first)] = name
    spelt = {(actor, fold(name)) for actor, name in lasting}
    for name in capital_names(con):
        key = (name.actor, name.name)
        if key not in by_hand and (name.actor, fold(name.name)) not in spelt:
            kept[(*key, name.first)] = name
    return list(kept.values())


def write_names(con: duckdb.DuckDBPyConnection, out: Path) -> dict[str, int]:
    """Write actor_names; rows per table."""
    cow_actor_view(con)
    columns = [list(column) for column in zip(*collected(con), strict=True)]
    con.execute(
        "CREATE OR REPLACE TEMP TABLE collected_names AS SELECT unnest($1::VARCHAR[]) AS actor,"
        " unnest($2::VARCHAR[]) AS name, unnest($3::VARCHAR[]) AS role,"
        " unnest($4::DATE[]) AS first, unnest($5::DATE[]) AS last",
        columns,
    )
    return {"actor_names": write_table(con, "actor_names", "FROM collected_names", out)}
