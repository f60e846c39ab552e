"""Observers: how beliefs about guarantors move with what was delivered against what was owed."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from foedus.stress.calls import Calls, Claims
from foedus.stress.network import BLOCS, Network
from foedus.stress.prepared import Asked
from foedus.stress.responses import Responses
from foedus.stress.state import State

Singles = npt.NDArray[np.float32]


def observe(
    network: Network,
    state: State,
    calls: Calls,
    claims: Claims,
    on: Asked,
    answers: Responses,
    values: dict[str, float],
) -> None:
    r"""Move `state.reputation` and `state.trust` by the surprise of every response, in place.

    The surprise of a response is $s = d_e \sigma (v - \bar v)$: how much the pair is held to
    ($d_e$), how hard the call ($\sigma$: 1 a war, else `force_claim` + 0.2), the share served v
    less the share expected. It is damped by $1 - h D$ with D the share of what was owed in the
    run's quarter that was defaulted on (hard times). Beliefs of observers in the beneficiary's
    region move by `observers` x s, those of the beneficiary by `own_partner` x s.

    Source: Crescenzi et al. 2012; LeVeck & Narang 2017 (hard times); Henry 2020 (the sign).
    """
    runs, n = state.standing.shape
    due = on.due[claims.row]
    hard = np.where(calls.war, 1.0, values["force_claim"] + 0.2).astype(np.float32)
    surprise = due * hard[claims.call] * (answers.served - on.expected[claims.row])
    owed = np.bincount(claims.run, weights=due, minlength=runs)
    failed = np.bincount(claims.run, weights=due * answers.default, minlength=runs)
    share = np.divide(failed, owed, out=np.zeros_like(owed), where=owed > 0)
    surprise *= (1 - values["hard_times"] * share[claims.run]).astype(np.float32)
    bloc = network.actors.bloc[calls.beneficiary[claims.call]]
    cell = (claims.run * n + on.guarantor[claims.row]) * len(BLOCS) + bloc
    moved = np.bincount(cell, weights=surprise, minlength=state.reputation.size)
    state.reputation += (
        (values["observers"] * moved).astype(np.float32).reshape(state.reputation.shape)
    )
    state.trust[claims.run, on.pair[claims.row]] += np.float32(values["own_partner"]) * surprise


def seen(
    state: State,
    run: npt.NDArray[np.int64],
    guarantor: npt.NDArray[np.int64],
    bloc: npt.NDArray[np.int64],
    pair: npt.NDArray[np.int64],
    far: float,
) -> Singles:
    """Log-odds (m) by which the beneficiaries of `pair` have moved about their guarantor."""
    near = state.reputation[run, guarantor, bloc]
    everywhere = state.reputation[run, guarantor].sum(axis=1)
    moved: Singles = near + np.float32(far) * (everywhere - near) + state.trust[run, pair]
    return moved
