"""Claims as an assessment needs them: chosen and counted in the database, never all at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from foedus.domain.claims import Claim
from foedus.workspace import claims as claim_rows
from foedus.workspace.documents import published
from foedus.workspace.schema import claim as table
from foedus.workspace.schema import claim_change, claim_party, document

_IDS_PER_QUERY = 500
_COUNTED = sa.and_(table.c.abstained.is_(False), table.c.review.not_in(["rejected", "merged"]))


def of_pair(
    connection: Connection, givers: Collection[str], receiver: str, by: date, undated: bool
) -> list[Claim]:
    """Claims of any status that name one of the givers and the receiver, in order of place."""
    query = _known(by, undated).where(_naming(givers), _naming([receiver]))
    query = query.order_by(table.c.doc, table.c.start, table.c.end, table.c.claim_id)
    return _claims(connection, query)


def of_others(
    connection: Connection,
    givers: Collection[str],
    receiver: str,
    by: date,
    undated: bool,
    limit: int,
) -> tuple[list[Claim], int]:
    """Claims that count and name a giver but not the receiver: the newest, and how many in all.

    The newest documents' claims come first, undated documents last.
    """
    query = _known(by, undated).where(_COUNTED, _naming(givers), ~_naming([receiver]))
    total = connection.scalar(sa.select(sa.func.count()).select_from(query.subquery())) or 0
    dated = sa.case((document.c.date_last.is_(None), 1), else_=0)
    newest = query.order_by(
        dated, document.c.date_last.desc(), table.c.doc, table.c.start, table.c.claim_id
    )
    return _claims(connection, newest.limit(limit)), total


def changed_by_people(connection: Connection, claim_ids: Iterable[str], field: str) -> set[str]:
    """Those of the claims in which people left another value of `field` than the coder's."""
    wanted = sorted(set(claim_ids))
    first: dict[str, Any] = {}
    last: dict[str, Any] = {}
    for begin in range(0, len(wanted), _IDS_PER_QUERY):
        part = claim_change.c.claim_id.in_(wanted[begin : begin + _IDS_PER_QUERY])
        query = sa.select(claim_change).where(part).order_by(claim_change.c.version)
        for row in connection.execute(query):
            if field in row.after:
                first.setdefault(row.claim_id, row.before[field])
                last[row.claim_id] = row.after[field]
    return {key for key in first if first[key] != last[key]}


def _known(by: date, undated: bool) -> sa.Select[Any]:
    joined = table.join(document, document.c.id == table.c.doc)
    return sa.select(table).select_from(joined).where(published(by, undated))


def _naming(actors: Collection[str]) -> sa.ColumnElement[bool]:
    named = sa.select(claim_party.c.claim_id).where(claim_party.c.actor.in_(sorted(actors)))
    return table.c.claim_id.in_(named)


def _claims(connection: Connection, query: sa.Select[Any]) -> list[Claim]:
    found = []
    for row in connection.execute(query):
        values = dict(row._mapping)
        del values["version"]
        found.append(claim_rows.from_values(values))
    return found
