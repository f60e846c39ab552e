"""What the pages say of one actor and of one call."""

from __future__ import annotations

from datetime import date
from typing import Literal

from foedus.domain.actors import Actor, Leader
from foedus.domain.assessments import Drain, Verdict
from foedus.domain.calls import Call
from foedus.domain.frozen import Frozen
from foedus.domain.networks import Tie
from foedus.domain.responses import Response
from foedus.domain.rungs import RungRange


class YearOfPromises(Frozen):
    """How many actors were promised something (`given`) or promised something (`received`) in
    a year, and how many of these promises were of defence."""

    year: int
    given: int
    given_defence: int
    received: int
    received_defence: int


class YearOfPower(Frozen):
    """One year's share (0..1) of world material capability, and the rank among states."""

    year: int
    share: float
    rank: int


class ActorProfile(Frozen):
    """One actor as known on `as_of`.

    `given` and `received` are ties in any state of force. `years` ends with the last year that
    the sources of commitments speak of in full (`years_until`): later counts would fall for want of
    data. `power` is empty where no capability is known. `calls` counts attacks on the actor,
    `answered` those on others in which it is known to have given something.
    """

    actor: Actor
    as_of: date
    catalog_version: str
    names: dict[str, str]
    leaders: tuple[Leader, ...]
    given: tuple[Tie, ...]
    received: tuple[Tie, ...]
    years: tuple[YearOfPromises, ...]
    years_until: int | None
    power: tuple[YearOfPower, ...]
    drains: tuple[Drain, ...]
    load_known_until: date | None
    under_attack: tuple[Call, ...]
    attacked: tuple[Call, ...]
    memberships: tuple[str, ...]
    members: tuple[str, ...]


class Asked(Frozen):
    """One guarantor in one call: what it had promised, owed and gave.

    `asked` says whether the beneficiary asked it for help, null where no source tells.
    `delivered` is what the sources jointly leave possible. `listed` is false where no source
    names it: then the absence of forces is all that is known.
    """

    guarantor: str
    name: str
    commitments: tuple[str, ...]
    verdict: Verdict
    asked: bool | None
    obliged: bool | None
    delivered: RungRange
    opposed: bool | None
    listed: bool
    responses: tuple[Response, ...]


class Moment(Frozen):
    """One day of a call, in the order of time."""

    day: date
    words: str
    kind: Literal["call", "act"]


class CallProfile(Frozen):
    """One call with everyone who was promised, asked or came; `asked` lists those that gave
    most first. `also` are other sources' rows for the same occasion."""

    call: Call
    as_of: date
    catalog_version: str
    names: dict[str, str]
    asked: tuple[Asked, ...]
    moments: tuple[Moment, ...]
    also: tuple[Call, ...]
