"""Review claims: the queue with its words around each quote, decisions, undo, history."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from foedus.assessment.review_agreement import Agreement, Alpha, agreement
from foedus.assessment.review_values import coded_values
from foedus.domain.claims import ReviewStatus
from foedus.domain.frozen import Frozen
from foedus.domain.reviews import BlindDecision, ClaimChange, ClaimState, ReviewAction
from foedus.errors import InputError
from foedus.workspace.review_methods import UNREVIEWED
from foedus.workspace.review_queue import QueueOrder
from foedus.workspace.store import Workspace

__all__ = [
    "Agreement", "Alpha", "ReviewItem", "ReviewPage", "adjudicate", "agreement", "blind_decisions",
    "decide", "history", "item", "queue", "reviewer_name", "undo",
]  # fmt: skip

REVIEWER = "FOEDUS_REVIEWER"
_AROUND = 280


class ReviewItem(Frozen):
    """One claim to review with the words `before` and `after` its quote, and its document."""

    state: ClaimState
    document: str
    title: str | None
    date: str | None
    before: str
    after: str


class ReviewPage(Frozen):
    """A page of the queue; `total` counts all of it, `after` is the next page's key."""

    items: tuple[ReviewItem, ...]
    total: int
    after: str | None


def reviewer_name(given: str | None = None) -> str:
    """The reviewer: as given, else FOEDUS_REVIEWER, else the name under which he is logged in.

    Raises:
        InputError: none of them is known.
    """
    import getpass

    name = given or os.environ.get(REVIEWER)
    if not name:
        try:
            name = getpass.getuser()
        except (OSError, KeyError, ImportError):
            raise InputError(f"Who reviews? Give --reviewer NAME or set {REVIEWER}.") from None
    return name


def queue(
    workspace: str | Path | None = None,
    *,
    status: Collection[ReviewStatus] | None = UNREVIEWED,
    document: str | None = None,
    naming: Collection[str] = (),
    abstained: bool = False,
    order: QueueOrder = "place",
    after: str | None = None,
    limit: int = 50,
    blind: str | None = None,
    reviewer: str | None = None,
) -> ReviewPage:
    """One page of claims to review, in the workspace's order; see `Workspace.queue`.

    `naming` takes actors by name or id. With `blind` the reviewer sees claims as coded.

    Raises:
        UnknownActor, AmbiguousActor: a name that leads to no actor, or to several.
    """
    with Workspace.open(workspace) as desk:
        page = desk.queue(
            status=status,
            document=document,
            naming=_actors(naming),
            abstained=abstained,
            order=order,
            after=after,
            limit=limit,
            blind=blind,
            by=reviewer_name(reviewer) if blind is not None else None,
        )
        return ReviewPage(items=tuple(_items(desk, page.items)), total=page.total, after=page.after)


def item(
    claim_id: str,
    workspace: str | Path | None = None,
    *,
    blind: str | None = None,
    reviewer: str | None = None,
) -> ReviewItem:
    """One claim as a reviewer sees it; the first letters of its id are enough.

    Raises:
        InputError: no claim, or several, with such an id.
    """
    with Workspace.open(workspace) as desk:
        return _item(desk, _whole_id(desk, claim_id), blind, reviewer)


def decide(
    claim_id: str,
    action: ReviewAction,
    changes: Mapping[str, Any] | None = None,
    *,
    workspace: str | Path | None = None,
    reviewer: str | None = None,
    seen: int | None = None,
    into: str | None = None,
    note: str | None = None,
    blind: str | None = None,
) -> ReviewItem:
    """Accept, reject, edit, merge, grade or note a claim; the claim as it is then.

    `changes` are values by field; text is read as each field's own kind (lists with commas,
    actors by name). `seen` is the version that the reviewer looked at, null for the present
    one. With `blind` the decision is kept apart and changes nothing.

    Raises:
        StaleClaim: somebody changed the claim since `seen`.
        InputError: no such claim, or a change that cannot be.
    """
    by = reviewer_name(reviewer)
    with Workspace.open(workspace) as desk:
        key = _whole_id(desk, claim_id)
        target = None if into is None else _whole_id(desk, into)
        now = _item(desk, key, blind, by)
        version = now.state.version if seen is None else seen
        values = coded_values(changes or {})
        if blind is None:
            desk.review(key, action, seen=version, by=by, changes=values, into=target, note=note)
        else:
            desk.review_blind(
                key, action, blind=blind, seen=version, by=by, changes=values, into=target,
                note=note,
            )  # fmt: skip
        return _item(desk, key, blind, by)


