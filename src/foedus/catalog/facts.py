"""Facts: the catalog as it was known on one day, with a user's own rows laid over it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from foedus.catalog.asof import VIEWS
from foedus.catalog.literals import fill, literal
from foedus.catalog.manifest import read_manifest
from foedus.catalog.memory import memory_database
from foedus.catalog.rows import (
    call_row,
    commitment_row,
    response_row,
    to_call,
    to_commitment,
    to_response,
)
from foedus.catalog.schema import TABLES
from foedus.domain.calls import Call
from foedus.domain.commitments import Commitment
from foedus.domain.responses import Response
from foedus.errors import CatalogError, DateError

if TYPE_CHECKING:
    import duckdb
    import numpy as np

TABLES_FOLDER = Path(__file__).parent / "tables"
FIRST_DAY = date(1816, 1, 1)


@dataclass(frozen=True)
class Overlay:
    """The user's own rows. A row with the id of a catalog row stands in its place.

    `written` holds, by a row's id, the day from which its texts may be read; without one that
    is its source's last possible day.
    """

    commitments: Sequence[Commitment] = ()
    calls: Sequence[Call] = ()
    responses: Sequence[Response] = ()
    written: Mapping[str, date] = field(default_factory=dict)


class Facts:
    """A read-only database of every catalog table, as known on `as_of`.

    Each table of `catalog.schema` is a view of the same name; rows later than `as_of` are
    absent and later columns null (see `catalog.asof`). Read it with SQL through `rows`, or
    as domain records through `commitments`, `calls` and `responses`.

    Raises:
        CatalogError: a table is missing from `folder`.
        DateError: `as_of` lies before 1816, where no table begins.
    """

    def __init__(
        self, as_of: date, overlay: Overlay | None = None, folder: Path = TABLES_FOLDER
    ) -> None:
        if as_of < FIRST_DAY:
            raise DateError(
                f"Nothing is known as of {as_of}: every table begins in 1816. Give a later date."
            )
        self.as_of = as_of
        self.folder = folder
        self._overlay = overlay or Overlay()

    @cached_property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """The in-memory database, opened at first use; extensions are never loaded."""
        connection = memory_database(threads=2)
        connection.execute(self._set_day())
        added = self._added_rows()
        for name in TABLES:
            path = self.folder / f"{name}.parquet"
            if not path.is_file():
                raise CatalogError(
                    f"Catalog table {name!r} is missing at {path}. Reinstall Foedus, or run"
                    " `foedus data build --from DIR`."
                )
            connection.execute(_all_rows(connection, name, path, added.get(name, [])))
        for name in TABLES:
            connection.execute(f"CREATE VIEW {name} AS {VIEWS[name].format(table=name)}")
        return connection

    def fork(self) -> Facts:
        """The same facts for another thread, with a connection of its own to the one database.

        Close its `connection` when done; the database lasts until all connections are closed.
        """
        other = Facts(self.as_of, self._overlay, self.folder)
        other.connection = self.connection.cursor()
        other.connection.execute(self._set_day())
        return other

    def _set_day(self) -> str:
        return f"SET VARIABLE as_of = DATE '{self.as_of.isoformat()}'"

    @property
    def overlay(self) -> Overlay:
        """The user's own rows."""
        return self._overlay

    def _added_rows(self) -> dict[str, list[dict[str, Any]]]:
        overlay = self._overlay
        added = {
            "commitments": [commitment_row(item) for item in overlay.commitments],
            "calls": [call_row(item) for item in overlay.calls],
            "responses": [response_row(item) for item in overlay.responses],
        }
        for rows in added.values():
            for row in rows:
                row["note_date"] = overlay.written.get(row["id"], row["note_date"])
        return added

    def rows(
        self, query: str, parameters: Mapping[str, object] | None = None
    ) -> list[dict[str, Any]]:
        """The query's rows as dictionaries; parameters are named, `$name` in the text."""
        cursor = self.connection.execute(fill(query, parameters or {}))
        columns = [column[0] for column in cursor.description or ()]
        return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]

    def arrays(
        self, query: str, parameters: Mapping[str, object] | None = None
    ) -> dict[str, np.ndarray[Any, Any]]:
        """The query's columns as arrays of equal length."""
        columns: dict[str, np.ndarray[Any, Any]] = self.connection.execute(
            fill(query, parameters or {})
        ).fetchnumpy()
        return columns

    def _select(
        self, table: str, order: str, **wanted: str | Sequence[str] | None
    ) -> list[dict[str, Any]]:
        """Rows of one table whose columns have the wanted value, or one of them; null is any."""
        given = {column: value for column, value in wanted.items() if value is not None}
        tests = [
            f"{column} = ${column}"
            if isinstance(value, str)
            else f"{column} IN (SELECT unnest(${column}))"
            for column, value in given.items()
        ]
        where = f"WHERE {' AND '.join(tests)}" if tests else ""
        return self.rows(
            f"FROM {table} {where} ORDER BY {order}",
            {key: value if isinstance(value, str) else list(value) for key, value in given.items()},
        )

    def commitments(
        self, guarantor: str | None = None, beneficiary: str | None = None
    ) -> tuple[Commitment, ...]:
        """Commitments signed by the as-of date, oldest first, with their status on that day."""
        found = self._select(
            "commitments",
            "coalesce(in_force_first, signed_first), id",
            guarantor=guarantor,
            beneficiary=beneficiary,
        )
        return tuple(to_commitment(row, self.as_of) for row in found)

    def calls(
        self, beneficiary: str | None = None, ids: Sequence[str] | None = None
    ) -> tuple[Call, ...]:
        """Calls begun by the as-of date, newest first; open ones lack end, hostility, outcome."""
        found = self._select("calls", "started_first DESC, id", beneficiary=beneficiary, id=ids)
        return tuple(to_call(row) for row in found)

    def responses(
        self, guarantor: str | None = None, calls: Sequence[str] | None = None
    ) -> tuple[Response, ...]:
        """Responses known by the as-of date; in open calls every higher rung stays possible."""
        found = self._select("responses", "call, id", guarantor=guarantor, call=calls)
        return tuple(to_response(row) for row in found)

    @cached_property
    def version(self) -> str:
        """The catalog's content hash (12 hex digits), from its manifest.

        Raises:
            CatalogError: the manifest is missing or broken.
        """
        return read_manifest(self.folder).version


