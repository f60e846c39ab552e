"""A claim as a flat row for exchange, and back; the same row in every format."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from foedus.assessment.review_values import actor_id
from foedus.domain.claims import Claim
from foedus.domain.reviews import ClaimState
from foedus.errors import FoedusError, InputError, UnknownActor

COLUMNS = (
    "doc", "document", "claim_id", "start", "end", "quote", "source", "target", "act",
    "polarity", "support", "beneficiary", "event_type", "modality", "time", "time_basis",
    "attribution", "attribution_name", "reliability", "credibility", "resolution",
    "confidence", "abstain", "coder", "coder_version", "cluster", "review", "merged_into",
    "version",
)  # fmt: skip
"""`doc` is the document's file name, `document` its id."""
_ACTORS = ("source", "target", "beneficiary")
LISTS = ("source", "target", "support")
NUMBERS = ("start", "end", "credibility", "version")
_NEEDED = ("start", "end", "source", "target", "act", "polarity")
_PASSED_OVER = ("doc_date",)
_GIVEN_HERE = {"doc", "document", "abstain", "attribution", "attribution_name", "version"}


def to_row(state: ClaimState, name: str) -> dict[str, Any]:
    """The row of a claim; `name` is its document's."""
    claim = state.claim
    values = claim.model_dump(mode="json")
    values |= {
        "doc": name,
        "document": claim.doc,
        "abstain": claim.abstained,
        "attribution": claim.attribution.kind,
        "attribution_name": claim.attribution.name,
        "version": state.version,
    }
    return {column: values[column] for column in COLUMNS}


def to_state(row: Mapping[str, Any], document: str, text: str, coder: str) -> ClaimState:
    """The claim of a row, checked against its document's text.

    What a row leaves out beyond span, parties, act and polarity takes the schema's default;
    a quote that is left out is cut from the text; `coder` is used where the row names none.

    Raises:
        InputError: a field that is missing, unknown or not what it should be; a quote that is
            not the text at its place.
    """
    strange = [field for field in row if field not in COLUMNS and field not in _PASSED_OVER]
    if strange:
        raise InputError(f"unknown field {strange[0]!r}")
    missing = [field for field in _NEEDED if row.get(field) is None]
    if missing:
        raise InputError(f"{missing[0]} is missing")
    values: dict[str, Any] = {
        field: value
        for field, value in row.items()
        if field not in _GIVEN_HERE and field not in _PASSED_OVER
    }
    start, end = values["start"], values["end"]
    if not (isinstance(start, int) and isinstance(end, int)) or not 0 <= start < end <= len(text):
        raise InputError(f"the span {start!r}..{end!r} does not lie in the document")
    found = text[start:end]
    if values.setdefault("quote", found) != found:
        raise InputError(f"the document reads {found[:60]!r} at {start}..{end}, not the quote")
    values["doc"] = document
    values["abstained"] = row.get("abstain", False)
    kind, _, name = str(row.get("attribution", "author")).partition(":")
    values["attribution"] = {"kind": kind, "name": row.get("attribution_name", name or None)}
    values.setdefault("confidence", 1.0)
    values.setdefault("coder", coder)
    values.setdefault("coder_version", "1")
    values.setdefault("claim_id", _new_id(values))
    version = row.get("version", 1)
    try:
        return ClaimState(claim=Claim.model_validate(values), version=_version(version))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "span"
        raise InputError(f"{place}: {first['msg']} (received {first['input']!r:.80})") from error


def with_known_actors(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row with its actors as ids, resolved as in a review.

    Raises:
        InputError: an actor that there is not, or a name of several.
    """
    given = {field: row[field] for field in _ACTORS if field in row}
    return dict(row) | {field: _known(field, value) for field, value in given.items()}


def _known(field: str, value: Any) -> Any:
    """The ids of the actors of a field; what is no text is left to the schema."""
    if isinstance(value, list | tuple):
        return [_known(field, one) for one in value]
    if not isinstance(value, str):
        return value
    try:
        return actor_id(value)
    except UnknownActor as error:
        raise InputError(f"{field}: no actor {value!r}") from error
    except FoedusError as error:
        raise InputError(f"{field}: {error}") from error


def _version(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value < 2**31:
        raise InputError(f"version {value!r} is not a whole number from 1")
    return value


def _new_id(values: Mapping[str, Any]) -> str:
    parts = [str(values[field]) for field in ("doc", "coder", "start", "end", "act", "polarity")]
    parts += [",".join(map(str, values[side])) for side in ("source", "target")]
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:16]
