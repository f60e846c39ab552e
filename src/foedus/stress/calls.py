"""Calls of one quarter: who is called, by whom, how hard, and how much is claimed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from foedus.stress.network import Bools, Ints, Network
from foedus.stress.plan import Attack
from foedus.stress.prepared import Asked
from foedus.stress.state import State

Singles = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Calls:
    """Columns of length c: the run, the beneficiary, the challenger (-1 unknown), whether a war.

    `against` and `own` are capabilities, `need` the claim on all guarantors together.
    """

    run: Ints
    beneficiary: Ints
    challenger: Ints
    war: Bools
    against: Singles
    own: Singles
    need: Singles


def pressure(
    state: State, base_load: Singles, support: Singles, values: dict[str, float]
) -> Singles:
    """Log change (r, n) of every call rate: patrons tied down, expected support lost."""
    tied = state.load - base_load
    doubt = 1.0 - 2.0 / (1.0 + np.exp(-state.reputation.mean(axis=2)))
    moved = np.float32(values["opportunity"]) * tied + np.float32(values["deterrence"]) * doubt
    lost = np.float32(values["deterrence"]) * state.lost_support
    return np.asarray(moved @ support + lost, dtype=np.float32)


def drawn(
    network: Network,
    state: State,
    rate: Singles,
    log_change: Singles,
    factor: Singles,
    uniform: Singles,
) -> tuple[Ints, Ints, Ints, Bools]:
    """Run, beneficiary, challenger and war of the calls that `uniform` (r, n) makes.

    `rate` (n) is calls a quarter, `factor` (r) the common shock. One uniform decides all: what
    is left of it after the call decides on war, and what is left then on the challenger.
    """
    chance = 1.0 - np.exp(-rate * factor[:, None] * np.exp(log_change) * state.standing)
    run, who = np.nonzero(uniform < chance)
    left = uniform[run, who] / chance[run, who]
    share = network.actors.war[who]
    war = left < share
    with np.errstate(divide="ignore", invalid="ignore"):
        left = np.where(war, left / share, (left - share) / (1 - share))
    ladder = np.cumsum(network.actors.weight, axis=1)[who]
    slot = np.minimum((left[:, None] >= ladder).sum(axis=1), ladder.shape[1] - 1)
    challenger = network.actors.challenger[who, slot]
    alive = np.where(challenger >= 0, state.standing[run, challenger] > 0, True)
    return run[alive], who[alive], challenger[alive], war[alive]


def scripted(attacks: tuple[Attack, ...], state: State) -> tuple[Ints, Ints, Ints, Bools, Singles]:
    """The scenario's calls in every run: also the challengers' capability together (c)."""
    runs = np.arange(len(state.standing))
    parts = []
    for attack in attacks:
        beneficiary = np.full(len(runs), attack.beneficiary)
        challenger = np.full(len(runs), attack.challengers[0] if attack.challengers else -1)
        known = [who for who in attack.challengers if who >= 0]
        free = state.strength * (1 - state.load) * state.standing
        against = free[:, known].sum(axis=1) if known else np.full(len(runs), np.nan)
        parts.append((runs, beneficiary, challenger, np.full(len(runs), attack.war), against))
    if not parts:
        empty = np.zeros(0, dtype=np.int64)
        return empty, empty, empty, np.zeros(0, dtype=bool), np.zeros(0, dtype=np.float32)
    run, who, by, war, against = (np.concatenate(column) for column in zip(*parts, strict=True))
    kept = state.standing[run, who] > 0
    return run[kept], who[kept], by[kept], war[kept], against[kept].astype(np.float32)


def claims(
    found: tuple[Ints, Ints, Ints, Bools],
    written: tuple[Ints, Ints, Ints, Bools, Singles],
    state: State,
    values: dict[str, float],
) -> Calls:
    """All calls of the quarter with their claims; a scripted one replaces a drawn one.

    The claim is what the challengers have over the beneficiary, at least `least_claim` of what
    they have; short of war, `force_claim` of that. An unknown challenger is an equal.
    """
    n = state.standing.shape[1]
    run, who, by, war = found
    if len(written[0]):
        kept = ~np.isin(run * n + who, written[0] * n + written[1])
        run, who, by, war = run[kept], who[kept], by[kept], war[kept]
    free = state.strength * (1 - state.load)
    against = np.where(by >= 0, free[run, by], free[run, who])
    run, who, by, war = (
        np.concatenate(pair) for pair in zip((run, who, by, war), written[:4], strict=True)
    )
    own = free[run, who]
    script = np.where(np.isnan(written[4]), own[len(against) :], written[4])
    against = np.concatenate([against, script]).astype(np.float32)
    size = np.where(war, 1.0, values["force_claim"])
    need = size * np.maximum(against - own, values["least_claim"] * against)
    return Calls(run, who, by, war, against, own, need.astype(np.float32))


@dataclass(frozen=True)
class Claims:
    """Columns of length m, one for each call and pair that it falls on.

    `row` indexes the `Asked` columns, `call` the `Calls` columns; `claim` is in capability
    units at the guarantor.
    """

    run: Ints
    row: Ints
    call: Ints
    claim: Singles


def fall_on(calls: Calls, on: Asked, state: State) -> Claims:
    """The claims of every pair that stands, whose guarantor stands and is not the challenger."""
    first, last = on.start[calls.beneficiary], on.start[calls.beneficiary + 1]
    length = last - first
    call = np.repeat(np.arange(len(length)), length)
    offset = np.arange(len(call)) - np.repeat(np.cumsum(length) - length, length)
    row = first[call] + offset
    run = calls.run[call]
    guarantor = on.guarantor[row]
    kept = np.flatnonzero(
        ~state.gone[run, on.pair[row]]
        & (state.standing[run, guarantor] > 0)
        & (guarantor != calls.challenger[call])
    )
    run, row, call = run[kept], row[kept], call[kept]
    return Claims(run, row, call, calls.need[call] * on.share[row])