def _all_rows(
    connection: duckdb.DuckDBPyConnection, name: str, path: Path, added: list[dict[str, Any]]
) -> str:
    """SQL for the view `<name>__all`: the shipped rows, and the user's in place of equal ids."""
    file = str(path).replace("'", "''")
    if not added:
        return f"CREATE VIEW {name}__all AS FROM read_parquet('{file}')"
    columns = TABLES[name].columns
    typed = ", ".join(f'"{column}" {kind}' for column, kind in columns.items())
    connection.execute(f"CREATE TABLE {name}__user ({typed})")
    values = ", ".join(
        f"({', '.join(literal(row[column]) for column in columns)})" for row in added
    )
    connection.execute(f"INSERT INTO {name}__user VALUES {values}")
    kept = ", ".join(
        f'coalesce(u."{column}", s."{column}") AS "{column}"'
        for column in _OF_THE_TEXT.get(name, ())
    )
    mine = f"SELECT u.* REPLACE ({kept})" if kept else "SELECT u.*"
    return (
        f"CREATE VIEW {name}__all AS FROM read_parquet('{file}')"
        f" WHERE id NOT IN (SELECT id FROM {name}__user)"
        f" UNION ALL {mine} FROM {name}__user u LEFT JOIN read_parquet('{file}') s ON s.id = u.id"
    )


_OF_THE_TEXT = {
    "commitments": ("asymmetric", "secret", "formed_in_wartime", "specific_threats"),
}
"""Columns that the domain records do not hold: a row in place of another takes its value."""
