"""Willingness: probabilities of the five rungs for many commitments, if they were tested."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

import numpy as np

from foedus.catalog.facts import Facts
from foedus.reliability.alternatives import challenger_shares
from foedus.reliability.cases import Asked, asked_features
from foedus.reliability.current import model_on
from foedus.reliability.features.groups import NAMES
from foedus.reliability.ordered import Floats
from foedus.reliability.two_level import Trained, over_calls

MOST_CHALLENGERS = 3
WIDER_A_YEAR = 0.03
"""Standard deviation (logits) added for each year by which the capability data are behind."""
_BLOCK = 400
"""Questions at a time, each block with the same parameter draws: memory stays with the draws."""


def willingness(
    facts: Facts,
    pairs: Sequence[tuple[str, str]],
    *,
    draws: int = 200,
    seed: int = 0,
    likely: Mapping[str, Mapping[str, float]] | None = None,
) -> Floats:
    """Probabilities (draws, pairs, 5) of rungs 0 to 4 within 365 days, do(call).

    `pairs` are (guarantor, beneficiary). Row d of every pair shares the parameter draw d. Each
    pair is averaged over the likeliest challengers of its beneficiary; `likely` holds the shares
    of all of them where the caller has his own.
    """
    if not pairs:
        return np.zeros((draws, 0, 5))
    stored = model_on(facts)
    if stored is None:
        from foedus.reliability.base_willingness import base_willingness

        return base_willingness(facts, pairs, draws=draws, seed=seed)
    shares = challenger_shares(facts) if likely is None else likely
    asked, owner, weight = _asked(pairs, shares)
    x = asked_features(facts, asked, facts.as_of + timedelta(days=1))
    found = np.zeros((draws, len(pairs), 5))
    for start in range(0, len(x), _BLOCK):
        rng = np.random.Generator(np.random.Philox(key=[seed, facts.as_of.toordinal()]))
        part = slice(start, start + _BLOCK)
        drawn = drawn_probabilities(stored.windows[1], x[part], draws, rng)
        for number, (place, share) in enumerate(zip(owner[part], weight[part], strict=True)):
            found[:, place] += share * drawn[:, number]
    return found


def drawn_probabilities(model: Trained, x: Floats, draws: int, rng: np.random.Generator) -> Floats:
    """Rung probabilities (draws, n, 5) of features (n, f), one parameter draw to a row."""
    cuts, beta = model.fitted.draws(draws, rng)
    columns = model.columns(x)
    behind = np.nan_to_num(x[:, NAMES.index("carried")], nan=10.0)
    shift = rng.standard_normal(draws)
    eta = beta @ columns.T + WIDER_A_YEAR * shift[:, None] * behind
    return over_calls(cuts[:, None, :], eta, model.spread)


def _asked(
    pairs: Sequence[tuple[str, str]], likely: Mapping[str, Mapping[str, float]]
) -> tuple[list[Asked], list[int], list[float]]:
    asked: list[Asked] = []
    owner: list[int] = []
    weight: list[float] = []
    for number, (giver, receiver) in enumerate(pairs):
        shares = [(key, share) for key, share in likely.get(receiver, {}).items() if key != giver]
        shares = shares[:MOST_CHALLENGERS] or [("", 1.0)]
        total = sum(share for _, share in shares)
        for key, share in shares:
            asked.append(Asked(giver, receiver, (key,) if key else ()))
            owner.append(number)
            weight.append(share / total)
    return asked, owner, weight
