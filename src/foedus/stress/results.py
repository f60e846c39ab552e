"""Tallies into results: coverage, shortfalls, rankings, always baseline beside scenario."""

from __future__ import annotations

import numpy as np

from foedus.domain.stress_tests import (
    CascadeLine,
    EventLine,
    FallLine,
    GuarantorLine,
    Interval,
    IntervalSides,
    Sides,
    TieLine,
)
from foedus.stress.chance import rises
from foedus.stress.network import Floats, Network
from foedus.stress.plan import Plan
from foedus.stress.prepared import capability
from foedus.stress.run import Outcome
from foedus.stress.tally import EVENTS, bin_value

HELD_TO = ("nothing military", "a lesser promise", "habit", "defence")


class Results:
    """What one network, its baseline and (or) a scenario came to."""

    def __init__(
        self,
        network: Network,
        plan: Plan,
        baseline: Outcome,
        scenario: Outcome | None,
        impact: Floats | None = None,
    ) -> None:
        self.network, self.plan = network, plan
        self.baseline, self.scenario = baseline, scenario
        self.impact = impact
        self._fallen = {actor for quarter in plan.quarters.values() for actor in quarter.falls}
        self._changed = {
            change.pair for quarter in plan.quarters.values() for change in quarter.changes
        }

    @property
    def _outcomes(self) -> tuple[Outcome, Outcome | None]:
        return self.baseline, self.scenario

    def events(self) -> tuple[EventLine, ...]:
        """Means of a run, by event."""
        base = self.baseline.tally
        other = self.scenario.tally if self.scenario else None
        lines = []
        for at, event in enumerate(EVENTS):
            first = base.events[:, at] / base.runs
            second = other.events[:, at] / other.runs if other else None
            lines.append(
                EventLine(
                    event=event,
                    mean=Sides(
                        baseline=float(first.sum()),
                        scenario=None if second is None else float(second.sum()),
                    ),
                    by_quarter_baseline=tuple(float(x) for x in first),
                    by_quarter_scenario=None if second is None else tuple(float(x) for x in second),
                )
            )
        return tuple(lines)

    def cascade(self) -> CascadeLine:
        """Mean, median and 95th percentile of secondary events."""
        found = [None if side is None else _spread(side.tally.cascade) for side in self._outcomes]
        columns = [
            Sides(baseline=found[0][at] if found[0] else None,
                  scenario=found[1][at] if found[1] else None)
            for at in range(3)
        ]  # fmt: skip
        return CascadeLine(mean=columns[0], median=columns[1], high=columns[2])

    def guarantors(self, only: int | None = None, top: int = 25) -> tuple[GuarantorLine, ...]:
        """Guarantors by the capability claimed from them, largest first."""
        sides = [None if side is None else _Guarantors(self.network, side)
                 for side in self._outcomes]  # fmt: skip
        last = sides[1] or sides[0]
        assert last is not None
        order = np.argsort(-last.claimed, kind="stable")
        chosen = [only] if only is not None else [at for at in order[:top] if last.claimed[at] > 0]
        lines = []
        for at in chosen:

            def both(name: str, at: int = int(at)) -> Sides:
                values = [None if s is None else _number(getattr(s, name)[at]) for s in sides]
                return Sides(baseline=values[0], scenario=values[1])

            lines.append(
                GuarantorLine(
                    actor=self.network.actors.ids[at],
                    name=self.network.actors.names[at],
                    **{
                        name: both(name)
                        for name in (
                            "capacity", "claims", "coverage", "shortfall_chance", "shortfall",
                            "default", "unwilling", "unable", "blocked",
                        )
                    },
                )
            )  # fmt: skip
        return tuple(lines)

    def falls(self, top: int = 20) -> tuple[FallLine, ...]:
        """Actors by their chance to fall in the scenario (else the baseline), scripted first."""
        last = (self.scenario or self.baseline).tally
        order = np.argsort(-last.fallen, kind="stable")[:top]
        return tuple(
            FallLine(
                actor=self.network.actors.ids[at],
                name=self.network.actors.names[at],
                chance=self._interval("fallen", int(at)),
                scripted=int(at) in self._fallen,
            )
            for at in order
            if last.fallen[at] > 0
        )

    def tie(self, at: int) -> TieLine:
        """One pair's line."""
        pairs, actors = self.network.pairs, self.network.actors
        giver, taker = int(pairs.guarantor[at]), int(pairs.beneficiary[at])
        shares: list[tuple[float | None, float | None]] = []
        for side in self._outcomes:
            if side is None:
                shares.append((None, None))
                continue
            t = side.tally
            shares.append((_ratio(t.defaulted[at], t.asked[at]),
                           _ratio(t.delivered[at], t.claimed[at])))  # fmt: skip
        return TieLine(
            id=f"{actors.ids[giver]}>{actors.ids[taker]}",
            guarantor=actors.ids[giver],
            guarantor_name=actors.names[giver],
            beneficiary=actors.ids[taker],
            beneficiary_name=actors.names[taker],
            held_to=HELD_TO[int(pairs.level[at])],
            failed=self._interval("failed", at),
            default=Sides(baseline=shares[0][0], scenario=shares[1][0]),
            delivered=Sides(baseline=shares[0][1], scenario=shares[1][1]),
            impact=None if self.impact is None else _number(self.impact[at]),
            scripted=at in self._changed or {giver, taker} & self._fallen != set(),
        )

    def ties(self, only: int | None = None, top: int = 20) -> tuple[TieLine, ...]:
        """Pairs that defence or habit holds, by how much likelier the scenario makes failure.

        Rises within chance and pairs that the scenario itself ends are left out. Without a
        scenario: by failure.
        """
        pairs = self.network.pairs
        if self.scenario is None:
            score = self.baseline.tally.failed / self.baseline.tally.runs
        else:
            rise, beyond = rises(self.baseline, self.scenario)
            score = np.where(beyond, rise, -1.0)
        score = np.where(pairs.level >= 2, score, -1.0)
        gone = list(self._fallen)
        score[np.isin(pairs.guarantor, gone) | np.isin(pairs.beneficiary, gone)] = -1.0
        score[list(self._changed)] = -1.0
        if only is not None:
            score[pairs.guarantor != only] = -1.0
        order = np.argsort(-score, kind="stable")[:top]
        return tuple(self.tie(int(at)) for at in order if score[at] > 0)

    def _interval(self, name: str, at: int) -> IntervalSides:
        found = [
            None
            if side is None
            else _range(getattr(side.tally, name)[at] / side.tally.runs,
                        np.array([row[at] for row in getattr(side, name)]))
            for side in self._outcomes
        ]  # fmt: skip
        assert found[0] is not None
        return IntervalSides(baseline=found[0], scenario=found[1])


