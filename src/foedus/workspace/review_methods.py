"""The part of the workspace's interface that is about reviews."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from foedus.domain.claims import ReviewStatus
from foedus.domain.reviews import (
    BlindDecision,
    ClaimChange,
    ClaimState,
    ReviewAction,
    ReviewQueue,
)
from foedus.errors import InputError

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine

    from foedus.workspace.importing import Outcome
    from foedus.workspace.review_queue import QueueOrder

UNREVIEWED: tuple[ReviewStatus, ...] = ("unreviewed",)


class ReviewMethods:
    """Reviews of claims. Whoever writes names the version that he saw, so no change is lost."""

    _engine: Engine

    def claim(self, claim_id: str) -> ClaimState:
        """The claim with this id, as it is now.

        Raises:
            InputError: there is none.
        """
        found = self.claim_states([claim_id]).get(claim_id)
        if found is None:
            raise InputError(f"No claim {claim_id!r} in the workspace.")
        return found

    def claim_states(self, claim_ids: Iterable[str]) -> dict[str, ClaimState]:
        """These claims by id, with their versions; ids that are not there are passed over."""
        from foedus.workspace import reviews
        from foedus.workspace.engine import reading

        with reading(self._engine) as connection:
            return reviews.states(connection, claim_ids)

    def claim_ids(self, prefix: str, *, limit: int = 50) -> list[str]:
        """Ids of claims that begin with `prefix`, in order, at most `limit`."""
        from foedus.workspace import reviews
        from foedus.workspace.engine import reading

        with reading(self._engine) as connection:
            return reviews.ids(connection, prefix, limit)

    def review(
        self,
        claim_id: str,
        action: ReviewAction,
        *,
        seen: int,
        by: str,
        changes: Mapping[str, Any] | None = None,
        into: str | None = None,
        note: str | None = None,
    ) -> ClaimState:
        """Change one claim, if its version is still the one `seen`; the claim as it is then.

        accept and reject take no further values. edit changes any coded field; a new span or
        quote must stand word for word in the document, and what is left out of start, end and
        quote follows from the rest. grade changes reliability and credibility alone. merge
        goes `into` another claim and counts there. note only says something. An accepted or
        edited claim is no longer abstained. Every change is kept with who, when and what before.

        Raises:
            StaleClaim: somebody changed the claim since; it carries the claim as it is now.
            InputError: no such claim, a value that the field cannot have, a quote that is not
                in the document, a merge into a claim that does not count.
        """
        from foedus.workspace import reviews

        return reviews.review(
            self._engine,
            claim_id,
            action,
            seen=seen,
            by=by,
            changes=changes or {},
            into=into,
            note=note,
        )

    def undo(self, claim_id: str, *, seen: int, by: str, note: str | None = None) -> ClaimState:
        """Take back the claim's last change that stands; itself a change that is kept.

        Raises:
            StaleClaim: somebody changed the claim since.
            InputError: there is nothing to undo.
        """
        from foedus.workspace import reviews

        return reviews.undo(self._engine, claim_id, seen=seen, by=by, note=note)

    def put_claims(self, states: Iterable[ClaimState], *, by: str, note: str) -> dict[Outcome, int]:
        """Store claims with the versions that they had elsewhere: all of them, or none.

        One that is there unchanged stays; one that is there at the same version with other
        coded fields or another review becomes a change by `by`, kept in the history.

        Raises:
            ImportConflict: the claim was changed since, differs in what no review changes,
                quotes what its document does not hold, or is merged into one that is not there.
        """
        from foedus.workspace import importing

        return importing.put(self._engine, states, by=by, note=note)

    def put_conflict(self, state: ClaimState) -> str | None:
        """Why `put_claims` would refuse a claim that is there; null where it would not."""
        from foedus.workspace import importing
        from foedus.workspace.engine import reading

        with reading(self._engine) as connection:
            return importing.conflict(connection, state)

    def every_claim(
        self,
        *,
        status: Collection[ReviewStatus] | None = None,
        document: str | None = None,
        abstained: bool = True,
    ) -> Iterator[ClaimState]:
        """Claims by document and place, a thousand in memory at a time."""
        from foedus.workspace import review_queue
        from foedus.workspace.engine import reading

        after: str | None = None
        while True:
            with reading(self._engine) as connection:
                found, after = review_queue.claims_after(
                    connection, status=status, document=document, abstained=abstained, after=after
                )
            yield from found
            if after is None:
                return

    def history(self, claim_id: str) -> list[ClaimChange]:
        """Every change of the claim, oldest first; empty for one that nobody touched."""
        from foedus.workspace import reviews
        from foedus.workspace.engine import reading

        with reading(self._engine) as connection:
            return reviews.history(connection, claim_id)

    def changes_since(self, moment: datetime, *, limit: int = 1000) -> list[ClaimChange]:
        """The changes of all claims after `moment` (with its zone), oldest first."""
        from foedus.workspace import reviews
        from foedus.workspace.engine import reading

        with reading(self._engine) as connection:
            return reviews.changes_since(connection, moment, limit)

    def queue(
        self,
        *,
        status: Collection[ReviewStatus] | None = UNREVIEWED,
        document: str | None = None,
        naming: Collection[str] = (),
        abstained: bool = False,
        order: QueueOrder = "place",
        after: str | None = None,
        limit: int = 50,
        blind: str | None = None,
        by: str | None = None,
    ) -> ReviewQueue:
        """One page of claims to review; `after` is the key that the page before gave.

        `status`: claims in one of these (null: in any). `naming`: claims that name every one of
        these actors. `abstained`: also those under the coder's threshold. `order`: by place in
        the documents, or the coder's least certain first (`doubt`). `blind`: the queue of the
        reviewer `by` in that round, in which each claim stands as coded, or as he himself
        decided, and unreviewed means not yet decided by him.

        Raises:
            InputError: `blind` without `by`, or a key that no page gave.
        """
        from foedus.workspace import review_queue
        from foedus.workspace.engine import reading

        if blind is not None and not by:
            raise InputError("A blind queue needs the reviewer's name (by).")
        with reading(self._engine) as connection:
            return review_queue.queue(
                connection,
                status=status,
                document=document,
                naming=naming,
                abstained=abstained,
                order=order,
                after=after,
                limit=limit,
                blind=None if blind is None else (blind, by or ""),
            )

    def review_blind(
        self,
        claim_id: str,
        action: ReviewAction,
        *,
        blind: str,
        seen: int,
        by: str,
        changes: Mapping[str, Any] | None = None,
        into: str | None = None,
        note: str | None = None,
    ) -> BlindDecision:
        """Decide on a claim, as coded, in a blind round; the claim itself stays as it is.

        `seen` counts the reviewer's own decisions on it before, 0 for none. Otherwise as
        `review`.

        Raises:
            StaleDecision: the reviewer's own decision was replaced since.
            InputError: as for `review`, or a round without a name.
        """
        from foedus.workspace import blind_rounds

        return blind_rounds.decide(
            self._engine,
            claim_id,
            action,
            blind=blind,
            seen=seen,
            by=by,
            changes=changes or {},
            into=into,
            note=note,
        )

    def blind_state(self, claim_id: str, blind: str, by: str) -> ClaimState:
        """One claim as the reviewer `by` may see it in a blind round; see `queue`.

        Raises:
            InputError: no such claim.
        """
        from foedus.workspace import blind_rounds
        from foedus.workspace.engine import reading

        with reading(self._engine) as connection:
            return blind_rounds.one_seen_by(connection, blind, by, claim_id)

    def blind_decisions(
        self,
        blind: str | None = None,
        *,
        by: str | None = None,
        claim_id: str | None = None,
        every: bool = False,
    ) -> list[BlindDecision]:
        """Decisions in force, or `every` one made, by round, claim and reviewer.

        To a reviewer who is still at work show only his own (`by`).
        """
        from foedus.workspace import blind_rounds
        from foedus.workspace.engine import reading

        with reading(self._engine) as connection:
            return blind_rounds.select(
                connection, blind=blind, by=by, claim_id=claim_id, every=every
            )

    def blind_rounds(self) -> list[str]:
        """The names of the blind rounds in which anybody decided, in order."""
        from foedus.workspace import blind_rounds
        from foedus.workspace.engine import reading

        with reading(self._engine) as connection:
            return blind_rounds.names(connection)

    def coded_by_all(self, coders: Collection[str]) -> list[tuple[str, int]]:
        """Ids and lengths in characters of the documents that every one of `coders` coded."""
        from foedus.workspace import codings
        from foedus.workspace.engine import reading

        with reading(self._engine) as connection:
            return codings.coded_by_all(connection, coders)

    def adjudicate(
        self,
        claim_id: str,
        *,
        blind: str,
        of: str,
        seen: int,
        by: str,
        note: str | None = None,
    ) -> ClaimState:
        """Make the decision `of` one reviewer in a blind round the claim's own, as a review.

        Raises:
            StaleClaim: somebody changed the claim since the version `seen`.
            InputError: that reviewer decided nothing on it in that round.
        """
        from foedus.workspace import adjudication

        return adjudication.adjudicate(
            self._engine, claim_id, blind=blind, of=of, seen=seen, by=by, note=note
        )
