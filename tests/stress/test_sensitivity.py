"""Sensitivity: what drives the result is named, and what cannot drive it is not."""

from __future__ import annotations

import pytest
from stress_networks import CLIENT, FOE, small

from foedus.stress import sensitivity
from foedus.stress.plan import Attack, Plan, Quarter
from foedus.stress.workers import here

PLAN = Plan(4, {0: Quarter(attacks=(Attack(CLIENT, (FOE,), True),))})


def test_sobol_finds_the_share_of_lost_wars_that_fell_a_regime() -> None:
    pytest.importorskip("SALib")
    found = sensitivity.sobol(small(rate=0.05), PLAN, CLIENT, 5, here, samples=8, runs=200)
    judged = {item.name for item in small().parameters.table if item.basis == "prior"}
    assert found.keys() <= judged
    total = {name: effect.total for name, effect in found.items()}
    assert all(value is not None and value > -0.1 for value in total.values())
    assert max(total, key=lambda name: total[name] or 0.0) == "fall_if_defeated"


def test_one_at_a_time_moves_the_result_both_ways() -> None:
    found = sensitivity.one_at_a_time(small(rate=0.05), PLAN, CLIENT, set(), 5, here)
    effect = found["fall_if_defeated"]
    assert effect.low is not None
    assert effect.high is not None
    assert effect.low < 0 < effect.high
