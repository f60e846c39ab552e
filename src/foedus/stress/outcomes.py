"""Outcomes of calls: a contest of what the beneficiary has and gets against its challengers."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from foedus.stress.calls import Calls
from foedus.stress.network import Bools
from foedus.stress.prepared import Asked, Held
from foedus.stress.responses import Claims, Responses
from foedus.stress.state import State
from foedus.stress.streams import of_cells

Singles = npt.NDArray[np.float32]
_LEAST = np.float32(1e-7)
_MOST_BUSY = 0.9


def loses(calls: Calls, support: Singles, values: dict[str, float]) -> Singles:
    r"""P(c, 0..1) that the beneficiary loses, with `support` (c) in capability units.

    $\Lambda(a + w\,war + b \log(C_{ch} / (C_b + S)))$: the ratio form of a contest.

    Source: Hirshleifer 1989; parameters from `estimates.contest`.
    """
    ratio = np.log((calls.against + _LEAST) / (calls.own + support + _LEAST))
    score = (
        values["contest_level"]
        + values["contest_war"] * calls.war
        + values["contest_slope"] * ratio
    )
    chance: Singles = (1 / (1 + np.exp(-score))).astype(np.float32)
    return chance


def settle(
    state: State,
    calls: Calls,
    claims: Claims,
    held: Held,
    on: Asked,
    answers: Responses,
    rng: np.random.Generator,
    values: dict[str, float],
) -> tuple[Bools, Bools]:
    """Which beneficiaries lose (c) and which regimes fall (c); what the call ties down, in place.

    A war or lesser conflict ties down both sides, and the forces sent tie down who sent them.
    """
    n = state.free.shape[1]
    called = calls.run * n + calls.beneficiary
    row = claims.row[answers.at]
    support = np.bincount(
        claims.call[answers.at],
        weights=answers.arrived * on.discount[row],
        minlength=len(calls.run),
    ).astype(np.float32)
    chance = loses(calls, support, values)
    uniform = of_cells(rng, called)
    lost = uniform < chance
    falls = calls.war & (uniform < chance * np.float32(values["fall_if_defeated"]))
    left = np.where(calls.war, 1 - values["war_load"], 1 - values["force_load"]).astype(np.float32)
    free = state.free.reshape(-1)
    np.multiply.at(free, called, left)
    known = calls.challenger >= 0
    calling = (calls.run * n + calls.challenger)[known]
    np.multiply.at(free, calling, left[known])
    sent = np.flatnonzero(answers.forces > 0)
    holder = claims.holder[answers.at[sent]]
    strength = np.maximum(state.strength.reshape(-1)[holder], _LEAST)
    np.multiply.at(
        free, holder, 1 - np.minimum(answers.forces[sent] / strength, np.float32(_MOST_BUSY))
    )
    touched = np.concatenate([called, calling, holder])
    free[touched] = np.maximum(free[touched], np.float32(1 - _MOST_BUSY))
    return lost, falls
