"""What users rely on in a simulated future: who can give what, and what moves nothing."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest
from stress_networks import (
    CLIENT,
    FOE,
    HOST,
    NAMES,
    PATRON,
    small,
    values,
    without_capability,
)

from foedus.stress.kernel import simulate
from foedus.stress.plan import Attack, Change, Load, Plan, Quarter
from foedus.stress.tally import Tally

NETWORK = small()
STRUCK = Plan(4, {0: Quarter(attacks=(Attack(CLIENT, (FOE,), True),))})
QUIET = {"calls": 0.0, "hazard_paper": 0.0, "hazard_lesser": 0.0, "hazard_defence": 0.0}


def _same(one: Tally, other: Tally) -> bool:
    return all(
        np.array_equal(getattr(one, item.name), getattr(other, item.name)) for item in fields(one)
    )


def _row(guarantor: str, beneficiary: str) -> int:
    found = NETWORK.pairs.find(NAMES.index(guarantor), NAMES.index(beneficiary))
    assert found is not None
    return found


def test_the_same_seed_gives_the_same_numbers_and_another_seed_others() -> None:
    first, second = (simulate(NETWORK, Plan(20), values(), 500, 7, 3) for _ in range(2))
    assert _same(first, second)
    assert not _same(first, simulate(NETWORK, Plan(20), values(), 500, 8, 3))
    assert not _same(first, simulate(NETWORK, Plan(20), values(), 500, 7, 4))


def test_no_shocks_and_no_load_change_nothing() -> None:
    still = simulate(NETWORK, Plan(20), values(**QUIET), 300, 1, 0)
    for name in ("asked", "claimed", "failed", "fallen", "ended", "shortfall", "events"):
        assert not getattr(still, name).any(), name


def test_nobody_delivers_more_than_it_was_asked_or_has() -> None:
    found = simulate(NETWORK, STRUCK, values(**QUIET), 2000, 1, 0)
    assert (found.delivered <= found.claimed + 1e-9).all()
    parts = found.delivered + found.unwilling + found.short + found.blocked
    assert np.allclose(parts, found.claimed, rtol=1e-4)
    capacity = values()["deployable"] + values()["stocks"]
    assert found.delivered[_row("PATRON", "CLIENT")] / found.runs <= 0.2 * capacity + 1e-9


def test_without_capability_every_claim_on_it_is_defaulted() -> None:
    poor = without_capability(NETWORK)
    changed = values(**QUIET, group_capability=1e-30)
    found = simulate(poor, STRUCK, changed, 500, 1, 0)
    row = _row("PATRON", "CLIENT")
    assert found.asked[row] > 0
    assert found.defaulted[row] == found.asked[row]
    assert found.delivered[row] <= 1e-20


def test_the_unwilling_and_the_unable_are_told_apart() -> None:
    row = _row("PATRON", "CLIENT")
    unwilling = simulate(small(forces=0.0, material=0.0), STRUCK, values(**QUIET), 500, 1, 0)
    assert unwilling.unwilling[row] == pytest.approx(unwilling.claimed[row], rel=1e-5)
    assert unwilling.unable[row] == 0
    tied = Plan(4, STRUCK.quarters, loads=(Load(PATRON, 1.0, 0, 4),))
    unable = simulate(small(forces=1.0, material=1.0), tied, values(**QUIET), 500, 1, 0)
    assert unable.unwilling[row] == pytest.approx(0, abs=1e-4)
    assert unable.short[row] > 0
    assert unable.unable[row] == unable.defaulted[row] > 0


def test_more_capacity_never_lowers_total_delivery_with_calls_fixed() -> None:
    delivered = [
        simulate(NETWORK, STRUCK, values(**QUIET, deployable=share), 1000, 1, 0).delivered.sum()
        for share in (0.02, 0.1, 0.3, 0.6)
    ]
    assert delivered == sorted(delivered)


def test_a_lost_platform_stops_what_passes_through_it() -> None:
    row = _row("PATRON", "CLIENT")
    attack = STRUCK.quarters[0].attacks
    closed = Plan(4, {0: Quarter(attacks=attack, platforms=(0,))})
    whole = simulate(NETWORK, STRUCK, values(**QUIET), 500, 1, 0)
    cut = simulate(NETWORK, closed, values(**QUIET), 500, 1, 0)
    assert whole.blocked[row] == 0
    assert cut.blocked[row] > 0
    assert cut.delivered[row] < whole.delivered[row]


def test_a_fallen_host_takes_the_platform_and_the_fallen_are_called_no_more() -> None:
    attack = STRUCK.quarters[0].attacks
    plan = Plan(4, {0: Quarter(falls=(HOST,)), 1: Quarter(attacks=attack)})
    found = simulate(NETWORK, plan, values(**QUIET, platform_loss=1.0), 300, 1, 0)
    assert found.fallen[HOST] == found.runs
    assert found.blocked[_row("PATRON", "CLIENT")] > 0
    fallen = Plan(4, {0: Quarter(falls=(CLIENT,)), 1: Quarter(attacks=attack)})
    assert simulate(NETWORK, fallen, values(**QUIET), 300, 1, 0).called[CLIENT] == 0


def test_a_withdrawn_commitment_is_not_claimed_on() -> None:
    row = _row("PATRON", "CLIENT")
    quarter = Quarter(attacks=STRUCK.quarters[0].attacks, changes=(Change(row, 0),))
    found = simulate(NETWORK, Plan(4, {0: quarter}), values(**QUIET), 300, 1, 0)
    assert found.asked[row] == 0
    assert found.asked[_row("GROUP", "CLIENT")] > 0


def test_defaults_raise_hedging_where_observers_mind() -> None:
    letdown = small(rate=0.4, forces=0.0, material=0.0)
    loud = values(hedging=2.0, observers=1.2, own_partner=2.0, hazard_defence=0.05)
    deaf = loud | {"hedging": 0.0}
    hedges = [simulate(letdown, Plan(20), v, 2000, 1, 0).total("hedges") for v in (deaf, loud)]
    assert hedges[0] == 0 < hedges[1]


def test_a_patron_tied_down_draws_more_calls() -> None:
    tied = Plan(8, loads=(Load(PATRON, 0.9, 0, 8),))
    eager = values(opportunity=1.0)
    calls = [simulate(NETWORK, plan, eager, 4000, 1, 0).called.sum() for plan in (Plan(8), tied)]
    assert calls[1] > calls[0]
