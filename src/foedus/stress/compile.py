"""A scenario into what the kernel takes: names to positions, days to quarters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import get_close_matches

import numpy as np

from foedus.catalog.actors import ActorIndex
from foedus.domain.scenarios import (
    AttackShock,
    CommitmentShock,
    LoadShock,
    PlatformLoss,
    RegimeFall,
    Sanctions,
    Scenario,
    Shock,
)
from foedus.errors import InputError, ScenarioError
from foedus.stress.network import Network, Pairs
from foedus.stress.plan import Attack, Change, Load, Plan, Quarter
from foedus.stress.ties import DEFENCE, LESSER, NONE

_QUARTER = 365.25 / 4
Locate = Callable[[int, str], int | None]
"""Line of a key in one shock."""


@dataclass
class _Draft:
    attacks: list[Attack] = field(default_factory=list)
    falls: list[int] = field(default_factory=list)
    platforms: list[int] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    sanctions: list[tuple[int, float]] = field(default_factory=list)


def quarters(horizon: str) -> int:
    """Quarters in a horizon such as `5y` or `6q`.

    Raises:
        InputError: another text, or over 30 years.
    """
    number, unit = horizon[:-1], horizon[-1:]
    if unit not in ("y", "q") or not number.isdigit() or not 0 < int(number) < 121:
        raise InputError(f"Not a horizon: {horizon!r}. Write years as 5y or quarters as 6q.")
    count = int(number) * (4 if unit == "y" else 1)
    if count > 120:
        raise InputError(f"A horizon of {horizon} is too long. Give at most 30y.")
    return count


def compile_scenario(
    scenario: Scenario,
    network: Network,
    index: ActorIndex,
    horizon: int,
    *,
    locate: Locate = lambda shock, key: None,
    source: str | None = None,
) -> tuple[Network, Plan]:
    """The plan of a scenario, and the network with the pairs that it makes added.

    `source` is what errors call the scenario: the file it was read from, else its own name.

    Raises:
        ScenarioError: a name that the network does not hold, or a day outside the horizon.
    """
    return _Compiler(scenario, network, index, horizon, locate, source or scenario.name).compile()


@dataclass
class _Compiler:
    scenario: Scenario
    network: Network
    index: ActorIndex
    horizon: int
    locate: Locate
    source: str

    def compile(self) -> tuple[Network, Plan]:
        self.network, absent = self._with_new_pairs()
        drafts: dict[int, _Draft] = {}
        loads: list[Load] = []
        for at, shock in enumerate(self.scenario.shocks):
            quarter = self._quarter(at, shock.on, "on")
            self._add(at, shock, quarter, drafts.setdefault(quarter, _Draft()), loads)
        planned = {
            quarter: Quarter(
                tuple(draft.attacks), tuple(draft.falls), tuple(draft.platforms),
                tuple(draft.changes), tuple(draft.sanctions),
            )
            for quarter, draft in drafts.items()
        }  # fmt: skip
        priority = self.scenario.rationing == "priority"
        return self.network, Plan(self.horizon, planned, tuple(loads), absent, priority)

    def _add(self, at: int, shock: Shock, quarter: int, draft: _Draft, loads: list[Load]) -> None:
        match shock:
            case AttackShock():
                draft.attacks.append(self._attack(at, shock))
            case RegimeFall():
                draft.falls.append(self._actor(at, shock.actor, "actor"))
            case PlatformLoss():
                draft.platforms.append(self._platform(at, shock.platform))
            case LoadShock():
                until = (
                    self.horizon if shock.until is None else self._quarter(at, shock.until, "until")
                )
                actor = self._actor(at, shock.actor, "actor")
                loads.append(Load(actor, shock.share, quarter, max(until, quarter + 1)))
            case CommitmentShock():
                level = self._level(shock)
                draft.changes.append(Change(self._pair(at, shock), level))
            case Sanctions():
                draft.sanctions.append((self._actor(at, shock.actor, "actor"), shock.share))

    def _attack(self, at: int, shock: AttackShock) -> Attack:
        beneficiary = self._actor(at, shock.beneficiary, "beneficiary")
        challengers = tuple(self._actor(at, who, "challengers") for who in shock.challengers)
        if beneficiary in challengers:
            raise self._fail(
                at, "challengers",
                f"{shock.beneficiary} cannot attack itself: it is the beneficiary and among the"
                f" challengers ({', '.join(shock.challengers)}). Name other challengers.",
            )  # fmt: skip
        return Attack(beneficiary, challengers, shock.war)

    def _fail(self, at: int, key: str, problem: str) -> ScenarioError:
        return ScenarioError(self.source, self.locate(at, key), problem)

    def _quarter(self, at: int, day: date, key: str) -> int:
        quarter = int((day - self.scenario.as_of).days // _QUARTER)
        if day < self.scenario.as_of or (quarter >= self.horizon and key == "on"):
            raise self._fail(
                at, key,
                f"{day} lies outside the {self.horizon} quarters from {self.scenario.as_of}.",
            )  # fmt: skip
        return min(quarter, self.horizon)

    def _actor(self, at: int, name: str, key: str) -> int:
        try:
            actor = self.index.resolve(name, on=self.scenario.as_of)
        except InputError as error:
            raise self._fail(at, key, str(error)) from error
        found = self.network.actors.index(actor.id)
        if found is None:
            armed = [
                name
                for name, group in zip(
                    self.network.actors.names, self.network.actors.group, strict=True
                )
                if group
            ]
            raise self._fail(
                at, key,
                f"{actor.name} is not in the network of {self.scenario.as_of}: it holds the"
                f" states of that day and the armed groups {', '.join(armed)}.",
            )  # fmt: skip
        return found

    def _platform(self, at: int, name: str) -> int:
        transit = self.network.transit
        for names in (transit.platforms, transit.names):
            if name in names:
                return names.index(name)
        near = get_close_matches(name, (*transit.platforms, *transit.names), 4, 0.3)
        raise self._fail(
            at, "platform",
            f"no platform {name!r} is in use on {self.scenario.as_of}. Near are {', '.join(near)};"
            f" in all there are {', '.join(transit.platforms)}.",
        )  # fmt: skip

    @staticmethod
    def _level(shock: CommitmentShock) -> int:
        if shock.change == "withdrawn":
            return NONE
        if "defense" in shock.obligations:
            return DEFENCE
        lesser = {"offense", "neutrality", "consultation"} & set(shock.obligations)
        return LESSER if lesser else NONE

    def _pair(self, at: int, shock: CommitmentShock) -> int:
        guarantor = self._actor(at, shock.guarantor, "guarantor")
        beneficiary = self._actor(at, shock.beneficiary, "beneficiary")
        pair = self.network.pairs.find(guarantor, beneficiary)
        if pair is None:
            raise self._fail(
                at, "beneficiary",
                f"{shock.guarantor} is not tied to {shock.beneficiary} on"
                f" {self.scenario.as_of}: nothing can be {shock.change}.",
            )  # fmt: skip
        return pair

    def _with_new_pairs(self) -> tuple[Network, tuple[int, ...]]:
        """The network with a row for every new pair, and the rows that were not there."""
        wanted = []
        for at, shock in enumerate(self.scenario.shocks):
            if isinstance(shock, CommitmentShock) and shock.change == "new":
                pair = (
                    self._actor(at, shock.beneficiary, "beneficiary"),
                    self._actor(at, shock.guarantor, "guarantor"),
                )
                if self.network.pairs.find(pair[1], pair[0]) is None:
                    wanted.append((*pair, self._level(shock)))
        network = self.network
        for beneficiary, guarantor, level in sorted(set(wanted)):
            network = _with_pair(network, guarantor, beneficiary, level)
        for at, shock in enumerate(self.scenario.shocks):
            if isinstance(shock, CommitmentShock) and shock.change != "withdrawn":
                guarantor = self._actor(at, shock.guarantor, "guarantor")
                beneficiary = self._actor(at, shock.beneficiary, "beneficiary")
                row = network.pairs.find(guarantor, beneficiary)
                if row is not None and not network.willingness[:, row].any():
                    network.willingness[:, row] = _alike(network, self._level(shock))
        absent = [network.pairs.find(g, b) for b, g, _ in sorted(set(wanted))]
        return network, tuple(row for row in absent if row is not None)


def _with_pair(network: Network, guarantor: int, beneficiary: int, level: int) -> Network:
    """The network with one more pair, as willing as the mean of the pairs of its level."""
    pairs = network.pairs
    low, high = pairs.start[beneficiary], pairs.start[beneficiary + 1]
    at = int(low + np.searchsorted(pairs.guarantor[low:high], guarantor))
    start = pairs.start.copy()
    start[beneficiary + 1 :] += 1
    alike = pairs.level == level
    mean = _alike(network, level)[:, None]

    def put(column: np.ndarray, value: float) -> np.ndarray:
        return np.insert(column, at, value)

    def shifted(column: np.ndarray) -> np.ndarray:
        return column + (column >= at)

    instruments, transit = network.instruments, network.transit
    ids = network.actors.ids
    return replace(
        network,
        pairs=Pairs(
            guarantor=put(pairs.guarantor, guarantor),
            beneficiary=put(pairs.beneficiary, beneficiary),
            start=start,
            level=put(pairs.level, level),
            discount=put(pairs.discount, float(pairs.discount[alike].mean())),
            texts=put(pairs.texts, 1),
        ),
        instruments=replace(
            instruments,
            ids=(*instruments.ids, f"{ids[guarantor]}>{ids[beneficiary]}"),
            pair=np.append(shifted(instruments.pair), at),
            hazard=np.append(instruments.hazard, 2 if level == DEFENCE else 1),
        ),
        transit=replace(
            transit, pair=shifted(transit.pair), patron_pair=shifted(transit.patron_pair)
        ),
        willingness=np.ascontiguousarray(
            np.concatenate([network.willingness[:, :at], mean, network.willingness[:, at:]], axis=1)
        ),
    )


def _alike(network: Network, level: int) -> np.ndarray:
    """Mean willingness (draws, 3) of the pairs that are held to a level."""
    found: np.ndarray = network.willingness[:, network.pairs.level == level].mean(axis=1)
    return found
