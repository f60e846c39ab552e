"""What counts as a difference between two sets of runs."""

from __future__ import annotations

from stress_networks import CLIENT, FOE, small

from foedus.stress.chance import rises
from foedus.stress.plan import Attack, Plan, Quarter
from foedus.stress.run import run

NETWORK = small()
STRUCK = Plan(8, {0: Quarter(attacks=(Attack(CLIENT, (FOE,), True),))})


def test_the_attacked_fail_more_often_and_other_draws_alone_do_not() -> None:
    baseline, other = (run(NETWORK, Plan(8), runs=800, seed=s, size=100) for s in (1, 2))
    struck = run(NETWORK, STRUCK, runs=800, seed=1, size=100)
    called = NETWORK.pairs.beneficiary == CLIENT
    rise, beyond = rises(baseline, struck)
    assert beyond[called].all()
    assert (rise[called] > 0.1).all()
    assert not rises(baseline, other)[1].any()


def test_one_run_shows_nothing() -> None:
    baseline, struck = (run(NETWORK, plan, runs=1, seed=1) for plan in (Plan(8), STRUCK))
    assert not rises(baseline, struck)[1].any()
