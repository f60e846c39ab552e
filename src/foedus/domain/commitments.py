"""A commitment: one directed promise, guarantor to beneficiary, as one instrument words it."""

from __future__ import annotations

from typing import Literal

from foedus.domain.dates import DateSpan
from foedus.domain.frozen import Frozen
from foedus.domain.sources import Source

Obligation = Literal["defense", "offense", "neutrality", "nonaggression", "consultation"]
OBLIGATIONS: tuple[Obligation, ...] = (
    "defense",
    "offense",
    "neutrality",
    "nonaggression",
    "consultation",
)

ForceStatus = Literal[
    "in force", "signed, not in force", "not known since", "date unknown", "ended"
]


class Conditions(Frozen):
    """ATOP's conditions on one obligation; null where the codebook has no such condition or code.

    Source: ATOP 5.1 codebook, variables defcoadv ... concoreq.
    """

    adversary: bool | None = None
    location: bool | None = None
    ongoing_conflict: bool | None = None
    number_of_adversaries: bool | None = None
    after_demand: bool | None = None
    non_provocation: bool | None = None


class Commitment(Frozen):
    """One directed promise in one phase of one instrument.

    Obligations are true/false as ATOP codes them for the guarantor, null where unknown. A
    pact that promises nothing military has all five false. `in_force` is the entry into
    force, or the signature where that is all that is known; null where neither is (yet).
    `ended` is null while the promise is not known to have ended. `known_until` is the last day
    that the source covers: past it, force is "not known since", never assumed.
    """

    id: str
    instrument: str
    title: str
    article: str | None
    phase: int
    guarantor: str
    beneficiary: str
    multilateral: bool
    defense: bool | None
    offense: bool | None
    neutrality: bool | None
    nonaggression: bool | None
    consultation: bool | None
    conditions: dict[Obligation, Conditions]
    signed: DateSpan | None
    in_force: DateSpan | None
    ended: DateSpan | None
    end_cause: str | None
    known_until: DateSpan | None
    atopid: int | None
    note: str | None
    status: ForceStatus
    origin: Literal["catalog", "register", "user"]
    sources: tuple[Source, ...]

    @property
    def promised(self) -> tuple[Obligation, ...]:
        """The obligations that the text holds."""
        return tuple(name for name in OBLIGATIONS if getattr(self, name))

    @property
    def not_promised(self) -> tuple[Obligation, ...]:
        """The obligations that the text is known not to hold."""
        return tuple(name for name in OBLIGATIONS if getattr(self, name) is False)
