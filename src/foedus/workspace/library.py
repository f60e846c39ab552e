"""The documents as a list: counted, searched and paged in the database, texts left there."""

from __future__ import annotations

from datetime import UTC, date
from typing import Any

import sqlalchemy as sa
from pydantic import AwareDatetime
from sqlalchemy.engine import Engine

from foedus.domain.frozen import Frozen
from foedus.workspace.engine import reading
from foedus.workspace.schema import claim as claim_table
from foedus.workspace.schema import document as table


class DocumentLine(Frozen):
    """One document without its text. `claims` count, those abstained apart; `open` is to review."""

    id: str
    name: str
    title: str | None
    publisher: str | None
    date_first: date | None
    date_last: date | None
    language: str | None
    read_at: AwareDatetime
    claims: int
    open: int
    abstained: int


class DocumentPage(Frozen):
    """One page of documents, newest reading first; `total` counts all that were found."""

    lines: tuple[DocumentLine, ...]
    total: int


class Library:
    """The list of the documents in one workspace."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def page(self, words: str = "", *, skip: int = 0, limit: int = 50) -> DocumentPage:
        """Documents whose title, name or publisher holds `words`, whatever their case."""
        query = sa.select(
            *(table.c[name] for name in (
                "id", "name", "title", "publisher", "date_first", "date_last", "language", "read_at"
            ))
        )  # fmt: skip
        counted = sa.select(sa.func.count()).select_from(table)
        if words.strip():
            found = sa.or_(
                *(
                    column.icontains(words.strip(), autoescape=True)
                    for column in (table.c.title, table.c.name, table.c.publisher)
                )
            )
            query, counted = query.where(found), counted.where(found)
        query = query.order_by(table.c.read_at.desc(), table.c.id).offset(skip).limit(limit)
        with reading(self._engine) as connection:
            rows = connection.execute(query).all()
            counts = _counts(connection, [row.id for row in rows])
            total = connection.scalar(counted) or 0
        return DocumentPage(
            lines=tuple(
                DocumentLine(
                    **{**row._mapping, "read_at": row.read_at.replace(tzinfo=UTC)},
                    **counts.get(row.id, {"claims": 0, "open": 0, "abstained": 0}),
                )
                for row in rows
            ),
            total=total,
        )


def _counts(connection: sa.Connection, ids: list[str]) -> dict[str, dict[str, Any]]:
    counts = claim_table.c.abstained.is_(False)
    waiting = sa.and_(counts, claim_table.c.review == "unreviewed")
    query = (
        sa.select(
            claim_table.c.doc,
            sa.func.sum(sa.case((counts, 1), else_=0)).label("claims"),
            sa.func.sum(sa.case((waiting, 1), else_=0)).label("open"),
            sa.func.sum(sa.case((counts, 0), else_=1)).label("abstained"),
        )
        .where(claim_table.c.doc.in_(ids))
        .group_by(claim_table.c.doc)
    )
    return {
        row.doc: {"claims": row.claims, "open": row.open, "abstained": row.abstained}
        for row in connection.execute(query)
    }
