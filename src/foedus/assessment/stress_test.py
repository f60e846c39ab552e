"""Stress test: what happens to the network of commitments if several promises fall due."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from foedus.assessment.days import as_of_day
from foedus.domain.scenarios import Scenario
from foedus.domain.stress_tests import ParameterLine, StressTest
from foedus.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable

    from foedus.stress.build import Level
    from foedus.stress.network import Network

TOO_MANY = 10_000_000


def stress_test(
    scenario: str | Path | Scenario | None = None,
    *,
    guarantor: str | None = None,
    as_of: date | str | None = None,
    horizon: str | None = None,
    runs: int = 100_000,
    seed: int = 1,
    workers: int = 1,
    level: Level = "dyad",
    progress: Callable[[int, int], None] | None = None,
) -> StressTest:
    """Simulate `runs` futures of the network as known on `as_of`, without and with a scenario.

    `scenario` is a shipped name, a TOML file or a record; `as_of` and `horizon` (`5y`, `6q`)
    override its own. `guarantor` narrows the tables of guarantors and ties. The same `seed`
    gives the same numbers for any number of `workers`.

    Raises:
        ScenarioError: the scenario names what is not there; names the line.
        InputError: an option out of range. DateError: no usable day.
    """
    from foedus import __version__
    from foedus.catalog.actors import ActorIndex
    from foedus.catalog.facts import Facts
    from foedus.stress.build import build
    from foedus.stress.compile import compile_scenario, quarters
    from foedus.stress.impact import impact
    from foedus.stress.plan import Plan
    from foedus.stress.results import Results
    from foedus.stress.run import run
    from foedus.stress.scenario_files import find_line, load, text_of

    if not 0 < runs <= TOO_MANY:
        raise InputError(f"Runs: {runs}. Give 1 to {TOO_MANY:,}.")
    if not 0 < workers <= 256:
        raise InputError(f"Workers: {workers}. Give 1 to 256.")
    if not 0 <= seed < 2**39:
        raise InputError(f"Seed: {seed}. Give a whole number from 0 to {2**39 - 1}.")
    began = perf_counter()
    name = None if isinstance(scenario, Scenario | None) else str(scenario)
    given = scenario if isinstance(scenario, Scenario | None) else load(str(scenario))
    day = as_of_day(as_of if as_of is not None or given is None else given.as_of)
    if given is not None:
        given = given.model_copy(
            update={"as_of": day, "horizon": horizon or given.horizon, "name": name or given.name}
        )
    length = quarters(horizon or (given.horizon if given else "5y"))
    facts = Facts(as_of=day)
    index = ActorIndex(facts.connection)
    network = build(facts, level=level, seed=seed)
    plan = Plan(length)
    if given is not None:
        text = text_of(name) if name is not None else ""
        network, plan = compile_scenario(
            given, network, index, length,
            locate=lambda shock, key: find_line(text, shock, key) if text else None,
        )  # fmt: skip
    focus = None if guarantor is None else _focus(network, index, guarantor, day)
    sides = 2 if given is not None else 1

    def report(done: int, base: int) -> None:
        if progress is not None:
            progress(base + done, runs * sides)

    baseline = run(network, plan.baseline, runs=runs, seed=seed, workers=workers,
                   progress=lambda done, _: report(done, 0))  # fmt: skip
    stressed = None
    if given is not None:
        stressed = run(network, plan, runs=baseline.tally.runs, seed=seed, workers=workers,
                       progress=lambda done, _: report(done, runs))  # fmt: skip
    values = {key: network.parameters[key] for key in network.parameters}
    results = Results(network, plan, baseline, stressed, impact(network, values))
    actors = network.actors
    return StressTest(
        foedus_version=__version__,
        catalog_version=facts.version,
        as_of=day,
        scenario=given,
        focus=None if focus is None else actors.ids[focus],
        level=network.level,
        actors=len(actors.ids),
        pairs=network.pairs.count,
        held_pairs=int((network.pairs.level > 0).sum()),
        texts=len(network.instruments.ids),
        quarters=length,
        runs=(stressed or baseline).tally.runs,
        wanted=runs,
        seed=seed,
        seconds=perf_counter() - began,
        events=results.events(),
        cascade=results.cascade(),
        guarantors=results.guarantors(focus),
        falls=results.falls(),
        ties=results.ties(focus),
        watched=tuple(results.tie(at) for at in _watched(network, given)),
        attribution=(),
        sensitivity_output=None,
        sensitivity_note=None,
        parameters=tuple(
            ParameterLine(
                name=item.name, value=item.value, low=item.low, high=item.high, basis=item.basis,
                n=item.n, meaning=item.meaning, source=item.source,
            )
            for item in network.parameters.table
        ),
        notes=network.notes,
    )  # fmt: skip


def _focus(network: Network, index: object, name: str, day: date) -> int:
    from foedus.catalog.actors import ActorIndex

    assert isinstance(index, ActorIndex)
    actor = index.resolve(name, on=day)
    at = network.actors.index(actor.id)
    if at is None:
        raise InputError(
            f"{actor.name} is not in the network of {day}. Give a state of that day, or an armed"
            " group with a patron."
        )
    return at


def _watched(network: Network, scenario: Scenario | None) -> list[int]:
    """Rows of the pairs that the scenario follows; one that is not there is left out."""
    place = {key: at for at, key in enumerate(network.actors.ids)}
    found = []
    for key in scenario.watch if scenario else ():
        giver, _, taker = key.rpartition(":")[2].partition(">")
        taker = taker.partition("@")[0]
        if giver in place and taker in place:
            row = network.pairs.find(place[giver], place[taker])
            if row is not None and row not in found:
                found.append(row)
    return found
