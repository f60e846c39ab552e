"""The network of commitments around one actor, as known on one day."""

from __future__ import annotations

from datetime import date
from typing import Literal

from foedus.domain.actors import ActorKind
from foedus.domain.commitments import ForceStatus, Obligation
from foedus.domain.frozen import Frozen

TieKind = Literal["defense", "offense", "neutrality", "nonaggression", "consultation", "nothing"]
"""An obligation, or `nothing` for paper that promises nothing military."""
TIE_KINDS: tuple[TieKind, ...] = (
    "defense", "offense", "consultation", "neutrality", "nonaggression", "nothing",
)  # fmt: skip
"""Strongest first: the order in which a tie is named and drawn."""


class NetworkActor(Frozen):
    """One actor: `ring` is 0 for the one in the middle, 1 for its partners, 2 for theirs.

    `longitude` and `latitude` (degrees) are those of its capital on the day, null where unknown.
    """

    id: str
    name: str
    kind: ActorKind
    ring: int
    longitude: float | None
    latitude: float | None


class Tie(Frozen):
    """All commitments in one state of force from one actor to another, taken together.

    `obligations` is what any of them promises, strongest first; empty where none promises
    anything military. `since` is the first day of the oldest. `strength` (0..1) is the
    modelled probability that the guarantor gives material help or forces if the beneficiary
    is attacked within a year; null where no model speaks.
    """

    guarantor: str
    beneficiary: str
    kind: TieKind
    obligations: tuple[Obligation, ...]
    status: ForceStatus
    instruments: tuple[str, ...]
    since: date | None
    strength: float | None


class Network(Frozen):
    """The actors and ties that the filters leave; `hidden` counts the ties that they take away.

    A tie is there only where both of its actors are.
    """

    as_of: date
    catalog_version: str
    centre: str
    actors: tuple[NetworkActor, ...]
    ties: tuple[Tie, ...]
    hidden: int
