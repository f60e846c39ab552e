"""Reviews of claims: what a person decided, what it changed, and what stood there before."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import AwareDatetime, Field

from foedus.domain.claims import Claim
from foedus.domain.frozen import Frozen
from foedus.errors import InputError

ReviewAction = Literal["accept", "reject", "edit", "merge", "grade", "note"]
ACTIONS: tuple[ReviewAction, ...] = ("accept", "reject", "edit", "merge", "grade", "note")
ChangeKind = Literal["accept", "reject", "edit", "merge", "grade", "note", "undo"]

CODED_FIELDS: tuple[str, ...] = (
    "start", "end", "quote", "source", "target", "beneficiary", "act", "event_type", "support",
    "polarity", "modality", "time", "time_basis", "attribution", "reliability", "credibility",
    "resolution",
)  # fmt: skip
"""What `edit` may change. Identity, document, coder and confidence stay as coded."""
GRADES: tuple[str, ...] = ("reliability", "credibility")
"""What `grade` may change."""


class ClaimState(Frozen):
    """A claim and the version that a writer must name to change it.

    `version` is 1 as coded and rises by one with every change. `changed_by` and `changed` tell
    of the last change, and are null where there was none. In a blind round the claim stands as
    coded, or as this reviewer decided in it, and `version` counts his own decisions, from 0.
    """

    claim: Claim
    version: int = Field(ge=0)
    changed_by: str | None = None
    changed: AwareDatetime | None = None


class ClaimChange(Frozen):
    """One change of one claim: who, when (UTC), and each changed field before and after.

    `version` is the claim's version after it. `undoes` is the version of the change that an
    `undo` took back.
    """

    claim_id: str
    version: int
    action: ChangeKind
    by: str
    at: AwareDatetime
    before: dict[str, Any]
    after: dict[str, Any]
    note: str | None = None
    undoes: int | None = None


class BlindDecision(Frozen):
    """What one reviewer decided on one claim in a blind round; it changes no claim.

    `claim` is the claim as this reviewer would have it. `version` counts his decisions on the
    claim in the round, 1 for the first.
    """

    claim_id: str
    round: str
    by: str
    version: int
    action: ReviewAction
    claim: Claim
    at: AwareDatetime
    note: str | None = None


class ReviewQueue(Frozen):
    """One page of claims to review; `total` counts all of them, `after` is the next page's key.

    `after` is null on the last page.
    """

    items: tuple[ClaimState, ...]
    total: int
    after: str | None


class StaleClaim(InputError):
    """The claim was changed since the writer looked; nothing was written.

    `current` is the claim as it is now, with its version and who changed it when.
    """

    def __init__(self, current: ClaimState, seen: int) -> None:
        self.current, self.seen = current, seen
        who = "" if current.changed_by is None else f" by {current.changed_by}"
        when = "" if current.changed is None else f" at {current.changed:%Y-%m-%d %H:%M:%S} UTC"
        super().__init__(
            f"Claim {current.claim.claim_id} was changed{who}{when} since you looked: it is now"
            f" {current.claim.review}, version {current.version}, and you saw version {seen}."
            " Nothing was written. Look again and decide."
        )


class StaleDecision(InputError):
    """The reviewer's own blind decision was replaced since he looked; nothing was written."""

    def __init__(self, current: BlindDecision | None, claim_id: str, seen: int) -> None:
        self.current, self.seen = current, seen
        now = "none" if current is None else f"{current.action}, number {current.version}"
        super().__init__(
            f"Your blind decision on claim {claim_id} is now {now}, and you saw number {seen}."
            " Nothing was written. Look again and decide."
        )
