"""Adjudication: one reviewer's blind decision becomes the claim's, as an ordinary change."""

from __future__ import annotations

from sqlalchemy.engine import Engine

from foedus.domain.claims import Claim
from foedus.domain.reviews import CODED_FIELDS, BlindDecision, ClaimState
from foedus.errors import InputError
from foedus.workspace import blind_rounds, reviews
from foedus.workspace.engine import writing


def adjudicate(
    engine: Engine, claim_id: str, *, blind: str, of: str, seen: int, by: str, note: str | None
) -> ClaimState:
    """See `ReviewMethods.adjudicate`."""
    reviews.check_words("note", by, note)
    with writing(engine) as connection:
        text = reviews.lock_documents(connection, [claim_id])[claim_id]
        now = reviews.seen_state(connection, claim_id, seen)
        decision = blind_rounds.own(connection, blind, of, [claim_id]).get(claim_id)
        if decision is None:
            raise InputError(f"{of} decided nothing on claim {claim_id} in round {blind!r}.")
        after = _decided(now.claim, decision)
        if text[after.start : after.end] != after.quote:
            raise InputError(
                f"The decision of {of} on claim {claim_id} quotes words that are no longer at"
                " their place: the document was read anew since."
            )
        if after.merged_into is not None:
            reviews.lock_documents(connection, [after.merged_into])
            reviews.check_merge(connection, claim_id, after.merged_into)
        said = f"adjudicated: round {blind}, {of}" + (f"; {note}" if note else "")
        return reviews.write(connection, now, after, decision.action, by, said, None)


def _decided(claim: Claim, decision: BlindDecision) -> Claim:
    """The claim with what the decision is about; a grade or a note leaves the rest alone."""
    theirs = decision.claim
    if decision.action == "note":
        return claim
    if decision.action == "grade":
        grades = {"reliability": theirs.reliability, "credibility": theirs.credibility}
        return claim.model_copy(update=grades)
    fields = (*CODED_FIELDS, "review", "abstained", "merged_into")
    return claim.model_copy(update={field: getattr(theirs, field) for field in fields})
