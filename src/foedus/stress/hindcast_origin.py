"""One origin of a hindcast: the network of that day, run forward five years, and what came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from foedus.catalog.facts import Facts, Overlay
from foedus.stress.build import build
from foedus.stress.hindcast_units import (
    KNOWN,
    Units,
    call_units,
    end_units,
    force_units,
    held_states,
    pact_units,
    text_rows,
)
from foedus.stress.kernel import simulate
from foedus.stress.network import Floats, Network
from foedus.stress.plan import Plan
from foedus.stress.tally import Tally

QUARTERS = 20
_JUDGED_RUNS = 200
CALLS, FORCES, ENDS = "calls", "forces sent", "texts ended"
FORMED, DEFENCE = "new partners", "new partners in defence"


@dataclass(frozen=True)
class Origin:
    """One origin: units by outcome, and the model's mean counts (u); empty where not simulated.

    `signal` (states) is the mean number of a state's pairs that fail in a run. `judged` holds, by
    parameter and end, the totals of calls, forces and endings in a run over those at its value.
    """

    year: int
    units: dict[str, Units]
    means: dict[str, Floats]
    signal: Floats
    judged: dict[tuple[str, str], tuple[float, float, float]]


def facts_of(year: int, overlay: Overlay | None = None) -> Facts:
    """What was known on the last day before the origin."""
    return Facts(date(year - 1, 12, 31), overlay)


def features(year: int, overlay: Overlay | None = None) -> Origin:
    """The units of an origin without a simulation, for fits of later years."""
    facts = facts_of(year, overlay)
    network = build(facts, level="instrument", willing=False)
    return Origin(year, _units(network, facts, year), {}, np.zeros(0), {})


def simulated(
    year: int, runs: int, seed: int, *, judged: bool = False, overlay: Overlay | None = None
) -> Origin:
    """The units of an origin with what `runs` futures say of them."""
    facts = facts_of(year, overlay)
    network = build(facts, level="instrument", seed=seed)
    values = {name: network.parameters[name] for name in network.parameters}
    tally = simulate(network, Plan(QUARTERS), values, runs, seed, 0)
    return Origin(
        year,
        _units(network, facts, year),
        means(network, tally),
        _signal(network, tally),
        _judged(network, values, min(runs, _JUDGED_RUNS), seed) if judged else {},
    )


def _units(network: Network, facts: Facts, year: int) -> dict[str, Units]:
    after = Facts(KNOWN)
    formed, upgraded = pact_units(network, facts, after, year)
    return {
        CALLS: call_units(network, facts, after, year),
        FORCES: force_units(network, facts, after, year),
        ENDS: end_units(network, facts, after, year),
        FORMED: formed,
        DEFENCE: upgraded,
    }


def means(network: Network, tally: Tally) -> dict[str, Floats]:
    """Mean five-year counts of each unit: calls, calls answered with forces, endings."""
    rows = held_states(network)
    forces = network.willingness[:, :, 0].mean(axis=0, dtype=np.float64)
    return {
        CALLS: tally.called[~network.actors.group] / tally.runs,
        FORCES: tally.asked[rows] * forces[rows] / tally.runs,
        ENDS: tally.ended[text_rows(network)] / tally.runs,
    }


def _signal(network: Network, tally: Tally) -> Floats:
    failed = np.bincount(
        network.pairs.beneficiary, weights=tally.failed, minlength=len(network.actors.ids)
    )
    return np.asarray(failed[~network.actors.group] / tally.runs)


def _totals(network: Network, values: dict[str, float], runs: int, seed: int) -> Floats:
    found = means(network, simulate(network, Plan(QUARTERS), values, runs, seed, 0))
    return np.array([found[name].sum() for name in (CALLS, FORCES, ENDS)])


def _judged(
    network: Network, values: dict[str, float], runs: int, seed: int
) -> dict[tuple[str, str], tuple[float, float, float]]:
    base = np.maximum(_totals(network, values, runs, seed), 1e-9)
    found = {}
    for item in network.parameters.table:
        if item.basis != "prior" or item.low == item.high:
            continue
        for end, value in (("low", item.low), ("high", item.high)):
            moved = _totals(network, values | {item.name: value}, runs, seed) / base
            found[item.name, end] = (float(moved[0]), float(moved[1]), float(moved[2]))
    return found
