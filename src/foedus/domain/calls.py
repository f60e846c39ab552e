"""A call: an occasion that tests the commitments made to one beneficiary."""

from __future__ import annotations

from typing import Literal

from foedus.domain.dates import DateSpan
from foedus.domain.frozen import Frozen
from foedus.domain.sources import Source

CallKind = Literal[
    "interstate_war",
    "militarised_dispute",
    "international_crisis",
    "limited_strike",
    "invasion",
    "insurgency",
    "coup",
    "decapitation",
    "border_clash",
    "blockade",
    "occupation",
    "regime_collapse",
]

CallRole = Literal["target", "initiator"]
"""Which side the beneficiary stood on at the outset, as its source codes it."""


class Call(Frozen):
    """One occasion, for one beneficiary.

    `hostility` is on the MID scale (1 none, 2 threat, 3 display, 4 use of force, 5 war),
    null where unknown. `ended` is null while the call is open, or not known to have ended.
    `same_as` names the call of a better source that covers the same occasion for the same
    beneficiary: rows that carry it are never counted again.
    """

    id: str
    name: str
    kind: CallKind
    role: CallRole
    beneficiary: str
    challengers: tuple[str, ...]
    started: DateSpan
    ended: DateSpan | None
    hostility: int | None
    outcome: str | None
    same_as: str | None
    note: str | None
    origin: Literal["catalog", "register", "user"]
    source: Source
