"""What each review action makes of a claim; pure, so both back ends and blind rounds agree."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from foedus.domain.claims import Claim
from foedus.domain.reviews import CODED_FIELDS, GRADES, ReviewAction
from foedus.errors import InputError
from foedus.workspace.storable import printable, unstorable

_ALLOWED: dict[ReviewAction, tuple[str, ...]] = {"edit": CODED_FIELDS, "grade": GRADES}
_MANY = ("source", "target", "support")


def changed_claim(
    claim: Claim,
    action: ReviewAction,
    changes: Mapping[str, Any],
    into: str | None,
    text: str,
) -> Claim:
    """The claim after the action. `text` is its document's, from which a new quote is cut.

    Raises:
        InputError: a field that the action may not change, a value that is no value of it,
            an edit that changes nothing, a quote that is not in the text.
    """
    _check_fields(claim, action, changes, into)
    if action == "accept":
        return claim.model_copy(
            update={"review": "accepted", "abstained": False, "merged_into": None}
        )
    if action == "reject":
        return claim.model_copy(update={"review": "rejected", "merged_into": None})
    if action == "merge":
        return claim.model_copy(update={"review": "merged", "merged_into": into})
    if action == "note":
        return claim
    changed = _with(claim, changes, text)
    if action == "edit":
        if changed == claim:
            raise InputError(
                f"The edit of claim {claim.claim_id} changes nothing. Name a field and its new"
                " value, or accept the claim."
            )
        changed = changed.model_copy(
            update={"review": "edited", "abstained": False, "merged_into": None}
        )
    return changed


def difference(before: Claim, after: Claim) -> tuple[dict[str, Any], dict[str, Any]]:
    """The fields that differ, as JSON: their values before, their values after."""
    old, new = before.model_dump(mode="json"), after.model_dump(mode="json")
    fields = [field for field in old if old[field] != new[field]]
    return {field: old[field] for field in fields}, {field: new[field] for field in fields}


def restored(claim: Claim, values: Mapping[str, Any]) -> Claim:
    """The claim with these fields (as JSON) put back."""
    return Claim.model_validate({**claim.model_dump(mode="json"), **values})


def _check_fields(
    claim: Claim, action: ReviewAction, changes: Mapping[str, Any], into: str | None
) -> None:
    allowed = _ALLOWED.get(action, ())
    strange = [field for field in changes if field not in allowed]
    if strange:
        words = f"may change {', '.join(allowed)}" if allowed else "changes no field by itself"
        raise InputError(
            f"{action} of claim {claim.claim_id}: {words}; received"
            f" {', '.join(printable(str(field)) for field in strange)}."
        )
    if action in _ALLOWED and not changes:
        raise InputError(
            f"{action} of claim {claim.claim_id} needs at least one field of {', '.join(allowed)}."
        )
    if action == "merge" and not into:
        raise InputError(f"merge of claim {claim.claim_id} needs the claim that it goes into.")
    if action != "merge" and into is not None:
        raise InputError(f"Only merge names another claim; received {action} with {into!r}.")


def _with(claim: Claim, changes: Mapping[str, Any], text: str) -> Claim:
    if reason := unstorable(dict(changes)):
        raise InputError(f"The change of claim {claim.claim_id} cannot be stored: it has {reason}.")
    values: dict[str, Any] = {**claim.model_dump(mode="json"), **changes}
    for field in _MANY:
        if isinstance(values[field], str):
            values[field] = (values[field],)
    values |= _span(claim, changes, values, text)
    try:
        changed = Claim.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "span"
        raise InputError(
            f"Claim {claim.claim_id} cannot be changed: {place}: {first['msg']}"
            f" (received {printable(repr(first['input']))[:80]})."
        ) from error
    for side in ("source", "target"):
        if side in changes and not all(getattr(changed, side)):
            raise InputError(f"Claim {claim.claim_id} needs an actor as {side}.")
        if side in changes and not getattr(changed, side):
            raise InputError(f"Claim {claim.claim_id} needs at least one {side}.")
    return changed


def _span(
    claim: Claim, changes: Mapping[str, Any], values: Mapping[str, Any], text: str
) -> dict[str, Any]:
    """Start, end and quote of the edited claim, the quote always cut from the text."""
    start, end, quote = values["start"], values["end"], changes.get("quote")
    if "start" not in changes and "end" not in changes:
        if quote is None or quote == claim.quote:
            return {}
        start = _nearest(str(quote), text, claim.start)
        if start is None:
            raise InputError(
                f"Claim {claim.claim_id}: the document holds no {printable(repr(quote))[:200]}."
                " A quote must stand in it word for word."
            )
        return {"start": start, "end": start + len(quote), "quote": quote}
    whole = isinstance(start, int) and isinstance(end, int)
    if not whole or not 0 <= start < end <= len(text):
        raise InputError(
            f"Claim {claim.claim_id}: the span {start!r}..{end!r} does not lie in the document,"
            f" which has {len(text)} characters. End is exclusive."
        )
    found = text[start:end]
    if quote is not None and quote != found:
        raise InputError(
            f"Claim {claim.claim_id}: the text at {start}..{end} reads {found[:80]!r}, not"
            f" {printable(repr(quote))[:200]}. Leave the quote out to have it cut there."
        )
    return {"start": start, "end": end, "quote": found}


def _nearest(quote: str, text: str, near: int) -> int | None:
    """The start of the occurrence of `quote` that lies nearest to `near`."""
    if not quote.strip():
        return None
    after = text.find(quote, near)
    before = text.rfind(quote, 0, near + len(quote))
    found = [place for place in (before, after) if place >= 0]
    return min(found, key=lambda place: abs(place - near)) if found else None
