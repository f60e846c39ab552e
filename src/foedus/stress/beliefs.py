"""Observers: how beliefs about guarantors move with what was delivered against what was owed."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from foedus.stress.calls import Calls
from foedus.stress.network import Actors
from foedus.stress.prepared import Asked
from foedus.stress.responses import Claims, Responses
from foedus.stress.state import State

Singles = npt.NDArray[np.float32]


def surprises(
    calls: Calls,
    claims: Claims,
    on: Asked,
    answers: Responses,
    runs: int,
    values: dict[str, float],
) -> Singles:
    r"""How far each response (m) is from what was expected, negative where it is less.

    $s = d_e \sigma (v - \bar v)(1 - h D)$: how much the pair is held to ($d_e$), how hard the
    call ($\sigma$: 1 a war, else `force_claim` + 0.2), the share served v less the share
    expected; damped in hard times, with D the share of what was owed in the run's quarter that
    was defaulted on.

    Source: Crescenzi et al. 2012; LeVeck & Narang 2017 (hard times).
    """  # fmt: skip
    due = on.due.take(claims.row)
    due[claims.dead] = 0
    kept = answers.at.take(np.flatnonzero(answers.kept))
    owed = np.bincount(calls.run, weights=_of_calls(due, claims), minlength=runs)
    served = calls.run.take(claims.call.take(kept))
    met = np.bincount(served, weights=due.take(kept), minlength=runs)
    default = np.divide(owed - met, owed, out=np.zeros(runs), where=owed > 0)
    hard = np.where(calls.war, 1.0, values["force_claim"] + 0.2)
    weight = (hard * (1 - values["hard_times"] * default[calls.run])).astype(np.float32)
    due *= weight.take(claims.call)
    moved: Singles = (-on.expected).take(claims.row)
    moved[answers.at] += answers.served
    moved *= due
    return moved


def _of_calls(amount: Singles, claims: Claims) -> Singles:
    """Sum (c) of an amount (m) over the claims of each call."""
    total = np.zeros(len(claims.length), dtype=np.float32)
    some = np.flatnonzero(claims.length)
    if len(some):
        first = np.cumsum(claims.length) - claims.length
        total[some] = np.add.reduceat(amount, first[some])
    return total


def observe(
    actors: Actors, state: State, calls: Calls, claims: Claims, surprise: Singles, step: float
) -> None:
    """Move `state.view` and `state.near` by `step` x surprise, in place.

    Observers are near where they are of the beneficiary's region.
    """
    scaled = surprise * np.float32(step / state.fade)
    np.add.at(state.view.reshape(-1), claims.holder, scaled)
    runs, n = state.view.shape
    guarantor = claims.holder - (calls.run * n).take(claims.call)
    guarantor *= runs
    guarantor += (actors.bloc[calls.beneficiary] * state.view.size + calls.run).take(claims.call)
    np.add.at(state.near.reshape(-1), guarantor, scaled)


def fades(state: State, memory: float) -> None:
    """A quarter passes: all that observers hold wears off by `memory`."""
    state.fade *= memory
    if state.fade < 1e-6:
        state.view *= np.float32(state.fade)
        state.near *= np.float32(state.fade)
        state.fade = 1.0
