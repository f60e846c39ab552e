"""Which calls test promises: drawn ones at the share estimated, scripted ones always."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from stress_networks import CLIENT, FOE, small, values

from foedus.catalog.facts import Facts
from foedus.stress.build import build
from foedus.stress.kernel import simulate
from foedus.stress.plan import Attack, Plan, Quarter
from foedus.stress.tested import shares_tested

NETWORK = small(rate=0.4)


def test_of_drawn_calls_that_test_nothing_nothing_is_claimed() -> None:
    spared = values(tested_war=0.0, tested_short=0.0)
    found = simulate(NETWORK, Plan(8), spared, 500, 1, 0)
    assert found.total("calls") > 0 == found.total("tested")
    assert not found.asked.any()
    assert not found.claimed.any()


def test_the_share_of_tested_calls_is_the_parameter() -> None:
    found = simulate(NETWORK, Plan(8), values(tested_war=0.5, tested_short=0.1), 4000, 1, 0)
    wars = found.total("wars")
    expected = 0.5 * wars + 0.1 * (found.total("calls") - wars)
    assert found.total("tested") == pytest.approx(expected, rel=0.05)


def test_a_scripted_attack_always_tests_promises() -> None:
    struck = Plan(1, {0: Quarter(attacks=(Attack(CLIENT, (FOE,), False),))})
    found = simulate(NETWORK, struck, values(tested_war=0.0, tested_short=0.0), 300, 1, 0)
    assert found.total("tested") == 300
    assert found.asked.sum() > 0


def test_shares_follow_forces_sent_over_forces_expected_before_the_day() -> None:
    facts = Facts(date(1970, 1, 1))
    network = build(facts, willing=False)
    actors, pairs = network.actors, network.pairs
    likely, likelier = (
        np.full((1, pairs.count, 3), chance, dtype=np.float32) for chance in (0.1, 0.2)
    )
    war, short = shares_tested(facts, actors, pairs, likely)
    assert 0 < short.value < war.value <= 1
    assert short.n is not None
    assert short.n > 500
    assert short.value == pytest.approx(
        2 * shares_tested(facts, actors, pairs, likelier)[1].value, rel=0.02
    )
    assert short.low < short.value < short.high