class _Guarantors:
    """Columns (n) of one side, by guarantor."""

    def __init__(self, network: Network, outcome: Outcome) -> None:
        tally, n = outcome.tally, len(network.actors.ids)
        giver = network.pairs.guarantor

        def total(column: Floats) -> Floats:
            return np.bincount(giver, weights=column, minlength=n).astype(np.float64)

        values = {name: network.parameters[name] for name in network.parameters}
        self.capacity = values["deployable"] * capability(network, values)
        running = np.cumsum(tally.peak, axis=1) / tally.runs
        self.claims = bin_value(np.argmax(running >= 0.95, axis=1))
        self.claimed = total(tally.claimed)
        with np.errstate(divide="ignore", invalid="ignore"):
            self.coverage = np.where(self.claims > 0, self.capacity / self.claims, np.nan)
            self.default = total(tally.defaulted) / total(tally.asked)
            self.unwilling = total(tally.unwilling) / self.claimed
            self.unable = total(tally.short) / self.claimed
            self.blocked = total(tally.blocked) / self.claimed
        self.shortfall_chance = tally.squeezed / tally.runs
        self.shortfall = tally.shortfall / tally.runs


def _spread(histogram: Floats) -> tuple[float, float, float]:
    running = np.cumsum(histogram) / histogram.sum()
    mean = float(histogram @ np.arange(len(histogram)) / histogram.sum())
    return mean, float(np.argmax(running >= 0.5)), float(np.argmax(running >= 0.95))


def _range(value: float, draws: Floats) -> Interval:
    low, high = np.quantile(draws, [0.05, 0.95])
    return Interval(value=float(value), low=float(min(low, value)), high=float(max(high, value)))


def _ratio(part: float, whole: float) -> float | None:
    return float(part / whole) if whole > 0 else None


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
