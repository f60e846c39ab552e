"""Claims that come from a file: all of them or none, and no other person's change lost."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from foedus.domain.claims import Claim
from foedus.domain.reviews import CODED_FIELDS, ClaimState
from foedus.errors import InputError
from foedus.workspace import claims as claim_rows
from foedus.workspace import reviews
from foedus.workspace.engine import writing
from foedus.workspace.review_changes import difference
from foedus.workspace.schema import claim as table
from foedus.workspace.schema import document
from foedus.workspace.storable import unstorable

Outcome = Literal["added", "changed", "unchanged"]
_REVIEWED = (*CODED_FIELDS, "review", "merged_into", "abstained")


class ImportConflict(InputError):
    """A claim that cannot be stored as the file has it; `claim_id` says which."""

    def __init__(self, claim_id: str, reason: str) -> None:
        self.claim_id, self.reason = claim_id, reason
        super().__init__(f"claim {claim_id}: {reason}")


def put(engine: Engine, states: Iterable[ClaimState], *, by: str, note: str) -> dict[Outcome, int]:
    """See `ReviewMethods.put_claims`."""
    reviews.check_words("note", by, note)
    counts: dict[Outcome, int] = {"added": 0, "changed": 0, "unchanged": 0}
    with writing(engine) as connection:
        for state in states:
            counts[_put(connection, state, by, note)] += 1
        _check_merges(connection)
    return counts


def conflict(connection: Connection, state: ClaimState) -> str | None:
    """Why the claim cannot be stored as it is, or null where it can."""
    now = reviews.states(connection, [state.claim.claim_id]).get(state.claim.claim_id)
    return None if now is None else _conflict(now, state)


def _conflict(now: ClaimState, state: ClaimState) -> str | None:
    if now.claim == state.claim:
        return None
    kept = {field: getattr(now.claim, field) for field in _REVIEWED}
    if state.claim.model_copy(update=kept) != now.claim:
        fields = ", ".join(
            field
            for field in type(now.claim).model_fields
            if field not in _REVIEWED and getattr(now.claim, field) != getattr(state.claim, field)
        )
        return f"is in the workspace with another {fields}, which no review changes"
    if state.version != now.version:
        who = f" by {now.changed_by}" if now.changed_by else ""
        return (
            f"was changed{who} since it was exported: it is version {now.version}, the row is of"
            f" version {state.version}. Export it again"
        )
    return None


def _put(connection: Connection, state: ClaimState, by: str, note: str) -> Outcome:
    claim = state.claim
    if reason := unstorable(claim.model_dump(exclude={"quote"})):
        raise ImportConflict(claim.claim_id, f"holds {reason}")
    query = sa.select(document.c.text).where(document.c.id == claim.doc).with_for_update()
    text: str | None = connection.scalar(query)
    if text is None or text[claim.start : claim.end] != claim.quote:
        raise ImportConflict(claim.claim_id, "its quote is not in the stored document")
    now = reviews.states(connection, [claim.claim_id]).get(claim.claim_id)
    if now is None:
        claim_rows.insert(connection, [claim], state.version)
        return "added"
    if reason := _conflict(now, state):
        raise ImportConflict(claim.claim_id, reason)
    if now.claim == claim:
        return "unchanged"
    reviews.write(connection, now, _after(now.claim, claim), _action(now.claim, claim), by, note,
                  None)  # fmt: skip
    return "changed"


def _action(before: Claim, after: Claim) -> str:
    fields = set(difference(before, after)[1])
    if fields & set(CODED_FIELDS):
        return "grade" if fields <= {"reliability", "credibility"} else "edit"
    actions = {"accepted": "accept", "rejected": "reject", "merged": "merge"}
    return actions.get(after.review, "edit")


def _after(before: Claim, after: Claim) -> Claim:
    """The claim as the row has it; coded fields that changed make an unreviewed one edited."""
    if _action(before, after) == "edit" and after.review == before.review == "unreviewed":
        return after.model_copy(update={"review": "edited", "abstained": False})
    return after


def _check_merges(connection: Connection) -> None:
    """Every merged claim goes into one that is there."""
    other = table.alias()
    query = sa.select(table.c.claim_id, table.c.merged_into).where(
        table.c.merged_into.is_not(None),
        ~sa.exists().where(other.c.claim_id == table.c.merged_into),
    )
    for row in connection.execute(query.limit(1)):
        raise ImportConflict(row.claim_id, f"is merged into {row.merged_into}, which is not there")
