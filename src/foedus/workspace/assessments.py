"""A saved assessment: the answer for one pair, as it was given on one day."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from pydantic import AwareDatetime, Field, field_validator

from foedus.domain.frozen import Frozen


class SavedAssessment(Frozen):
    """One assessment as stored: its key, and a payload that later versions can still read.

    `payload` is JSON (tuples become lists); `schema_version` says which shape it has.
    `created` is kept in UTC.
    """

    id: str = Field(default_factory=lambda: uuid4().hex, min_length=1)
    created: AwareDatetime = Field(default_factory=lambda: datetime.now(UTC))
    as_of: date
    guarantor: str
    beneficiary: str
    challenger: str | None = None
    schema_version: int = Field(ge=1, le=2**31 - 1)
    payload: dict[str, Any]

    @field_validator("created")
    @classmethod
    def _utc(cls, value: datetime) -> datetime:
        return value.astimezone(UTC)

    @field_validator("payload")
    @classmethod
    def _json(cls, value: dict[str, Any]) -> dict[str, Any]:
        try:
            loaded: dict[str, Any] = json.loads(json.dumps(value, allow_nan=False))
        except TypeError as error:
            raise ValueError(f"payload is not JSON: {error}") from error
        return loaded
