"""Stress test: what happens to the network of commitments if several promises fall due."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Literal

from foedus.assessment.days import as_of_day
from foedus.domain.scenarios import Scenario, Shock
from foedus.domain.stress_tests import ParameterLine, ShockLine, StressTest
from foedus.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable

    from foedus.catalog.actors import ActorIndex
    from foedus.stress.network import Network
    from foedus.stress.plan import Plan
    from foedus.stress.sensitivity import Effect

TOO_MANY = 10_000_000


def stress_test(
    scenario: str | Path | Scenario | None = None,
    *,
    guarantor: str | None = None,
    as_of: date | str | None = None,
    horizon: str | None = None,
    runs: int = 100_000,
    seed: int = 1,
    level: Literal["dyad", "instrument"] = "dyad",
    workers: int = 1,
    cluster: str | None = None,
    sensitivity: Literal["one", "sobol"] | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> StressTest:
    """Simulate `runs` futures of the network as known on `as_of`, without and with a scenario.

    `scenario` is a shipped name, a TOML file or a record; `as_of` and `horizon` (`5y`, `6q`)
    override its own. `guarantor` narrows the tables of guarantors and ties. The same `seed`
    gives the same numbers for any number of `workers` and on the Dask cluster at `cluster`.
    Ctrl-C ends it early with what the finished runs say; `wanted` keeps the number asked for.
    With several workers call it from a script's `if __name__ == "__main__":`.

    Raises:
        ScenarioError: the scenario names what is not there; names the line.
        InputError: an option out of range. DateError: no usable day.
    """
    from foedus import __version__
    from foedus.catalog.actors import ActorIndex
    from foedus.catalog.facts import Facts
    from foedus.stress.build import build, with_willingness
    from foedus.stress.compile import quarters
    from foedus.stress.impact import impact
    from foedus.stress.plan import Plan
    from foedus.stress.results import Results
    from foedus.stress.study import Study

    _check(runs, seed, level, workers, sensitivity)
    began = perf_counter()
    given, text = _scenario(scenario, as_of, horizon)
    source = str(scenario) if text else None
    day = as_of_day(given.as_of if given is not None else as_of)
    length = quarters(horizon or (given.horizon if given else "5y"))
    facts = Facts(as_of=day)
    index = ActorIndex(facts.connection)
    plain = build(facts, level=level, willing=False)
    if given is not None:
        _compiled(given, plain, index, length, text, source)
    network = plain = with_willingness(facts, plain, seed)
    plan = Plan(length)
    if given is not None:
        network, plan = _compiled(given, plain, index, length, text, source)
    focus = None if guarantor is None else _focus(network, index, guarantor, day)
    study = Study(network, plan, runs, seed, workers, cluster, progress)
    baseline = study.outcome(plan.baseline, "Baseline")
    stressed = None
    attribution: tuple[ShockLine, ...] = ()
    if given is not None:
        stressed = study.outcome(plan, "Scenario", runs=baseline.tally.runs)
        if len(given.shocks) > 1 and stressed.tally.runs == runs:
            attribution = study.attribution(
                _without_each(given, plain, index, length, text, source), stressed
            )
    label: str | None = None
    effects: dict[str, Effect] = {}
    if sensitivity is not None and (stressed or baseline).tally.runs == runs:
        label, effects = study.sensitivity(sensitivity, stressed or baseline)
    values = {key: network.parameters[key] for key in network.parameters}
    results = Results(network, plan, baseline, stressed, impact(network, values))
    watched, absent = _watched(network, given)
    notes = network.notes
    if absent:
        notes = (*notes, f"Watched, but no tie on {day}: {', '.join(absent)}.")
    return StressTest(
        foedus_version=__version__,
        catalog_version=facts.version,
        as_of=day,
        scenario=given,
        focus=None if focus is None else network.actors.ids[focus],
        level=network.level,
        actors=len(network.actors.ids),
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
        watched=tuple(results.tie(at) for at in watched),
        attribution=attribution,
        sensitivity_method=sensitivity if effects else None,
        sensitivity_output=label,
        parameters=_parameters(network, effects),
        notes=notes,
    )


def _check(runs: int, seed: int, level: str, workers: int, sensitivity: str | None) -> None:
    if not 0 < runs <= TOO_MANY:
        raise InputError(f"Runs: {runs}. Give 1 to {TOO_MANY:,}.")
    if not 0 < workers <= 256:
        raise InputError(f"Workers: {workers}. Give 1 to 256.")
    if not 0 <= seed < 2**39:
        raise InputError(f"Seed: {seed}. Give a whole number from 0 to {2**39 - 1}.")
    if level not in ("dyad", "instrument"):
        raise InputError(f"Level: {level!r}. Give dyad or instrument.")
    if sensitivity not in (None, "one", "sobol"):
        raise InputError(f"Sensitivity: {sensitivity!r}. Give one or sobol.")


def _scenario(
    scenario: str | Path | Scenario | None, as_of: date | str | None, horizon: str | None
) -> tuple[Scenario | None, str]:
    """The scenario with the day and horizon that override its own, and its text for errors."""
    from foedus.stress.scenario_files import parse, text_of

    if scenario is None:
        return None, ""
    text, found = "", scenario
    if not isinstance(found, Scenario):
        text = text_of(str(found))
        found = parse(text, str(scenario))
    day = found.as_of if as_of is None else as_of_day(as_of)
    return found.model_copy(update={"as_of": day, "horizon": horizon or found.horizon}), text


def _compiled(
    given: Scenario, network: Network, index: ActorIndex, length: int, text: str, source: str | None
) -> tuple[Network, Plan]:
    from foedus.stress.compile import compile_scenario
    from foedus.stress.scenario_files import find_line

    def locate(shock: int, key: str) -> int | None:
        return find_line(text, shock, key) if text else None

    return compile_scenario(given, network, index, length, locate=locate, source=source)


def _without_each(
    given: Scenario, network: Network, index: ActorIndex, length: int, text: str, source: str | None
) -> list[tuple[str, Network, Plan]]:
    """For each shock: its label, and the network and plan without it."""
    out = []
    for at, shock in enumerate(given.shocks):
        left = tuple(one for place, one in enumerate(given.shocks) if place != at)
        less = given.model_copy(update={"shocks": left})
        out.append((shock_label(shock), *_compiled(less, network, index, length, text, source)))
    return out


def shock_label(shock: Shock) -> str:
    """One shock in words."""
    match shock.kind:
        case "attack":
            return f"{' and '.join(shock.challengers)} attack {shock.beneficiary}, {shock.on}"
        case "regime_fall":
            return f"{shock.actor} falls, {shock.on}"
        case "platform_loss":
            return f"{shock.platform} closes, {shock.on}"
        case "load":
            return f"{shock.actor} tied down to {shock.share:.0%}, {shock.on}"
        case "commitment":
            return f"commitment {shock.guarantor} to {shock.beneficiary} {shock.change}, {shock.on}"
    return f"sanctions on {shock.actor} ({shock.share:.0%}), {shock.on}"


def _parameters(network: Network, effects: dict[str, Effect]) -> tuple[ParameterLine, ...]:
    from foedus.stress.sensitivity import Effect

    names = network.actors.names
    lines = []
    for item in network.parameters.table:
        effect = effects.get(item.name, Effect())
        lines.append(
            ParameterLine(
                name=item.name,
                value=item.value,
                low=item.low,
                high=item.high,
                basis=item.basis,
                n=item.n,
                meaning=item.meaning,
                source=item.source,
                low_effect=effect.low,
                high_effect=effect.high,
                leader_low=None if effect.leader_low is None else names[effect.leader_low],
                leader_high=None if effect.leader_high is None else names[effect.leader_high],
                first=effect.first,
                total=effect.total,
            )
        )
    return tuple(lines)


def _focus(network: Network, index: ActorIndex, name: str, day: date) -> int:
    actor = index.resolve(name, on=day)
    at = network.actors.index(actor.id)
    if at is None:
        raise InputError(
            f"{actor.name} is not in the network of {day}. Give a state of that day, or an armed"
            " group with a patron."
        )
    return at


def _watched(network: Network, scenario: Scenario | None) -> tuple[list[int], list[str]]:
    """Rows of the pairs that the scenario follows, and the keys that the network does not hold."""
    place = {key: at for at, key in enumerate(network.actors.ids)}
    found: list[int] = []
    absent = []
    for key in scenario.watch if scenario else ():
        giver, _, taker = key.rpartition(":")[2].partition(">")
        taker = taker.partition("@")[0]
        row = None
        if giver in place and taker in place:
            row = network.pairs.find(place[giver], place[taker])
        if row is None:
            absent.append(key)
        elif row not in found:
            found.append(row)
    return found, absent
