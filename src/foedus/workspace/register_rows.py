"""The user's own rows of the register's format: every version kept, the newest in force."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Literal

import sqlalchemy as sa
from pydantic import AwareDatetime
from sqlalchemy.engine import Connection, Engine, Row

from foedus.domain.frozen import Frozen
from foedus.errors import InputError
from foedus.workspace.engine import writing
from foedus.workspace.schema import register_row as table
from foedus.workspace.storable import printable, unstorable

Outcome = Literal["added", "changed", "unchanged"]


class RegisterRow(Frozen):
    """One version of one row, as it was given.

    `cells` holds text by column, and is null in a version that takes the row back.
    `corrects` is the id of the shipped row in whose place it stands, `came_from` the file that
    it was imported from; `added` is kept in UTC.
    """

    kind: str
    key: str
    cells: dict[str, str] | None
    corrects: str | None = None
    came_from: str | None = None
    added_by: str | None = None
    added: AwareDatetime


def put(engine: Engine, rows: Sequence[RegisterRow]) -> list[Outcome]:
    """See `Workspace.put_register_rows`."""
    for row in rows:
        if reason := unstorable(row.model_dump(exclude={"added"})):
            raise InputError(f"The row {printable(row.key)!r} cannot be stored: it holds {reason}.")
    with writing(engine) as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("LOCK TABLE register_row IN SHARE ROW EXCLUSIVE MODE")
        return [_put(connection, row) for row in rows]


def _put(connection: Connection, row: RegisterRow) -> Outcome:
    mine = sa.and_(table.c.kind == row.kind, table.c.key == row.key)
    newest = connection.execute(
        sa.select(table.c.version, table.c.cells)
        .where(mine)
        .order_by(table.c.version.desc())
        .limit(1)
    ).first()
    held = None if newest is None else newest.cells
    if held == row.cells:
        return "unchanged"
    values = row.model_dump(exclude={"added"})
    values["added_at"] = row.added.astimezone(UTC).replace(tzinfo=None)
    values["version"] = 1 if newest is None else newest.version + 1
    connection.execute(sa.insert(table).values(values))
    return "added" if held is None else "changed"


def select(
    connection: Connection, kind: str | None, key: str | None, *, history: bool
) -> list[RegisterRow]:
    """The rows in force in order of kind and key, or every version of them, oldest first."""
    query = sa.select(table).order_by(table.c.kind, table.c.key, table.c.version)
    if kind is not None:
        query = query.where(table.c.kind == kind)
    if key is not None:
        query = query.where(table.c.key == key)
    rows = [_row(row) for row in connection.execute(query)]
    if history:
        return rows
    newest = {(row.kind, row.key): row for row in rows}
    return [row for row in newest.values() if row.cells is not None]


def taken_back(row: RegisterRow, by: str | None) -> RegisterRow:
    """The version that takes a row back, as of now."""
    return row.model_copy(
        update={"cells": None, "came_from": None, "added_by": by, "added": datetime.now(UTC)}
    )


def _row(row: Row[Any]) -> RegisterRow:
    values = dict(row._mapping)
    del values["version"]
    values["added"] = values.pop("added_at").replace(tzinfo=UTC)
    return RegisterRow.model_validate(values)
