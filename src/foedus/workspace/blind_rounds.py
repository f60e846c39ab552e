"""Blind rounds as rows: each reviewer decides alone; nothing changes a claim until adjudicated."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from pydantic import ValidationError
from sqlalchemy.engine import Connection, Engine, Row

from foedus.domain.claims import Claim
from foedus.domain.reviews import BlindDecision, ClaimState, ReviewAction, StaleDecision
from foedus.errors import InputError, WorkspaceError
from foedus.workspace import reviews
from foedus.workspace.engine import writing
from foedus.workspace.review_changes import changed_claim, restored
from foedus.workspace.schema import blind_decision as table
from foedus.workspace.storable import unstorable


def decide(
    engine: Engine,
    claim_id: str,
    action: ReviewAction,
    *,
    blind: str,
    seen: int,
    by: str,
    changes: Mapping[str, Any],
    into: str | None,
    note: str | None,
) -> BlindDecision:
    """See `ReviewMethods.review_blind`."""
    reviews.check_words(action, by, note)
    if not blind.strip() or unstorable(blind):
        raise InputError(f"A blind round needs a name; received {blind!r}.")
    with writing(engine) as connection:
        text = reviews.lock_documents(connection, [claim_id, *filter(None, [into])])[claim_id]
        mine = own(connection, blind, by, [claim_id]).get(claim_id)
        if seen != (0 if mine is None else mine.version):
            raise StaleDecision(mine, claim_id, seen)
        if into == claim_id:
            raise InputError(f"Claim {claim_id} cannot be merged into itself.")
        claim = changed_claim(
            as_coded(connection, [claim_id])[claim_id], action, changes, into, text
        )
        decision = BlindDecision(
            claim_id=claim_id, round=blind, by=by, version=seen + 1, action=action, claim=claim,
            at=datetime.now(UTC), note=note,
        )  # fmt: skip
        values = decision.model_dump(exclude={"claim", "at"})
        values["claim"] = claim.model_dump(mode="json")
        values["at"] = decision.at.replace(tzinfo=None)
        connection.execute(sa.insert(table), values)
    return decision


def select(
    connection: Connection,
    *,
    blind: str | None,
    by: str | None,
    claim_id: str | None = None,
    every: bool = False,
) -> list[BlindDecision]:
    """Decisions in order of round, claim and reviewer: those in force, or `every` one made."""
    query = sa.select(table).order_by(table.c.round, table.c.claim_id, table.c.by, table.c.version)
    for column, value in ((table.c.round, blind), (table.c.by, by), (table.c.claim_id, claim_id)):
        if value is not None:
            query = query.where(column == value)
    found = [_decision(row) for row in connection.execute(query)]
    if every:
        return found
    return list({(one.round, one.claim_id, one.by): one for one in found}.values())


def names(connection: Connection) -> list[str]:
    """The rounds in which anybody decided, in order."""
    return list(connection.scalars(sa.select(table.c.round).distinct().order_by(table.c.round)))


def own(
    connection: Connection, blind: str, by: str, claim_ids: Collection[str]
) -> dict[str, BlindDecision]:
    """One reviewer's decisions in force on these claims, by claim."""
    query = sa.select(table).order_by(table.c.version).where(
        table.c.round == blind, table.c.by == by, table.c.claim_id.in_(sorted(claim_ids))
    )  # fmt: skip
    return {row.claim_id: _decision(row) for row in connection.execute(query)}


def as_coded(connection: Connection, claim_ids: Collection[str]) -> dict[str, Claim]:
    """The claims as they were before anybody changed them."""
    found = {}
    for key, state in reviews.states(connection, claim_ids).items():
        claim = state.claim
        if state.version > 1:
            for change in reversed(reviews.history(connection, key)):
                claim = restored(claim, change.before)
        found[key] = claim
    return found


def seen_by(
    connection: Connection, blind: str, by: str, states: Sequence[ClaimState]
) -> tuple[ClaimState, ...]:
    """The same claims as this reviewer may see them: as coded, or as he himself decided."""
    keys = [state.claim.claim_id for state in states]
    mine = own(connection, blind, by, keys)
    coded = as_coded(connection, [key for key in keys if key not in mine])
    return tuple(
        ClaimState(claim=mine[key].claim, version=mine[key].version)
        if key in mine
        else ClaimState(claim=coded[key], version=0)
        for key in keys
    )


def one_seen_by(connection: Connection, blind: str, by: str, claim_id: str) -> ClaimState:
    """One claim as this reviewer may see it.

    Raises:
        InputError: no such claim.
    """
    now = reviews.states(connection, [claim_id]).get(claim_id)
    if now is None:
        raise InputError(f"No claim {claim_id!r} in the workspace.")
    return seen_by(connection, blind, by, [now])[0]


def _decision(row: Row[Any]) -> BlindDecision:
    values = dict(row._mapping)
    values["at"] = values["at"].replace(tzinfo=UTC)
    try:
        return BlindDecision.model_validate(values)
    except ValidationError as error:
        raise WorkspaceError(
            f"The workspace holds a decision on claim {row.claim_id} that cannot be read: {error}"
        ) from error
