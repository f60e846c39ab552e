"""What a review form says: the action, the version seen, and the fields that differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from starlette.datastructures import FormData

from foedus.domain.reviews import ACTIONS, ClaimState, ReviewAction
from foedus.errors import InputError
from foedus.web.desk import Desk
from foedus.workspace.store import Workspace

UNDO = "undo"
_PLAIN = ("act", "polarity", "modality", "reliability")
_NULLABLE = ("time", "beneficiary")
_PARTIES = ("source", "target")


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision as it was sent. `blind` names the round that it belongs to, if any."""

    action: str
    seen: int
    changes: dict[str, Any]
    into: str | None
    note: str | None
    blind: str | None


def decision_of(desk: Desk, form: FormData) -> Decision:
    """Read the form; `changes` holds every field that it gives, whether it differs or not.

    Raises:
        InputError: an action that there is not, no version, or a party that nobody knows.
    """
    action, seen = str(form.get("action") or ""), str(form.get("seen") or "")
    if action not in (*ACTIONS, UNDO):
        raise InputError(
            f"No review is called {action[:20]!r}. There are {', '.join((*ACTIONS, UNDO))}."
        )
    if not seen.isdecimal() or len(seen) > 9:
        raise InputError("The version that you saw is missing. Load the page again.")
    text = {key: str(value).strip() for key, value in form.items() if isinstance(value, str)}
    return Decision(
        action=action,
        seen=int(seen),
        changes=_changes(desk, form, text) if action in ("edit", "grade") else {},
        into=text.get("into") or None,
        note=text.get("note") or None,
        blind=text.get("round") or None,
    )


def _changes(desk: Desk, form: FormData, text: dict[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {name: text[name] for name in _PLAIN if text.get(name)}
    found |= {name: text[name] or None for name in _NULLABLE if name in text}
    if text.get("credibility", "").isdecimal():
        found["credibility"] = int(text["credibility"])
    if text.get("quote"):
        found["quote"] = str(form.get("quote")).replace("\r\n", "\n")
    if "support-given" in text:
        found["support"] = [str(value) for value in form.getlist("support")]
    if text.get("attribution"):
        name = text.get("attribution_name") or None
        found["attribution"] = {"kind": text["attribution"], "name": name}
    for name in _PARTIES:
        if name in text:
            found[name] = [_party(desk, one) for one in text[name].split(",") if one.strip()]
    if found.get("beneficiary"):
        found["beneficiary"] = _party(desk, found["beneficiary"])
    return found


def _party(desk: Desk, given: str) -> str:
    with desk.names() as index:
        return index.resolve(given.strip()).id


def decide(workspace: Workspace, claim_id: str, decision: Decision, by: str) -> ClaimState:
    """Carry the decision out; the claim afterwards, as this reviewer may see it.

    Raises:
        StaleClaim, StaleDecision: somebody was faster; nothing was written.
        InputError: a value that the field cannot have, or no such claim.
    """
    if decision.action == UNDO:
        if decision.blind is not None:
            raise InputError("In a blind round, decide again instead of undoing.")
        return workspace.undo(claim_id, seen=decision.seen, by=by, note=decision.note)
    if decision.blind is not None:
        made = workspace.review_blind(
            claim_id,
            cast(ReviewAction, decision.action),
            blind=decision.blind,
            seen=decision.seen,
            by=by,
            changes=decision.changes,
            into=decision.into,
            note=decision.note,
        )
        return ClaimState(claim=made.claim, version=made.version)
    changes = decision.changes
    if decision.action == "edit":
        changes = _differing(workspace.claim(claim_id), changes)
    elif decision.action == "grade":
        changes = {key: changes[key] for key in ("reliability", "credibility") if key in changes}
    return workspace.review(
        claim_id,
        cast(ReviewAction, decision.action),
        seen=decision.seen,
        by=by,
        changes=changes,
        into=decision.into,
        note=decision.note,
    )


def _differing(state: ClaimState, changes: dict[str, Any]) -> dict[str, Any]:
    """The fields in which a form differs from the claim as it is."""
    now = state.claim.model_dump(mode="json")
    found = {key: value for key, value in changes.items() if now[key] != value}
    if not found:
        raise InputError("Nothing in the form differs from the claim. Change a field, or accept.")
    return found
