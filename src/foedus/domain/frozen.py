"""The base of every domain record: immutable, no unknown fields, JSON in and out."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """An immutable value. Unknown fields are an error, so a misspelt key is never lost."""

    model_config = ConfigDict(frozen=True, extra="forbid")
