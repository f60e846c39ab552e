"""A scenario as the kernel takes it: what happens in which quarter, by array position."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Attack:
    """One scripted call: all of `challengers` call `beneficiary`; -1 is an unknown one."""

    beneficiary: int
    challengers: tuple[int, ...]
    war: bool


@dataclass(frozen=True)
class Load:
    """Share (0..1) of an actor's capability tied down from `first` up to before `until`."""

    actor: int
    share: float
    first: int
    until: int


@dataclass(frozen=True)
class Change:
    """The pair at row `pair` is held to `level` from now on."""

    pair: int
    level: int


@dataclass(frozen=True)
class Quarter:
    """What the scenario makes happen in one quarter."""

    attacks: tuple[Attack, ...] = ()
    falls: tuple[int, ...] = ()
    platforms: tuple[int, ...] = ()
    changes: tuple[Change, ...] = ()
    sanctions: tuple[tuple[int, float], ...] = ()
    """Actor and the share (0..1) of capability that it loses."""


@dataclass(frozen=True)
class Plan:
    """A horizon in quarters and what is scripted in it; without quarters, the baseline.

    `absent` are rows of pairs that do not exist before a change makes them.
    """

    horizon: int
    quarters: dict[int, Quarter] = field(default_factory=dict)
    loads: tuple[Load, ...] = ()
    absent: tuple[int, ...] = ()
    priority: bool = False
    """Ration by priority (what is held to most comes first) instead of pro rata."""

    @property
    def baseline(self) -> Plan:
        """The same horizon and rationing with nothing scripted."""
        return Plan(self.horizon, absent=self.absent, priority=self.priority)
