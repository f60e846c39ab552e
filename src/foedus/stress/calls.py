"""Calls of one quarter: who is called, by whom, how hard, and how much is claimed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from foedus.stress.network import Actors, Bools, Ints
from foedus.stress.plan import Attack
from foedus.stress.state import State
from foedus.stress.streams import of_cells

if TYPE_CHECKING:
    from foedus.stress.prepared import Sparse

Singles = npt.NDArray[np.float32]
Found = tuple[Ints, Ints, Ints, Bools]
"""Run, beneficiary, challenger (-1 unknown) and war of each call."""


@dataclass(frozen=True)
class Calls:
    """Columns of length c: the run, the beneficiary, the challenger (-1 unknown), whether a war.

    `tests` marks the calls that test promises: of the others nothing is claimed. `against` and
    `own` are capabilities, `need` the claim on all guarantors together.
    """

    run: Ints
    beneficiary: Ints
    challenger: Ints
    war: Bools
    tests: Bools
    against: Singles
    own: Singles
    need: Singles


def pressure(
    state: State, base_free: Singles, support: Sparse, values: dict[str, float]
) -> Singles:
    r"""Log change (r, n) of every call rate: patrons tied down, expected support in doubt.

    $\sum_g w_{gb} (\alpha (l_g - l_g^0) + \beta d_g) + \beta L_b$ with $w$ the parts of the
    expected support, $l$ loads, $d = -\Delta/2$ in -1..1 the doubt about a guarantor, and L
    the part of the support whose texts ended. The product is sparse, so that it does not
    depend on the number of threads.
    """
    moved = np.multiply(state.view, np.float32(-values["deterrence"] * state.fade / 2))
    limit = np.float32(values["deterrence"])
    np.clip(moved, -limit, limit, out=moved)
    moved += np.float32(values["opportunity"]) * (base_free - state.free)
    change: Singles = np.ascontiguousarray((support @ moved.T).T)
    change += limit * state.lost_support
    return change


def drawn(
    actors: Actors,
    state: State,
    rate: Singles,
    log_change: Singles,
    factor: Singles,
    uniform: Singles,
) -> Found:
    """The calls that `uniform` (r, n) makes; `rate` (n) is calls a quarter, `factor` (r) common.

    One uniform decides all: what is left of it after the call decides on war, and what is left
    then on the challenger.
    """
    expected = np.exp(log_change, out=log_change)
    expected *= rate
    expected *= factor[:, None]
    expected *= state.standing
    likely = np.flatnonzero(uniform < expected)
    chance = 1.0 - np.exp(-expected.ravel()[likely])
    left = uniform.ravel()[likely] / chance
    likely, left = likely[left < 1.0], left[left < 1.0]
    run, who = np.divmod(likely, state.standing.shape[1])
    share = actors.war[who]
    war = left < share
    with np.errstate(divide="ignore", invalid="ignore"):
        left = np.where(war, left / share, (left - share) / (1 - share))
    ladder = np.cumsum(actors.weight, axis=1)[who]
    slot = np.minimum((left[:, None] >= ladder).sum(axis=1), ladder.shape[1] - 1)
    challenger = actors.challenger[who, slot]
    alive = (challenger < 0) | (state.standing[run, challenger] > 0)
    return run[alive], who[alive], challenger[alive], war[alive]


def scripted(attacks: tuple[Attack, ...], state: State) -> tuple[Found, Singles]:
    """The scenario's calls in every run, and the challengers' capability together (c)."""
    parts = [_attacked(attack, state) for attack in attacks]
    if not parts:
        nobody = np.zeros(0, dtype=np.int64)
        return (nobody, nobody, nobody, np.zeros(0, dtype=bool)), np.zeros(0, dtype=np.float32)
    run, who, by = (np.concatenate([part[at] for part in parts]) for at in range(3))
    war = np.concatenate([np.full(len(p[0]), a.war) for p, a in zip(parts, attacks, strict=True)])
    return (run, who, by, war), np.concatenate([part[3] for part in parts])


def _attacked(attack: Attack, state: State) -> tuple[Ints, Ints, Ints, Singles]:
    """Run, beneficiary, first challenger and the challengers' capability, where they stand."""
    run = np.flatnonzero(state.standing[:, attack.beneficiary] > 0)
    against = np.full(len(run), np.nan, dtype=np.float32)
    known = [who for who in attack.challengers if who >= 0]
    if known:
        rows = np.ix_(run, np.array(known))
        against = (state.strength[rows] * state.free[rows] * state.standing[rows]).sum(axis=1)
    by = attack.challengers[0] if attack.challengers else -1
    return run, np.full(len(run), attack.beneficiary), np.full(len(run), by), against


def claims(
    found: Found,
    written: Found,
    strength_against: Singles,
    state: State,
    values: dict[str, float],
    rng: np.random.Generator,
) -> Calls:
    """All calls of the quarter with their claims; a scripted one replaces a drawn one.

    A drawn call tests promises with `tested_war` or `tested_short`, a scripted one always. The
    claim is what the challengers have over the beneficiary, at least `least_claim` of what
    they have; short of war, `force_claim` of that. An unknown challenger is an equal.
    """
    n = state.standing.shape[1]
    run, who, by, war = found
    if len(written[0]):
        kept = ~np.isin(run * n + who, written[0] * n + written[1])
        run, who, by, war = run[kept], who[kept], by[kept], war[kept]
    usable = len(run)
    tests = np.ones(usable + len(written[0]), dtype=bool)
    share = np.where(war, values["tested_war"], values["tested_short"])
    tests[:usable] = of_cells(rng, run * n + who) < share
    run, who, by, war = (
        np.concatenate(both) for both in zip((run, who, by, war), written, strict=True)
    )
    own = state.strength[run, who] * state.free[run, who]
    against = np.where(by >= 0, state.strength[run, by] * state.free[run, by], own)
    against[usable:] = np.where(np.isnan(strength_against), own[usable:], strength_against)
    size = np.where(war, np.float32(1), np.float32(values["force_claim"]))
    need = size * np.maximum(against - own, np.float32(values["least_claim"]) * against)
    return Calls(run, who, by, war, tests, against, own, need)
