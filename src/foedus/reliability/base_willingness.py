"""Willingness from base rates alone: for days before enough calls tell the rung."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from foedus.catalog.facts import Facts
from foedus.reliability.base_rate import DRAWS, BaseRate, Floats, Situation
from foedus.reliability.held import only_multilateral, strongest
from foedus.reliability.training import OBLIGATIONS, era, training

WAR = 5


def base_willingness(
    facts: Facts, pairs: Sequence[tuple[str, str]], *, draws: int, seed: int
) -> Floats:
    """Probabilities (draws, pairs, 5) of the class of each pair's strongest promise, in a war."""
    model = BaseRate(training(facts), 1)
    known: dict[Situation, Floats] = {}
    found = np.empty((draws, len(pairs), 5))
    for number, (giver, receiver) in enumerate(pairs):
        held = [one for one in facts.commitments(giver, receiver) if one.status == "in force"]
        case = Situation(
            obligation=OBLIGATIONS.index(strongest(held)),
            era=era(facts.as_of.year),
            multilateral=int(only_multilateral(held)),
            severity=WAR,
        )
        if case not in known:
            key = [seed, hash((case.obligation, case.multilateral)) & 0xFFFF]
            rng = np.random.Generator(np.random.Philox(key=key))
            known[case] = model.draws(case, rng)[np.arange(draws) % DRAWS]
        found[:, number] = known[case]
    return found
