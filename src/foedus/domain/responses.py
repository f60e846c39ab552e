"""A response: what one guarantor did in one call."""

from __future__ import annotations

from typing import Literal

from foedus.domain.dates import DateSpan
from foedus.domain.frozen import Frozen
from foedus.domain.rungs import RungRange
from foedus.domain.sources import Source

SupportCategory = Literal[
    "troops", "air_naval", "arms", "intelligence", "training", "funding", "sanctuary",
    "diplomatic", "verbal",
]  # fmt: skip
SUPPORT_CATEGORIES: tuple[SupportCategory, ...] = (
    "troops", "air_naval", "arms", "intelligence", "training", "funding", "sanctuary",
    "diplomatic", "verbal",
)  # fmt: skip


class Response(Frozen):
    """What one guarantor did in one call, as far as one source tells.

    `rung` is the highest rung over the whole call, `rung_30` and `rung_365` within that many
    days of its start. `support` holds the categories given; a category in neither `support`
    nor `not_given` is unknown. `opposed` says that it acted against the beneficiary.
    """

    id: str
    call: str
    guarantor: str
    rung: RungRange
    rung_30: RungRange
    rung_365: RungRange
    support: frozenset[SupportCategory]
    not_given: frozenset[SupportCategory]
    opposed: bool | None
    asked: bool | None
    obliged: bool | None
    first_act: DateSpan | None
    commitments: tuple[str, ...]
    note: str | None
    origin: Literal["catalog", "register", "user"]
    source: Source
