"""The queue of claims to review: filtered, counted and paged by key in the database."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from foedus.domain.claims import ReviewStatus
from foedus.domain.reviews import ClaimState, ReviewQueue
from foedus.errors import InputError
from foedus.workspace import blind_rounds
from foedus.workspace.reviews import state, states_query
from foedus.workspace.schema import blind_decision, claim_change, claim_party
from foedus.workspace.schema import claim as table

QueueOrder = Literal["place", "doubt"]
"""By document and place in it, or the coder's least certain claims first."""


def queue(
    connection: Connection,
    *,
    status: Collection[ReviewStatus] | None,
    document: str | None,
    naming: Collection[str],
    abstained: bool,
    order: QueueOrder,
    after: str | None,
    limit: int,
    blind: tuple[str, str] | None,
) -> ReviewQueue:
    """See `ReviewMethods.queue`; `blind` is the round and the reviewer."""
    if limit < 1:
        raise InputError(f"A page of the queue holds at least one claim; received {limit}.")
    wanted = _wanted(status, document, naming, abstained, blind)
    total = connection.scalar(sa.select(sa.func.count()).select_from(table).where(*wanted)) or 0
    page, mark = _page(connection, wanted, order, after, limit)
    items = tuple(page) if blind is None else blind_rounds.seen_by(connection, *blind, page)
    return ReviewQueue(items=items, total=total, after=mark)


def claims_after(
    connection: Connection,
    *,
    status: Collection[ReviewStatus] | None,
    document: str | None,
    abstained: bool,
    after: str | None,
) -> tuple[list[ClaimState], str | None]:
    """The next claims by place, without counting all, and the key of those that follow."""
    wanted = _wanted(status, document, (), abstained, None)
    return _page(connection, wanted, "place", after, _MANY)


def _page(
    connection: Connection,
    wanted: Sequence[sa.ColumnElement[bool]],
    order: QueueOrder,
    after: str | None,
    limit: int,
) -> tuple[list[ClaimState], str | None]:
    key = _ORDERS[order]
    query = states_query().where(*wanted).order_by(*key).limit(limit + 1)
    if after is not None:
        query = query.where(sa.tuple_(*key) > sa.tuple_(*_unpacked(after, key)))
    found = [state(row) for row in connection.execute(query)]
    if len(found) <= limit:
        return found, None
    last = found[limit - 1].claim
    return found[:limit], json.dumps([getattr(last, column.name) for column in key])


_MANY = 1000
_ORDERS: dict[QueueOrder, tuple[sa.Column[Any], ...]] = {
    "place": (table.c.doc, table.c.start, table.c.end, table.c.claim_id),
    "doubt": (table.c.confidence, table.c.claim_id),
}


def _wanted(
    status: Collection[ReviewStatus] | None,
    document: str | None,
    naming: Collection[str],
    abstained: bool,
    blind: tuple[str, str] | None,
) -> list[sa.ColumnElement[bool]]:
    wanted: list[sa.ColumnElement[bool]] = []
    if document is not None:
        wanted.append(table.c.doc == document)
    for actor in sorted(naming):
        named = sa.select(claim_party.c.claim_id).where(claim_party.c.actor == actor)
        wanted.append(table.c.claim_id.in_(named))
    if blind is None:
        if status is not None:
            wanted.append(table.c.review.in_(sorted(status)))
        if not abstained:
            wanted.append(table.c.abstained.is_(False))
        return wanted
    mine = sa.exists().where(
        blind_decision.c.claim_id == table.c.claim_id,
        blind_decision.c.round == blind[0],
        blind_decision.c.by == blind[1],
    )
    if status is not None:
        open_, closed = "unreviewed" in status, bool({*status} - {"unreviewed"})
        if open_ != closed:
            wanted.append(~mine if open_ else mine)
    if not abstained:
        wanted += [table.c.abstained.is_(False), ~_abstained_as_coded()]
    return wanted


def _abstained_as_coded() -> sa.ColumnElement[bool]:
    """A claim that a person lifted over the threshold; showing it would tell of his decision."""
    change = claim_change.alias()
    before = sa.cast(change.c.before, sa.Text)
    return sa.exists().where(
        change.c.claim_id == table.c.claim_id, before.contains('"abstained": true')
    )


def _unpacked(after: str, key: tuple[sa.Column[Any], ...]) -> list[Any]:
    try:
        values = json.loads(after)
        kinds = [column.type.python_type for column in key]
        if len(values) != len(kinds):
            raise ValueError(after)
        return [
            sa.literal(kind(value), column.type)
            for kind, value, column in zip(kinds, values, key, strict=True)
        ]
    except (ValueError, TypeError) as error:
        raise InputError(
            f"Not a place in the queue: {after!r}. Give the `after` of the page before."
        ) from error
