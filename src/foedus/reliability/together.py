"""An organisation's forecast: the highest rung that any member reaches."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from foedus.catalog.facts import Facts
from foedus.reliability.features.groups import NAMES
from foedus.reliability.ordered import Floats, logistic
from foedus.reliability.two_level import Trained
from foedus.reliability.willingness import WIDER_A_YEAR

DRAWS = 400
_NODES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(7)
SHARED = 0.5
"""Share of the unseen variance that members of one organisation share."""


def members(facts: Facts, organisation: str, without: str) -> tuple[str, ...]:
    """Member states on the facts' day, in order of id."""
    rows = facts.rows(
        "SELECT DISTINCT member FROM memberships JOIN actors a ON a.id = member"
        " WHERE organisation = $organisation AND status = 'member' AND member <> $without"
        " AND a.kind = 'state' AND (left_on IS NULL OR left_on > getvariable('as_of'))"
        " ORDER BY member",
        {"organisation": organisation, "without": without},
    )
    return tuple(row["member"] for row in rows)


def highest_of(
    model: Trained, x: Floats, call: Sequence[int], draws: int, rng: np.random.Generator
) -> Floats:
    """Probabilities (draws, calls, 5) of the highest rung in each call; x (n, f), call (n,).

    Beside the call's own effect, half of the variance of what the model does not see is taken
    to be shared by the members: judgement, between independence, which makes large alliances
    certain to act, and one fate for all.
    """
    own = np.sqrt(1 - SHARED)
    common = np.sqrt(model.spread**2 + SHARED * np.pi**2 / 3)
    cuts, beta = model.fitted.draws(draws, rng)
    eta = beta @ model.columns(x).T
    behind = np.nan_to_num(x[:, NAMES.index("carried")], nan=10.0)
    eta += WIDER_A_YEAR * rng.standard_normal(draws)[:, None] * behind
    numbers = np.asarray(call)
    calls = int(numbers.max()) + 1
    below = np.zeros((draws, calls, 4))
    for node, weight in zip(_NODES, _WEIGHTS / _WEIGHTS.sum(), strict=True):
        logs = np.log(
            np.maximum(logistic((cuts[:, None, :] - eta[:, :, None] - common * node) / own), 1e-300)
        )
        for one in range(calls):
            below[:, one] += weight * np.exp(logs[:, numbers == one].sum(axis=1))
    ends = np.zeros((draws, calls, 1))
    return np.diff(np.concatenate([ends, below, ends + 1], axis=2), axis=2)
