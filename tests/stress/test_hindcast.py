"""Hindcasts: scores against values worked out by hand, and no fact from after the origin."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import pytest

import foedus
from foedus.catalog.facts import Facts, Overlay
from foedus.errors import InputError
from foedus.stress.hindcast_origin import CALLS, simulated
from foedus.stress.hindcast_scores import any_brier, auc, count_rps, logistic, ratio_interval


def test_rps_of_a_certain_forecast_is_the_classes_it_misses_by() -> None:
    mean, count = np.array([0.0, 0.0, 0.0]), np.array([0.0, 2.0, 9.0])
    assert count_rps(mean, count) == pytest.approx([0.0, 2.0, 5.0])


def test_rps_of_a_poisson_forecast_by_hand() -> None:
    below = np.cumsum([math.exp(-1) / math.factorial(k) for k in range(5)])
    by_hand = below[0] ** 2 + sum((1 - p) ** 2 for p in below[1:])
    assert count_rps(np.array([1.0]), np.array([1.0]))[0] == pytest.approx(by_hand)


def test_brier_and_auc_by_hand() -> None:
    mean = np.array([math.log(2), math.log(2)])
    assert any_brier(mean, np.array([0.0, 3.0])) == pytest.approx([0.25, 0.25])
    assert auc(np.array([1.0, 2.0, 2.0, 3.0]), np.array([0.0, 0.0, 1.0, 1.0])) == 0.875
    assert math.isnan(auc(np.array([1.0, 2.0]), np.zeros(2)))


def test_ratio_of_blocks_that_agree_has_no_width() -> None:
    found = ratio_interval(np.array([2.0, 4.0, 6.0]), np.array([1.0, 2.0, 3.0]))
    assert found == pytest.approx((2.0, 2.0, 2.0))


def test_the_logistic_hazard_gives_back_the_share_of_events() -> None:
    x = np.repeat([[0.0], [1.0]], 1000, axis=0)
    y = np.concatenate([np.arange(1000) < 100, np.arange(1000) < 400]).astype(float)
    mean = logistic(x, y, np.array([[0.0], [1.0]]))
    assert 1 - np.exp(-mean) == pytest.approx([0.1, 0.4], abs=0.002)


def test_an_origin_that_cannot_be_scored_is_refused_with_what_can() -> None:
    with pytest.raises(InputError, match="1950-2009"):
        foedus.hindcast(first=1949)
    with pytest.raises(InputError, match="runs is 0"):
        foedus.hindcast(runs=0)


@pytest.mark.slow
def test_a_call_after_the_origin_moves_nothing_that_the_model_says() -> None:
    origin = 1980
    called = Facts(date(origin - 1, 12, 31)).calls()
    known = next(call for call in called if call.kind == "dispute" or call.hostility is not None)
    later = known.model_copy(
        update={"id": "planted", "started": known.started.model_copy(
            update={"first": date(1981, 1, 1), "last": date(1981, 1, 1)}
        )}
    )  # fmt: skip
    plain = simulated(origin, 50, 1)
    planted = simulated(origin, 50, 1, overlay=Overlay(calls=[later]))
    assert plain.means.keys() == planted.means.keys()
    for name in plain.means:
        assert np.array_equal(plain.means[name], planted.means[name]), name
    assert np.array_equal(plain.units[CALLS].features, planted.units[CALLS].features)


@pytest.mark.slow
def test_a_short_hindcast_scores_calls_within_a_factor_of_two() -> None:
    found = foedus.hindcast(first=1990, last=1990, step=10, runs=50)
    assert found.origins == (1990,)
    calls = next(x for x in found.lines if x.outcome == CALLS and x.forecast == "stress model")
    assert calls.ratio is not None
    assert calls.ratio.value is not None
    assert 0.5 < calls.ratio.value < 2
    assert calls.auc is not None
    assert calls.auc > 0.6
    assert found.endings.replaced < found.endings.ended
