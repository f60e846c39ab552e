"""Impact of one default: the share of the network's expected security that goes with it."""

from __future__ import annotations

import numpy as np

from foedus.stress.network import Floats, Network
from foedus.stress.plan import Plan
from foedus.stress.prepared import Held, asked, capability

_ROUNDS = 3


def impact(network: Network, values: dict[str, float]) -> Floats:
    r"""Impact index (p, 0..1) of each pair, NaN where nothing is owed.

    Expected security of a beneficiary b is its own capability and what it may expect,
    $Y_b = C_b + \sum_e a_e \bar v_e \delta_e$ with $a_e$ the most that falls on pair e (its
    guarantor's deployable capability). A default of e takes its part of $Y_b$, and from the
    guarantor's other beneficiaries what their belief loses, $\kappa$ (near) or $\kappa \phi$
    (far observers). What b loses it cannot lend: distress h spreads along
    $W_{bc}$, the part of $Y_c$ that comes from b, for three rounds, each actor passing on only
    what is new. The index is $\sum_c Y_c h_c / \sum_c Y_c$.

    Source: DebtRank, Battiston et al. 2012, Scientific Reports 2:541.
    """
    strength = capability(network, values)
    held = Held(network, Plan(1))
    on = asked(network, held, network.pairs.level, values, strength)
    n = len(strength)
    giver, taker = held.guarantor, held.beneficiary
    worth = (values["deployable"] * strength[giver] * on.due * on.expected * on.discount).astype(
        np.float64
    )
    security = strength + np.bincount(taker, weights=worth, minlength=n)
    part = np.divide(worth, security[taker], out=np.zeros_like(worth), where=security[taker] > 0)
    spread = np.zeros((n, n))
    spread[giver, taker] = part
    near = network.actors.bloc[:, None] == network.actors.bloc[None, :]
    kappa = abs(values["observers"]) * np.where(near, 1.0, values["far_observers"])
    doubt = 1 - 2 / (1 + np.exp(kappa))
    distress = spread[giver] * doubt[taker] * (1 - on.expected)[:, None]
    distress[np.arange(len(giver)), taker] = part
    fresh = distress
    for _ in range(_ROUNDS):
        fresh = np.minimum(fresh @ spread, 1 - distress)
        distress = distress + fresh
    index = np.full(network.pairs.count, np.nan)
    index[held.pair] = np.clip(distress @ security / security.sum(), 0, 1)
    return index
