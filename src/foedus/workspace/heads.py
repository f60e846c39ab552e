"""Documents without their texts: names, dates and counts, a page at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

import sqlalchemy as sa
from pydantic import ValidationError
from sqlalchemy.engine import Connection, Row

from foedus.domain.dates import DateSpan
from foedus.domain.documents import DocumentHead
from foedus.errors import WorkspaceError
from foedus.workspace.schema import document as table

_IDS_PER_QUERY = 500
_LEFT_OUT = ("text", "passages", "read_at")
_COLUMNS = [column for column in table.c if column.name not in _LEFT_OUT]


def select(connection: Connection, ids: Collection[str]) -> Iterator[DocumentHead]:
    """The heads of these documents in order of id; ids that are not there are passed over."""
    wanted = sorted(set(ids))
    for begin in range(0, len(wanted), _IDS_PER_QUERY):
        part = wanted[begin : begin + _IDS_PER_QUERY]
        query = sa.select(*_COLUMNS).where(table.c.id.in_(part)).order_by(table.c.id)
        yield from map(_head, connection.execute(query))


def page(connection: Connection, after: str | None, limit: int) -> list[DocumentHead]:
    """The next heads in order of id, after the id of the page before."""
    query = sa.select(*_COLUMNS).order_by(table.c.id).limit(limit)
    if after is not None:
        query = query.where(table.c.id > after)
    return [_head(row) for row in connection.execute(query)]


def named(connection: Connection, name: str) -> list[str]:
    """The ids of documents that were first read under this name."""
    return list(connection.scalars(sa.select(table.c.id).where(table.c.name == name)))


def count(connection: Connection) -> int:
    """How many documents there are."""
    return connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def _head(row: Row[Any]) -> DocumentHead:
    values = dict(row._mapping)
    try:
        first, last = values.pop("date_first"), values.pop("date_last")
        values["date"] = None if first is None else DateSpan(first=first, last=last)
        return DocumentHead.model_validate(values)
    except ValidationError as error:
        raise WorkspaceError(
            f"The workspace holds a document ({row.id}) that cannot be read: {error}"
        ) from error
