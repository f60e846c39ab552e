"""Sensitivity: which parameter drives the result, one at a time and all together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Literal

import numpy as np

from foedus.errors import InputError
from foedus.stress.network import Floats, Network
from foedus.stress.plan import Plan
from foedus.stress.tally import Tally
from foedus.stress.workers import Done, Job, Task

Method = Literal["one", "sobol"]
RUNS_EACH = {"one": 2000, "sobol": 200}
SAMPLES = 128
"""Base sample of the Sobol design: samples x (parameters + 2) settings are run. With 25 parameters
and 32 samples some pairs of columns are so uneven that an index of 1 comes out as 1.8."""
Runner = Callable[[Job, list[Task]], Done]


@dataclass(frozen=True)
class Effect:
    """What one parameter does to the output; `leader_` is who is next to fall at that end."""

    low: float | None = None
    high: float | None = None
    leader_low: int | None = None
    leader_high: int | None = None
    first: float | None = None
    total: float | None = None


def output(tally: Tally, actor: int | None) -> float:
    """Chance that `actor` falls; without one, the mean cascade size."""
    if actor is not None:
        return float(tally.fallen[actor] / tally.runs)
    return float(tally.cascade @ np.arange(len(tally.cascade)) / tally.runs)


def leader(tally: Tally, scripted: set[int]) -> int:
    """The unscripted actor that falls most often."""
    chance = tally.fallen.copy()
    chance[list(scripted)] = -1.0
    return int(np.argmax(chance))


def one_at_a_time(
    network: Network, plan: Plan, actor: int | None, scripted: set[int], seed: int, run: Runner
) -> dict[str, Effect]:
    """The change of the output at both ends of each parameter's range, all others at their value.

    All settings share their random numbers.
    """
    base = {name: network.parameters[name] for name in network.parameters}
    table = [item for item in network.parameters.table if item.low < item.high]
    settings = [base] + [base | {item.name: end} for item in table for end in (item.low, item.high)]
    found = _all(network, plan, settings, RUNS_EACH["one"], seed, run)
    middle = output(found[0], actor)
    effects = {}
    for at, item in enumerate(table):
        low, high = found[1 + 2 * at], found[2 + 2 * at]
        effects[item.name] = Effect(
            low=output(low, actor) - middle,
            high=output(high, actor) - middle,
            leader_low=leader(low, scripted),
            leader_high=leader(high, scripted),
        )
    return effects


def sobol(
    network: Network,
    plan: Plan,
    actor: int | None,
    seed: int,
    run: Runner,
    *,
    samples: int = SAMPLES,
    runs: int = RUNS_EACH["sobol"],
) -> dict[str, Effect]:
    """First-order and total Sobol indices of the judged parameters, uniform over their ranges.

    Raises:
        InputError: SALib is not installed.

    Source: Saltelli et al. 2010, Computer Physics Communications 181:259-270.
    """
    try:
        sampling: Any = import_module("SALib.sample.sobol")
        analysis: Any = import_module("SALib.analyze.sobol")
    except ImportError as error:
        raise InputError(
            "Variance-based sensitivity needs SALib, which is not installed. Run pip install"
            " 'foedus[sensitivity]', or use --sensitivity one."
        ) from error
    table = [
        item for item in network.parameters.table if item.basis == "prior" and item.low < item.high
    ]
    problem = {
        "num_vars": len(table),
        "names": [item.name for item in table],
        "bounds": [[item.low, item.high] for item in table],
    }
    design: Floats = sampling.sample(problem, samples, calc_second_order=False, seed=seed)
    base = {name: network.parameters[name] for name in network.parameters}
    settings = [
        base | {item.name: float(value) for item, value in zip(table, row, strict=True)}
        for row in design
    ]
    found = _all(network, plan, settings, runs, seed, run)
    result = np.array([output(tally, actor) for tally in found])
    if result.std() == 0:
        return {item.name: Effect(first=0.0, total=0.0) for item in table}
    indices = analysis.analyze(problem, result, calc_second_order=False, seed=seed)
    return {
        item.name: Effect(first=float(indices["S1"][at]), total=float(indices["ST"][at]))
        for at, item in enumerate(table)
    }


def _all(
    network: Network,
    plan: Plan,
    settings: list[dict[str, float]],
    runs: int,
    seed: int,
    run: Runner,
) -> list[Tally]:
    tasks = [Task(at, runs, values, stream=0) for at, values in enumerate(settings)]
    found = {task.batch: tally for task, tally in run(Job(network, plan, seed), tasks)}
    return [found[at] for at in range(len(settings))]  # fmt: skip
