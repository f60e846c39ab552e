"""Files that could not be read, as rows: why, how often tried, and whether they changed since."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from pydantic import AwareDatetime
from sqlalchemy.engine import Connection, Row

from foedus.domain.frozen import Frozen
from foedus.workspace.documents import insert_new
from foedus.workspace.schema import quarantine as table
from foedus.workspace.storable import printable


class Quarantined(Frozen):
    """One file, or one document inside the file `path`, that could not be read.

    `stamp` changes with the file; null where the file could not even be looked at.
    """

    name: str
    path: str
    stamp: str | None
    reason: str
    tries: int
    first: AwareDatetime
    last: AwareDatetime


def put(connection: Connection, name: str, path: str, stamp: str | None, reason: str) -> None:
    """Note a failure, counting the tries of the same name."""
    now = datetime.now(UTC).replace(tzinfo=None)
    name, path = printable(name), printable(path)
    values: dict[str, Any] = {
        "path": path, "stamp": stamp, "reason": printable(reason), "last_at": now,
    }  # fmt: skip
    if not insert_new(connection, table, {**values, "name": name, "tries": 1, "first_at": now}):
        connection.execute(
            sa.update(table).where(table.c.name == name).values(**values, tries=table.c.tries + 1)
        )


def release(connection: Connection, path: str, but: Collection[str]) -> None:
    """Take everything of this file out of the quarantine, but for these names."""
    kept = {printable(name) for name in but}
    names = connection.scalars(sa.select(table.c.name).where(table.c.path == printable(path)))
    for name in [one for one in names if one not in kept]:
        connection.execute(sa.delete(table).where(table.c.name == name))


def select(connection: Connection) -> list[Quarantined]:
    """Everything in the quarantine, by name."""
    return [_row(row) for row in connection.execute(sa.select(table).order_by(table.c.name))]


def _row(row: Row[Any]) -> Quarantined:
    values = dict(row._mapping)
    values["first"] = values.pop("first_at").replace(tzinfo=UTC)
    values["last"] = values.pop("last_at").replace(tzinfo=UTC)
    return Quarantined.model_validate(values)
