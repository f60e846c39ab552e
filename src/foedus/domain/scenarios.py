"""A scenario: a dated list of shocks to the network of commitments."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from foedus.domain.commitments import Obligation
from foedus.domain.frozen import Frozen

Share = Annotated[float, Field(ge=0, le=1)]
Actors = Annotated[tuple[str, ...], Field(min_length=1)]


class AttackShock(Frozen):
    """`challengers` attack `beneficiary`: a call on all its guarantors."""

    kind: Literal["attack"]
    on: date
    beneficiary: str
    challengers: Actors
    war: bool = True


class RegimeFall(Frozen):
    """A regime (or armed group) falls: its promises end, and platforms on its ground may close."""

    kind: Literal["regime_fall"]
    on: date
    actor: str


class PlatformLoss(Frozen):
    """A base, corridor or hub closes; `platform` is its id or its name."""

    kind: Literal["platform_loss"]
    on: date
    platform: str


class LoadShock(Frozen):
    """A share of an actor's capability is tied down until a day (default: the end)."""

    kind: Literal["load"]
    on: date
    actor: str
    share: Share
    until: date | None = None


class CommitmentShock(Frozen):
    """A commitment is made, withdrawn, or changed to other obligations."""

    kind: Literal["commitment"]
    on: date
    change: Literal["new", "withdrawn", "changed"]
    guarantor: str
    beneficiary: str
    obligations: tuple[Obligation, ...] = ()


class Sanctions(Frozen):
    """An actor loses a share of its capability."""

    kind: Literal["sanctions"]
    on: date
    actor: str
    share: Share


Shock = Annotated[
    AttackShock | RegimeFall | PlatformLoss | LoadShock | CommitmentShock | Sanctions,
    Field(discriminator="kind"),
]
KINDS = ("attack", "regime_fall", "platform_loss", "load", "commitment", "sanctions")


class Scenario(Frozen):
    """A name, the day that the network is taken from, and what happens after it.

    `watch` are ids of commitments (or `GUARANTOR>BENEFICIARY`) that the report follows.
    `illustration` says why a scenario of the past tests nothing: null for one of the future.
    """

    name: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    title: str
    summary: str = ""
    as_of: date
    horizon: Annotated[str, Field(pattern=r"^[1-9][0-9]?(y|q)$")] = "5y"
    rationing: Literal["pro rata", "priority"] = "pro rata"
    illustration: str | None = None
    watch: tuple[str, ...] = ()
    shocks: tuple[Shock, ...] = ()
