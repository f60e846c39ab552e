"""The result of a stress test: baseline and scenario side by side, as shares, means and ranks."""

from __future__ import annotations

from datetime import date
from typing import Literal

from foedus.domain.frozen import Frozen
from foedus.domain.scenarios import Scenario

SCHEMA_VERSION = 1
RUNS_A_DRAW = 1000
"""Runs that share one draw of the parameters: it is part of the result's definition."""


class Sides(Frozen):
    """One number in the baseline and in the scenario; null where undefined or not run."""

    baseline: float | None
    scenario: float | None


class Interval(Frozen):
    """A share of runs (0..1) with its 5-95% range over draws of the parameters."""

    value: float
    low: float
    high: float


class IntervalSides(Frozen):
    """A share with its range in the baseline and in the scenario."""

    baseline: Interval
    scenario: Interval | None


class EventLine(Frozen):
    """How often something happens in one run, on the mean, and in each quarter."""

    event: str
    mean: Sides
    by_quarter_baseline: tuple[float, ...]
    by_quarter_scenario: tuple[float, ...] | None


class GuarantorLine(Frozen):
    """One guarantor under stress, in shares of world capability.

    `capacity` is what it can deploy; `claims` the 95th percentile over runs of the forces
    claimed in the busiest quarter; `coverage` capacity over claims, null where those are 0.
    `shortfall` is the mean of the largest excess of claims over capacity. Of what was claimed,
    `unwilling`, `unable` and `blocked` are the shares not offered, not to hand, not got through.
    """

    actor: str
    name: str
    capacity: Sides
    claims: Sides
    coverage: Sides
    shortfall_chance: Sides
    shortfall: Sides
    default: Sides
    unwilling: Sides
    unable: Sides
    blocked: Sides


class FallLine(Frozen):
    """Chance that one regime or armed group has fallen by the end; `scripted` by the scenario."""

    actor: str
    name: str
    chance: IntervalSides
    scripted: bool


class TieLine(Frozen):
    """Chance that one pair has defaulted or ended by the end, if it is called and if not.

    `default` is the share of its calls defaulted on; `impact` the share of the network's
    expected security that goes if it defaults.
    """

    id: str
    guarantor: str
    guarantor_name: str
    beneficiary: str
    beneficiary_name: str
    held_to: str
    failed: IntervalSides
    default: Sides
    delivered: Sides
    impact: float | None
    scripted: bool


class CascadeLine(Frozen):
    """Secondary events in a run: hedged texts, falls, and support stopped by a lost passage."""

    mean: Sides
    median: Sides
    high: Sides


class ShockLine(Frozen):
    """What one shock adds to a run: the scenario less the scenario without it.

    `most` is the unscripted actor whose chance to fall it moves most, by `most_change`; null
    where it moves none beyond chance.
    """

    shock: int
    label: str
    falls: float
    defaults: float
    cascade: float
    most: str | None
    most_change: float
    runs: int


class ParameterLine(Frozen):
    """One parameter: its value, range, basis, and what it does to the result.

    `low_effect` and `high_effect` are the changes of `StressTest.sensitivity_output` at the ends of
    the range, `leader_low` and `leader_high` who is next to fall there; `first` and `total` are
    Sobol indices, null where they were not computed.
    """

    name: str
    value: float
    low: float
    high: float
    basis: Literal["estimate", "prior"]
    n: int | None
    meaning: str
    source: str
    low_effect: float | None = None
    high_effect: float | None = None
    leader_low: str | None = None
    leader_high: str | None = None
    first: float | None = None
    total: float | None = None


class StressTest(Frozen):
    """Many simulated futures of the network of commitments, with and without a scenario."""

    schema_version: int = SCHEMA_VERSION
    foedus_version: str
    catalog_version: str
    as_of: date
    scenario: Scenario | None
    focus: str | None
    level: str
    actors: int
    pairs: int
    held_pairs: int
    texts: int
    quarters: int
    runs: int
    wanted: int
    seed: int
    seconds: float
    events: tuple[EventLine, ...]
    cascade: CascadeLine
    guarantors: tuple[GuarantorLine, ...]
    falls: tuple[FallLine, ...]
    ties: tuple[TieLine, ...]
    watched: tuple[TieLine, ...]
    attribution: tuple[ShockLine, ...]
    sensitivity_method: Literal["one", "sobol"] | None
    sensitivity_output: str | None
    parameters: tuple[ParameterLine, ...]
    notes: tuple[str, ...]

    @property
    def draws(self) -> int:
        """Draws of the parameters behind the ranges of the baseline, and of the scenario."""
        return -(-self.runs // RUNS_A_DRAW)
