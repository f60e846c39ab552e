"""Actors by name, code or id, and the names that stand for them in a text of a given day."""

from __future__ import annotations

import csv
from collections.abc import Collection
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from foedus.catalog.folding import fold
from foedus.catalog.memory import memory_database
from foedus.catalog.name_index import DatedName, NameIndex, dated_name
from foedus.catalog.names_of_day import NameEntry as NameEntry
from foedus.catalog.names_of_day import NamesOfDay
from foedus.domain.actors import Actor, ActorKind
from foedus.errors import AmbiguousActor, CatalogError, UnknownActor

if TYPE_CHECKING:
    import duckdb

CATALOG = Path(__file__).parent
TABLES_FOLDER = CATALOG / "tables"
ALL_KINDS: tuple[ActorKind, ...] = ("state", "organisation", "armed_group")


class ActorIndex:
    """Every actor of the catalog, found by name.

    Built from the tables actors, actor_codes, actor_names and leaders of `connection` (which
    must stay open), or with `ActorIndex.packaged()` from the Parquet files of the package.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._rows = {
            row[0]: row for row in self._read("id, kind, name, cow, first, last", "actors")
        }
        self._names = [
            dated_name(*row) for row in self._read("name, actor, role, first, last", "actor_names")
        ]
        codes = [
            DatedName(code, actor, "code", first, last, 0 if scheme == "iso3" else 3)
            for code, actor, scheme, first, last in self._read(
                "code, actor, scheme, first, last", "actor_codes WHERE scheme <> 'gw'"
            )
        ]
        tokens = [DatedName(key, key, "code", None, None, 3) for key in self._rows]
        self._index = NameIndex([*self._names, *codes, *tokens])

    def _read(self, columns: str, table: str) -> list[tuple[Any, ...]]:
        return self._connection.execute(f"SELECT {columns} FROM {table}").fetchall()

    @classmethod
    def packaged(cls, folder: Path = TABLES_FOLDER) -> ActorIndex:
        """The index of the Parquet files in `folder`.

        Raises:
            CatalogError: a file is missing or cannot be read.
        """
        import duckdb

        connection = memory_database(threads=1)
        try:
            for table in ("actors", "actor_codes", "actor_names", "leaders"):
                quoted = str(folder / f"{table}.parquet").replace("'", "''")
                connection.execute(f"CREATE VIEW {table} AS FROM read_parquet('{quoted}')")
            return cls(connection)
        except duckdb.Error as error:
            raise CatalogError(
                f"The actor tables in {folder} cannot be read: {error}. Reinstall Foedus, or run"
                " `foedus data build --from DIR`."
            ) from error

    @property
    def actors(self) -> tuple[Actor, ...]:
        """Every actor, in the table's order."""
        return tuple(self.actor(key) for key in self._rows)

    def actor(self, actor_id: str) -> Actor:
        """The actor with this id.

        Raises:
            UnknownActor: no actor has it.
        """
        row = self._rows.get(actor_id)
        if row is None:
            raise UnknownActor(actor_id, self._suggested(actor_id, ALL_KINDS))
        key, kind, name, cow, first, last = row
        return Actor(id=key, kind=kind, name=name, cow=cow, first=first, last=last)

    def resolve(
        self, name: str, on: date | None = None, kinds: Collection[ActorKind] = ALL_KINDS
    ) -> Actor:
        """The one actor that answers to `name`, whatever its case, accents or punctuation.

        An id as it stands wins, then an ISO alpha-3 code, then a name, then a former name,
        demonym, capital or seat, then any other code. With `on`, what was so on that day
        beats the rest; without it, an actor that still exists beats a past one. Leaders'
        names do not resolve.

        Raises:
            UnknownActor: nothing answers to it; carries the nearest names.
            AmbiguousActor: several answer to it equally; carries them all.
        """
        exact = self._rows.get(name)
        if exact is not None and exact[1] in kinds:
            return self.actor(name)
        found = [hit for hit in self._index.find(name) if self._rows[hit.actor][1] in kinds]
        if not found:
            raise UnknownActor(name, self._suggested(name, kinds))
        if on is None:
            best = _best(found)
            best = [hit for hit in best if self._rows[hit.actor][5] is None] or best
        else:
            held = [hit for hit in found if hit.valid(on) and self._exists(hit.actor, on)]
            best = _best(held or found)
        holders = list(dict.fromkeys(hit.actor for hit in best))
        if len(holders) > 1:
            raise AmbiguousActor(name, [(key, self._rows[key][2]) for key in holders])
        return self.actor(holders[0])

    def names(self, on: date) -> tuple[NameEntry, ...]:
        """Every surface, codes excepted, that stands for an actor in a text of that day.

        Leaders appear by full name, aliases and surname while they are in office, both days
        of a handover included; a surname that is also an actor's name (Montenegro) is left
        out. Actors that had ended by then, and organisations not yet founded, do not appear.
        """
        return self._of_day.entries(on)

    @cached_property
    def _of_day(self) -> NamesOfDay:
        actors = {key: (row[1], row[4], row[5]) for key, row in self._rows.items()}
        return NamesOfDay(self._names, self._leaders, actors, ordinary_words())

    @cached_property
    def _leaders(self) -> list[tuple[Any, ...]]:
        return self._read("actor, name, aliases, start, ended", "leaders")

    def _exists(self, actor: str, on: date) -> bool:
        first, last = self._rows[actor][4:6]
        return (first is None or first <= on) and (last is None or on <= last)

    def _suggested(self, name: str, kinds: Collection[ActorKind]) -> list[tuple[str, str]]:
        near = [key for key in self._index.similar(name, 12) if self._rows[key][1] in kinds]
        near.sort(key=lambda key: self._rows[key][5] is not None)
        return [(key, self._rows[key][2]) for key in near[:4]]


def _best(found: list[DatedName]) -> list[DatedName]:
    rank = min(hit.rank for hit in found)
    return [hit for hit in found if hit.rank == rank]


@cache
def ordinary_words() -> frozenset[str]:
    """Folded words that name an actor but mean something else as often: Turkey, May, Jordan."""
    with (CATALOG / "names" / "ordinary_words.csv").open(encoding="utf-8", newline="") as file:
        return frozenset(fold(row["word"]) for row in csv.DictReader(file))
