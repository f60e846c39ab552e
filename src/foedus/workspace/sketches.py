"""Sketches of documents as rows, by which copies are found without loading every text."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from foedus.workspace.schema import document_sketch as table

_IDS_PER_QUERY = 500


def put(connection: Connection, document: str, sketch: bytes) -> None:
    """Write a document's sketch in place of the one that is there."""
    connection.execute(sa.delete(table).where(table.c.document == document))
    connection.execute(sa.insert(table).values(document=document, sketch=sketch))


def put_all(connection: Connection, sketches: Mapping[str, bytes]) -> None:
    """Write several."""
    for document in sorted(sketches):
        put(connection, document, sketches[document])


def select(connection: Connection, documents: Collection[str]) -> dict[str, bytes]:
    """The sketches of these documents, by document; those that have none are passed over."""
    wanted = sorted(set(documents))
    found: dict[str, bytes] = {}
    for begin in range(0, len(wanted), _IDS_PER_QUERY):
        query = sa.select(table).where(table.c.document.in_(wanted[begin : begin + _IDS_PER_QUERY]))
        found |= {row.document: bytes(row.sketch) for row in connection.execute(query)}
    return found