def undo(
    claim_id: str,
    *,
    workspace: str | Path | None = None,
    reviewer: str | None = None,
    seen: int | None = None,
    note: str | None = None,
) -> ReviewItem:
    """Take back the claim's last change that stands.

    Raises:
        StaleClaim: somebody changed the claim since `seen`.
        InputError: there is nothing to undo.
    """
    with Workspace.open(workspace) as desk:
        key = _whole_id(desk, claim_id)
        version = desk.claim(key).version if seen is None else seen
        desk.undo(key, seen=version, by=reviewer_name(reviewer), note=note)
        return _item(desk, key, None, reviewer)


def history(claim_id: str, workspace: str | Path | None = None) -> list[ClaimChange]:
    """Every change of one claim, oldest first."""
    with Workspace.open(workspace) as desk:
        return desk.history(_whole_id(desk, claim_id))


def blind_decisions(
    blind: str | None = None, workspace: str | Path | None = None, *, reviewer: str | None = None
) -> list[BlindDecision]:
    """The decisions in force of blind rounds, of one reviewer or of all."""
    with Workspace.open(workspace) as desk:
        return desk.blind_decisions(blind, by=reviewer)


def adjudicate(
    claim_id: str,
    of: str,
    *,
    blind: str,
    workspace: str | Path | None = None,
    reviewer: str | None = None,
    seen: int | None = None,
    note: str | None = None,
) -> ReviewItem:
    """Make what one reviewer (`of`) decided in a blind round the claim's own.

    Raises:
        StaleClaim: somebody changed the claim since `seen`.
        InputError: he decided nothing on it in that round.
    """
    with Workspace.open(workspace) as desk:
        key = _whole_id(desk, claim_id)
        version = desk.claim(key).version if seen is None else seen
        by = reviewer_name(reviewer)
        desk.adjudicate(key, blind=blind, of=of, seen=version, by=by, note=note)
        return _item(desk, key, None, by)


def _actors(names: Collection[str]) -> list[str]:
    if not names:
        return []
    from foedus.catalog.actors import ActorIndex

    index = ActorIndex.packaged()
    return [index.resolve(name).id for name in names]


def _whole_id(desk: Workspace, given: str) -> str:
    found = desk.claim_ids(given, limit=2)
    if given in found or len(found) == 1:
        return given if given in found else found[0]
    if found:
        raise InputError(f"Several claims begin with {given!r}. Give more of the id.")
    raise InputError(f"No claim {given!r} in the workspace {desk.where}.")


def _item(desk: Workspace, key: str, blind: str | None, reviewer: str | None) -> ReviewItem:
    state = (
        desk.claim(key) if blind is None else desk.blind_state(key, blind, reviewer_name(reviewer))
    )
    return _items(desk, [state])[0]


def _items(desk: Workspace, states: Sequence[ClaimState]) -> list[ReviewItem]:
    found: dict[str, ReviewItem] = {}
    by_document: dict[str, list[ClaimState]] = {}
    for state in states:
        by_document.setdefault(state.claim.doc, []).append(state)
    for document in desk.documents(ids=by_document):
        for state in by_document[document.id]:
            claim = state.claim
            found[claim.claim_id] = ReviewItem(
                state=state,
                document=document.name,
                title=document.title,
                date=None if document.date is None else str(document.date),
                before=document.text[max(0, claim.start - _AROUND) : claim.start],
                after=document.text[claim.end : claim.end + _AROUND],
            )
    return [found[state.claim.claim_id] for state in states]
