"""Reviews as rows: one change a version, written only by whoever saw the version before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine, Row

from foedus.domain.claims import Claim
from foedus.domain.reviews import (
    ACTIONS,
    ClaimChange,
    ClaimState,
    ReviewAction,
    StaleClaim,
)
from foedus.errors import InputError
from foedus.workspace import claims as claim_rows
from foedus.workspace import documents
from foedus.workspace.engine import writing
from foedus.workspace.review_changes import changed_claim, difference, restored
from foedus.workspace.schema import claim as claim_table
from foedus.workspace.schema import claim_change as table
from foedus.workspace.storable import printable, unstorable


def review(
    engine: Engine,
    claim_id: str,
    action: ReviewAction,
    *,
    seen: int,
    by: str,
    changes: Mapping[str, Any],
    into: str | None,
    note: str | None,
) -> ClaimState:
    """See `ReviewMethods.review`."""
    check_words(action, by, note)
    with writing(engine) as connection:
        text = lock_documents(connection, [claim_id, *filter(None, [into])])[claim_id]
        now = seen_state(connection, claim_id, seen)
        if into is not None:
            check_merge(connection, claim_id, into)
        after = changed_claim(now.claim, action, changes, into, text)
        return write(connection, now, after, action, by, note, None)


def undo(engine: Engine, claim_id: str, *, seen: int, by: str, note: str | None) -> ClaimState:
    """See `ReviewMethods.undo`."""
    check_words("note", by, note)
    with writing(engine) as connection:
        text = lock_documents(connection, [claim_id])[claim_id]
        now = seen_state(connection, claim_id, seen)
        changes = history(connection, claim_id)
        undone = {change.undoes for change in changes}
        left = [one for one in changes if one.action != "undo" and one.version not in undone]
        if not left:
            raise InputError(f"Claim {claim_id} has no change that could be undone.")
        after = restored(now.claim, left[-1].before)
        if text[after.start : after.end] != after.quote:
            raise InputError(
                f"Claim {claim_id} cannot go back: its document was read anew since, and the"
                f" words {after.quote[:80]!r} are no longer at their place."
            )
        if after.merged_into is not None and after.merged_into != now.claim.merged_into:
            check_merge(connection, claim_id, after.merged_into)
        return write(connection, now, after, "undo", by, note, left[-1].version)


def history(connection: Connection, claim_id: str) -> list[ClaimChange]:
    """The changes of one claim, oldest first."""
    query = sa.select(table).where(table.c.claim_id == claim_id).order_by(table.c.version)
    return [_change(row) for row in connection.execute(query)]


def changes_since(connection: Connection, moment: datetime, limit: int) -> list[ClaimChange]:
    """The changes of every claim after a moment (UTC), oldest first, at most `limit`."""
    naive = moment.astimezone(UTC).replace(tzinfo=None)
    query = sa.select(table).where(table.c.at > naive)
    query = query.order_by(table.c.at, table.c.claim_id, table.c.version).limit(limit)
    return [_change(row) for row in connection.execute(query)]


def states(connection: Connection, claim_ids: Iterable[str]) -> dict[str, ClaimState]:
    """The claims of these ids as they are now; ids that are not there are passed over."""
    wanted = sorted(set(claim_ids))
    found: dict[str, ClaimState] = {}
    for begin in range(0, len(wanted), 500):
        part = wanted[begin : begin + 500]
        query = states_query().where(claim_table.c.claim_id.in_(part))
        found |= {row.claim_id: state(row) for row in connection.execute(query)}
    return found


def ids(connection: Connection, prefix: str, limit: int) -> list[str]:
    """Ids of claims that begin with `prefix`, in order."""
    key = claim_table.c.claim_id
    query = sa.select(key).where(key.startswith(prefix, autoescape=True)).order_by(key).limit(limit)
    return list(connection.scalars(query))


def states_query() -> sa.Select[Any]:
    """Claims with who changed each last, and when."""
    last = sa.and_(
        table.c.claim_id == claim_table.c.claim_id, table.c.version == claim_table.c.version
    )
    return sa.select(claim_table, table.c.by.label("_by"), table.c.at.label("_at")).join_from(
        claim_table, table, last, isouter=True
    )


def state(row: Row[Any]) -> ClaimState:
    """A row of `states_query`."""
    values = dict(row._mapping)
    by, at = values.pop("_by"), values.pop("_at")
    version = values.pop("version")
    return ClaimState(
        claim=claim_rows.from_values(values),
        version=version,
        changed_by=by,
        changed=None if at is None else at.replace(tzinfo=UTC),
    )


def check_words(action: str, by: str, note: str | None) -> None:
    """Action, name and note are such as can be stored.

    Raises:
        InputError: they are not.
    """
    if action not in ACTIONS:
        raise InputError(f"No review action is called {action!r}. There are {', '.join(ACTIONS)}.")
    if not by.strip():
        raise InputError("A review needs the reviewer's name.")
    if reason := unstorable([by, note or ""]):
        raise InputError(f"The review cannot be stored: it holds {reason}.")


def lock_documents(connection: Connection, claim_ids: Iterable[str]) -> dict[str, str]:
    """Lock the documents of these claims against other writers; the text of each claim's.

    Readers of documents take the same lock before they replace claims, so no claim that is
    being reviewed disappears. Locks are taken in order of id, so no two writers wait in a ring.

    Raises:
        InputError: no such claim.
    """
    wanted = list(claim_ids)
    query = sa.select(claim_table.c.claim_id, claim_table.c.doc)
    rows = connection.execute(query.where(claim_table.c.claim_id.in_(wanted)))
    place = {row.claim_id: row.doc for row in rows}
    for key in wanted:
        if key not in place:
            raise InputError(f"No claim {printable(key)!r} in the workspace.")
    texts = {key: documents.locked_text(connection, key) for key in sorted(set(place.values()))}
    return {key: texts[place[key]] for key in wanted}


def seen_state(connection: Connection, claim_id: str, seen: int) -> ClaimState:
    """The claim as it is now, if that is the version `seen`; its document must be locked.

    Raises:
        StaleClaim: it is another version.
    """
    now = states(connection, [claim_id]).get(claim_id)
    if now is None:
        raise InputError(f"Claim {printable(claim_id)!r} is no longer in the workspace.")
    if now.version != seen:
        raise StaleClaim(now, seen)
    return now


def check_merge(connection: Connection, claim_id: str, into: str) -> None:
    """Whether the claim can go into another: one that is there, counts, and is not itself.

    Raises:
        InputError: it cannot.
    """
    target = states(connection, [into]).get(into)
    if target is None:
        raise InputError(f"No claim {printable(into)!r} in the workspace to merge into.")
    if into == claim_id:
        raise InputError(f"Claim {claim_id} cannot be merged into itself.")
    if target.claim.review == "merged":
        raise InputError(
            f"Claim {into} is itself merged, into {target.claim.merged_into}. Merge into that one."
        )
    if target.claim.review == "rejected":
        raise InputError(f"Claim {into} is rejected; nothing can be merged into it.")


def write(
    connection: Connection,
    now: ClaimState,
    after: Claim,
    action: str,
    by: str,
    note: str | None,
    undoes: int | None,
) -> ClaimState:
    """Write the claim's next version with its history; the document must be locked."""
    version, at = now.version + 1, datetime.now(UTC)
    before_values, after_values = difference(now.claim, after)
    claim_rows.update(connection, after, version)
    row = {
        "claim_id": after.claim_id, "version": version, "action": action, "by": by,
        "at": at.replace(tzinfo=None), "before": before_values, "after": after_values,
        "note": note, "undoes": undoes,
    }  # fmt: skip
    connection.execute(sa.insert(table), row)
    return ClaimState(claim=after, version=version, changed_by=by, changed=at)


def _change(row: Row[Any]) -> ClaimChange:
    values = dict(row._mapping)
    values["at"] = values["at"].replace(tzinfo=UTC)
    return ClaimChange.model_validate(values)
