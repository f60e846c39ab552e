"""A small stress test of one pair: its beneficiary is attacked, against the baseline."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from pydantic import ValidationError

from foedus.assessment.parties import Parties
from foedus.catalog.facts import TABLES_FOLDER, Facts
from foedus.domain.pair_stress import Attack, Cascade, Coverage, PairStress
from foedus.domain.stress_tests import FallLine
from foedus.errors import InputError
from foedus.reliability.current import cache_folder, data_hash

if TYPE_CHECKING:
    from foedus.stress.network import Network
    from foedus.stress.run import Outcome

DRAWS = 40
RUNS_A_DRAW = 100
QUARTERS = 20
SEED = 1
SHOWN = 8


def kept_stress(file: Path) -> PairStress | None:
    """The stress test in a pair's `stress_file`; null where none of these facts was run."""
    try:
        return PairStress.model_validate_json(file.read_bytes())
    except (OSError, ValidationError):
        return None


def pair_stress(facts: Facts, sides: Parties) -> PairStress:
    """A war on the beneficiary in the first quarter, in 4,000 futures of five years.

    The challenger is the one asked about, else the likeliest. The result is kept in the cache
    folder, so that later assessments of the same facts show it at once.

    Raises:
        InputError: the guarantor or beneficiary is not in the network of that day.
    """
    file = stress_file(facts, sides)
    found = kept_stress(file)
    if found is None:
        found = _tested(facts, sides)
        if facts.folder == TABLES_FOLDER:
            _keep(found, file)
    return found


def _tested(facts: Facts, sides: Parties) -> PairStress:
    from foedus.stress import plan as plans
    from foedus.stress.build import build
    from foedus.stress.impact import impact
    from foedus.stress.results import Results
    from foedus.stress.run import run

    network = build(facts, seed=SEED)
    actors = network.actors
    giver, taker = (_place(actors.ids, side.id, side.name, facts)
                    for side in (sides.guarantor, sides.beneficiary))  # fmt: skip
    likeliest = int(actors.challenger[taker, 0])
    by = likeliest if sides.challenger is None else actors.index(sides.challenger.id)
    challengers = () if by is None or by < 0 else (by,)
    attack = plans.Attack(taker, challengers, True)
    plan = plans.Plan(QUARTERS, {0: plans.Quarter(attacks=(attack,))})
    baseline, scenario = (
        run(network, one, runs=DRAWS * RUNS_A_DRAW, seed=SEED, size=RUNS_A_DRAW)
        for one in (plan.baseline, plan)
    )
    values = {key: network.parameters[key] for key in network.parameters}
    results = Results(network, plan, baseline, scenario, impact(network, values))
    row = network.pairs.find(giver, taker)
    said = Attack(
        beneficiary=actors.names[taker],
        challengers=tuple(actors.names[at] for at in challengers),
        runs=DRAWS * RUNS_A_DRAW,
        draws=DRAWS,
        quarters=QUARTERS,
        seed=SEED,
    )
    struck = actors.ids[taker]
    falls = results.falls(len(actors.ids))
    return PairStress(
        coverage=Coverage(
            attack=said,
            guarantor=results.guarantors(giver)[0],
            pair=None if row is None else results.tie(row),
        ),
        cascade=Cascade(
            attack=said,
            size=results.cascade(),
            beneficiary=next((line for line in falls if line.actor == struck), None),
            falls=tuple(
                sorted((line for line in falls if line.actor != struck), key=_rise)[:SHOWN]
            ),
            ties=tuple(results.tie(at) for at in _raised(network, baseline, scenario, taker)),
        ),
    )


def _raised(network: Network, baseline: Outcome, scenario: Outcome, taker: int) -> list[int]:
    """Rows of others' pairs that fail more often beyond chance, the largest rise first."""
    from foedus.stress.chance import rises

    pairs = network.pairs
    rise, beyond = rises(baseline, scenario)
    others = (pairs.guarantor != taker) & (pairs.beneficiary != taker) & (pairs.level >= 2)
    found = np.flatnonzero(others & beyond)
    return [int(at) for at in found[np.argsort(-rise[found], kind="stable")][:SHOWN]]


def _rise(line: FallLine) -> float:
    """Sorts those first whose chance to fall is highest with the attack."""
    return -(line.chance.scenario or line.chance.baseline).value


def _place(ids: tuple[str, ...], actor: str, name: str, facts: Facts) -> int:
    if actor not in ids:
        raise InputError(
            f"{name} is not in the network of {facts.as_of}, which holds the states of that day"
            " and armed groups. Leave --stress out, or name a member."
        )
    return ids.index(actor)


def stress_file(facts: Facts, sides: Parties) -> Path:
    """Where the stress test of this pair and these facts is kept."""
    from foedus import __version__

    by = None if sides.challenger is None else sides.challenger.id
    parts = (
        __version__, data_hash(facts), facts.folder == TABLES_FOLDER, facts.as_of, facts.overlay,
        sides.guarantor.id, sides.beneficiary.id, by, DRAWS, RUNS_A_DRAW, QUARTERS, SEED,
    )  # fmt: skip
    key = hashlib.sha256(repr(parts).encode()).hexdigest()[:24]
    return cache_folder() / f"stress-{key}.json"


def _keep(found: PairStress, path: Path) -> None:
    partial = path.with_suffix(f".{os.getpid()}.partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.write_text(found.model_dump_json(), encoding="utf-8")
        partial.replace(path)
    except OSError:
        return
