"""What a model may answer: the claim schema's own values, and nothing that a reviewer decides."""

from __future__ import annotations

import json
import re
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from foedus.domain.claims import (
    Act,
    AttributionKind,
    Modality,
    PloverEvent,
    Polarity,
    Resolution,
    Support,
)

MOST_CLAIMS = 200
_LONGEST = 2_000_000
_THOUGHT = re.compile(r"^.*?</think(?:ing)?>", re.DOTALL)


class Proposed(BaseModel):
    """One claim as a model gives it; `sentence` is the number of the sentence quoted."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)

    sentence: int
    quote: str
    source: list[str]
    target: list[str]
    act: Act
    polarity: Polarity
    support: list[Support]
    modality: Modality
    event_type: PloverEvent | None
    attribution_kind: AttributionKind
    attribution_name: str | None
    resolution: Resolution
    confidence: float


class Unusable(ValueError):
    """An answer that is not the JSON asked for."""


def answer_schema() -> dict[str, Any]:
    """The JSON schema of an answer: an object with a list of `Proposed`."""
    item = Proposed.model_json_schema()
    item.pop("description", None)
    for value in item["properties"].values():
        value.pop("title", None)
    item.pop("title", None)
    return {
        "type": "object",
        "properties": {"claims": {"type": "array", "items": item}},
        "required": ["claims"],
        "additionalProperties": False,
    }


def parse_answer(text: str) -> tuple[list[Proposed], int]:
    """The claims of an answer, and how many were not as the schema asks.

    Fields that the schema does not have (a grade, a review status, an id) are ignored.

    Raises:
        Unusable: no JSON object with a list of claims.
    """
    rows = _rows(text)
    found: list[Proposed] = []
    refused = max(0, len(rows) - MOST_CLAIMS)
    for row in rows[:MOST_CLAIMS]:
        known = (
            {key: value for key, value in row.items() if key in Proposed.model_fields}
            if isinstance(row, dict)
            else row
        )
        try:
            found.append(Proposed.model_validate(known))
        except (ValidationError, RecursionError):
            refused += 1
    return found, refused


def _rows(text: str) -> list[Any]:
    """The list of claims, wherever the first JSON that holds one begins."""
    if len(text) > _LONGEST:
        raise Unusable("longer than any answer should be")
    bare = _THOUGHT.sub("", text, count=1)
    for match in list(re.finditer(r"[{\[]", bare[:20_000]))[:5]:
        try:
            content = json.JSONDecoder().raw_decode(bare, match.start())[0]
        except RecursionError:
            break
        except ValueError:
            continue
        rows = content.get("claims") if isinstance(content, dict) else content
        if isinstance(rows, list) and (isinstance(content, dict) or _claims(rows)):
            return rows
    raise Unusable("no JSON object with a list of claims")


def _claims(rows: list[Any]) -> bool:
    return bool(rows) and all(isinstance(row, dict) and "quote" in row for row in rows)
