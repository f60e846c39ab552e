"""The base-rate model: coherent, leak-free, pooled in the direction of the data."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.catalog.facts import Facts
from foedus.domain.actors import Actor
from foedus.domain.assessments import Forecast
from foedus.record.history import actor_names
from foedus.reliability.base_forecast import base_forecast
from foedus.reliability.base_rate import BaseRate, Situation
from foedus.reliability.training import Training, training

HERE = Situation(obligation=2, era=3, multilateral=0, severity=5)


def _rows(low: list[int], high: list[int], obligation: list[int] | None = None) -> Training:
    n = len(low)
    return Training(
        call=np.arange(n),
        obligation=np.array(obligation or [2] * n),
        era=np.full(n, 3),
        multilateral=np.zeros(n, dtype=int),
        severity=np.full(n, 5),
        systematic=np.ones(n, dtype=bool),
        low=np.array([low, low]),
        high=np.array([high, high]),
    )


def _mean(rows: Training, case: Situation = HERE) -> np.ndarray:
    return BaseRate(rows, 1).draws(case, np.random.default_rng(7)).mean(axis=0)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=60))
def test_draws_are_probabilities_whatever_the_rows(pairs: list[tuple[int, int]]) -> None:
    rows = _rows([min(pair) for pair in pairs], [max(pair) for pair in pairs])
    draws = BaseRate(rows, 1).draws(HERE, np.random.default_rng(1))
    assert np.isfinite(draws).all()
    assert (draws >= 0).all()
    assert np.allclose(draws.sum(axis=1), 1)


def test_with_many_exact_rows_the_shares_come_back() -> None:
    rungs = [0] * 100 + [1] * 200 + [2] * 300 + [3] * 100 + [4] * 300
    assert _mean(_rows(rungs, rungs)) == pytest.approx([0.1, 0.2, 0.3, 0.1, 0.3], abs=0.01)


def test_rows_that_see_forces_alone_inform_forces_alone() -> None:
    """300 absences from war data move P(forces) down, and the shape below hardly at all."""
    exact = [0] * 20 + [1] * 20 + [3] * 20 + [4] * 20
    before = _mean(_rows(exact, exact))
    after = _mean(_rows(exact + [0] * 300, exact + [3] * 300))
    assert after[4] < before[4] / 3
    assert after[:4] / after[:4].sum() == pytest.approx(before[:4] / before[:4].sum(), abs=0.03)


def test_a_row_that_leaves_everything_open_changes_nothing() -> None:
    exact = [0] * 10 + [3] * 10 + [4] * 5
    assert _mean(_rows(exact + [0] * 50, exact + [4] * 50)) == pytest.approx(
        _mean(_rows(exact, exact)), abs=0.02
    )


def test_allies_in_one_attack_share_one_vote() -> None:
    """Thirty allies that stayed away from one attack weigh no more than one that did."""
    many = _rows([4] * 5 + [0] * 30, [4] * 5 + [0] * 30)
    shared = Training(**{**many.__dict__, "call": np.array([*range(5), *[5] * 30])})
    one = _rows([4] * 5 + [0], [4] * 5 + [0])
    assert _mean(shared) == pytest.approx(_mean(one), abs=0.02)


def test_a_class_without_rows_leans_on_its_parent_with_a_wider_interval() -> None:
    rungs = [4] * 60 + [0] * 40
    rows = _rows(rungs, rungs)
    model = BaseRate(rows, 1)
    rng = np.random.default_rng(3)
    known = model.draws(HERE, rng)[:, 4]
    unseen = model.draws(Situation(0, 0, 1, 4), rng)[:, 4]
    assert unseen.mean() == pytest.approx(0.6, abs=0.06)
    assert np.ptp(np.quantile(unseen, [0.05, 0.95])) > np.ptp(np.quantile(known, [0.05, 0.95]))


def _forecast(giver: str, receiver: str, day: date) -> Forecast:
    facts = Facts(as_of=day)
    names = actor_names(facts)
    held = [item for item in facts.commitments(giver, receiver) if item.status == "in force"]
    sides = [Actor(id=key, kind="state", name=names[key]) for key in (giver, receiver)]
    return base_forecast(facts, sides[0], sides[1], None, held, names).prior


@pytest.mark.parametrize(
    ("giver", "receiver", "day"),
    [
        ("RUS", "IRN", date(2026, 11, 21)),
        ("USA", "EST", date(2026, 11, 21)),
        ("FRA", "CSK", date(1938, 9, 1)),
    ],
)
def test_a_forecast_is_coherent_and_repeatable(giver: str, receiver: str, day: date) -> None:
    found = _forecast(giver, receiver, day)
    assert found == _forecast(giver, receiver, day)
    month, year = found.windows
    for window in (month, year):
        exact = [item.exactly.probability for item in window.rungs]
        tails = [item.at_least.probability for item in window.rungs]
        assert sum(exact) == pytest.approx(1)
        assert tails == sorted(tails, reverse=True)
        assert tails[0] == pytest.approx(1)
        for item in window.rungs:
            for value in (item.exactly, item.at_least):
                assert 0 <= value.low <= value.high <= 1
    if found.challengers:
        assert sum(weight.weight for weight in found.challengers) == pytest.approx(1)
    else:
        assert any("No past attacker" in limit for limit in found.limits)
    assert sum(weight.weight for weight in found.severities) == pytest.approx(1)
    assert found.last_training_call is not None
    assert found.last_training_call <= day
    sizes = [item.calls for item in found.reference_classes]
    assert sizes == sorted(sizes, reverse=True)


def test_less_is_given_within_thirty_days_than_within_a_year() -> None:
    for giver, receiver in (("RUS", "IRN"), ("USA", "EST"), ("IRN", "SYR"), ("CHN", "PRK")):
        month, year = _forecast(giver, receiver, date(2026, 11, 21)).windows
        for early, late in zip(month.rungs, year.rungs, strict=True):
            assert early.at_least.probability <= late.at_least.probability + 0.02


def test_a_defence_promise_makes_forces_more_likely() -> None:
    day = date(2026, 11, 21)
    promised = _forecast("RUS", "BLR", day).windows[1].rungs[4].at_least.probability
    bare = _forecast("RUS", "IRN", day).windows[1].rungs[4].at_least.probability
    assert promised > bare


def test_training_never_sees_an_attack_that_had_not_ended() -> None:
    for day in (date(1939, 6, 1), date(1990, 12, 31)):
        facts = Facts(as_of=day)
        assert 0 < training(facts).calls < training(Facts(as_of=date(2026, 11, 21))).calls
        late = facts.rows("SELECT count(*) AS n FROM calls WHERE ended_last > $day", {"day": day})
        assert late[0]["n"] == 0
