"""Scores: right where they can be worked out by hand, and proper."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.reliability.backtest import scores as s

SURE = np.eye(5)


def _known(rungs: list[int]) -> s.Outcomes:
    values = np.array(rungs)
    return s.Outcomes(values, values, np.arange(len(rungs)))


def test_a_sure_and_right_forecast_is_perfect_and_a_wrong_one_is_not() -> None:
    outcome = _known([3, 3])
    ranked = s.ranked_scores(SURE[[3, 0]], outcome)
    assert ranked.tolist() == [0, 3]
    assert s.log_scores(SURE[[3, 0]], outcome).tolist() == [0, pytest.approx(np.log(1e-4))]


def test_thresholds_that_the_source_leaves_open_do_not_count() -> None:
    outcome = s.Outcomes(np.array([0]), np.array([3]), np.array([0]))
    even = np.full((1, 5), 0.2)
    assert s.ranked_scores(even, outcome)[0] == pytest.approx(0.2**2)
    assert np.isnan(s.brier_scores(even, outcome, s.MATERIAL))[0]
    assert s.brier_scores(even, outcome, s.FORCES)[0] == pytest.approx(0.04)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.floats(0.01, 1), min_size=5, max_size=5),
       st.lists(st.floats(0.01, 1), min_size=5, max_size=5))  # fmt: skip
def test_nobody_gains_by_saying_what_he_does_not_believe(
    true: list[float], said: list[float]
) -> None:
    p, q = (np.array(x) / sum(x) for x in (true, said))
    outcome = _known([0, 1, 2, 3, 4])

    def expected(shares: np.ndarray) -> tuple[float, float]:
        many = np.tile(shares, (5, 1))
        return (
            float(p @ s.log_scores(many, outcome)),
            float(p @ s.ranked_scores(many, outcome)),
        )

    assert expected(p)[0] >= expected(q)[0] - 1e-12
    assert expected(p)[1] <= expected(q)[1] + 1e-12


def test_auc_counts_ties_as_half() -> None:
    assert s.auc(np.array([0.1, 0.9]), np.array([False, True])) == 1
    assert s.auc(np.array([0.5, 0.5]), np.array([False, True])) == 0.5
    assert np.isnan(s.auc(np.array([0.5]), np.array([True])))


def test_calibration_finds_the_distortion_that_was_put_in() -> None:
    rng = np.random.default_rng(1)
    log_odds = rng.normal(0, 1.5, 20000)
    reached = rng.random(20000) < 1 / (1 + np.exp(-(0.5 * log_odds - 0.3)))
    said = 1 / (1 + np.exp(-log_odds))
    slope, intercept = s.calibration(said, reached, np.ones(20000))
    assert slope == pytest.approx(0.5, abs=0.05)
    assert intercept == pytest.approx(-0.3, abs=0.05)


def test_intervals_widen_when_rows_come_in_calls() -> None:
    rng = np.random.default_rng(2)
    effect = np.repeat(rng.normal(size=40), 10)
    alone = s.mean_interval(effect, np.arange(400))
    together = s.mean_interval(effect, np.repeat(np.arange(40), 10))
    assert alone[0] == together[0]
    assert together[2] - together[1] > 2 * (alone[2] - alone[1])


def test_one_call_one_vote() -> None:
    weight = s.call_weights(np.array([0, 0, 0, 1]))
    assert weight[:3].sum() == pytest.approx(weight[3])
    assert weight.mean() == pytest.approx(1)
