"""Documents as rows: written once, found by id, by the day they appeared or were read."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa
from pydantic import ValidationError
from sqlalchemy.engine import Connection, Row

from foedus.domain.dates import DateSpan
from foedus.domain.documents import Document, Passage
from foedus.errors import WorkspaceError
from foedus.workspace.schema import document as table
from foedus.workspace.schema import document_name

_IDS_PER_QUERY = 500


def insert(connection: Connection, document: Document) -> bool:
    """Write the document unless it is there; false where it was. Its name is noted either way."""
    now = _now()
    added = insert_new(connection, table, {**_values(document), "read_at": now})
    names = {"document": document.id, "name": document.name, "read_at": now}
    insert_new(connection, document_name, names)
    return added


def replace(connection: Connection, document: Document) -> None:
    """Write the document over the stored one of the same id; the stored name stays."""
    values = {key: value for key, value in _values(document).items() if key not in ("id", "name")}
    connection.execute(sa.update(table).where(table.c.id == document.id).values(values))


def locked_text(connection: Connection, key: str) -> str:
    """The stored text; until the transaction ends nobody else changes the document."""
    query = sa.select(table.c.text).where(table.c.id == key).with_for_update()
    text: str = connection.execute(query).scalar_one()
    return text


def insert_new(connection: Connection, into: sa.Table, values: dict[str, Any]) -> bool:
    """Insert one row; false where its primary key is taken, also by a writer at the same time."""
    statement: Any
    if connection.dialect.name == "postgresql":  # each dialect is slow to import
        from sqlalchemy.dialects.postgresql import insert as postgres_insert

        statement = postgres_insert(into).values(values).on_conflict_do_nothing()
    else:
        from sqlalchemy.dialects.sqlite import insert as sqlite_insert

        statement = sqlite_insert(into).values(values).on_conflict_do_nothing()
    counted = statement.execution_options(preserve_rowcount=True)
    return connection.execute(counted).rowcount == 1


def select(
    connection: Connection,
    *,
    ids: Collection[str] | None,
    read_by: date | None,
    published_by: date | None,
    include_undated: bool,
) -> Iterator[Document]:
    """Documents in order of id, one in memory at a time."""
    query = sa.select(table).order_by(table.c.id).execution_options(yield_per=1)
    if read_by is not None and read_by < date.max:
        end = datetime.combine(read_by + timedelta(days=1), time())
        query = query.where(table.c.read_at < end)
    if published_by is not None:
        query = query.where(published(published_by, include_undated))
    if ids is None:
        yield from map(_document, connection.execute(query))
        return
    wanted = sorted(set(ids))
    for begin in range(0, len(wanted), _IDS_PER_QUERY):
        part = query.where(table.c.id.in_(wanted[begin : begin + _IDS_PER_QUERY]))
        yield from map(_document, connection.execute(part))


def published(by: date, include_undated: bool) -> sa.ColumnElement[bool]:
    """The document's last possible day is not after `by`."""
    known = table.c.date_last <= by
    return sa.or_(known, table.c.date_last.is_(None)) if include_undated else known


def names(connection: Connection, key: str) -> list[str]:
    """Every name under which the document was read, first first."""
    query = sa.select(document_name.c.name).where(document_name.c.document == key)
    return list(connection.scalars(query.order_by(document_name.c.read_at, document_name.c.name)))


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def _values(document: Document) -> dict[str, Any]:
    return {
        **document.model_dump(exclude={"passages", "date"}),
        "passages": [[passage.start, passage.end] for passage in document.passages],
        "date_first": document.date.first if document.date else None,
        "date_last": document.date.last if document.date else None,
    }


def _document(row: Row[Any]) -> Document:
    values = dict(row._mapping)
    del values["read_at"]
    try:
        first, last = values.pop("date_first"), values.pop("date_last")
        values["date"] = None if first is None else DateSpan(first=first, last=last)
        passages = values.pop("passages")
        values["passages"] = tuple(Passage(start=start, end=end) for start, end in passages)
        return Document.model_validate(values)
    except (ValidationError, TypeError, ValueError) as error:
        raise WorkspaceError(
            f"The workspace holds a document ({row.id}) that cannot be read: {error}"
        ) from error
