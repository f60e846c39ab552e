"""Recalibration moves a level and a slope no further than earlier forecasts ask for."""

from __future__ import annotations

import numpy as np
import pytest

from foedus.reliability.backtest.recalibration import recalibrated
from foedus.reliability.backtest.scores import calibration


def _forecasts(number: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(3)
    chance = 1 / (1 + np.exp(-rng.normal(-3, 1, number)))
    return chance, rng.random(number) < chance


def test_right_forecasts_stay_as_they_are() -> None:
    chance, came = _forecasts(20_000)
    np.testing.assert_allclose(
        recalibrated(chance, came, np.ones(len(chance)), chance), chance, rtol=0.1
    )


def test_forecasts_too_high_by_half_come_down_in_their_order() -> None:
    chance, came = _forecasts(20_000)
    high = chance / (chance + (1 - chance) / 3)
    found = recalibrated(high, came, np.ones(len(high)), high)
    assert found.mean() == pytest.approx(came.mean(), rel=0.1)
    assert (np.diff(found[np.argsort(high)]) >= 0).all()


def test_a_few_earlier_forecasts_move_little() -> None:
    now = np.array([0.01, 0.1])
    found = recalibrated(np.full(5, 0.05), np.zeros(5, dtype=bool), np.ones(5), now)
    np.testing.assert_allclose(found, now, rtol=0.1)


def test_the_slope_is_found_where_whole_steps_overshoot() -> None:
    """Rare outcomes at both ends sent undamped steps back and forth without end."""
    odds = np.concatenate([np.full(4000, -7.0), np.full(30, 0.0)])
    reached = np.zeros(len(odds), dtype=bool)
    reached[4000:4026] = True
    chance = 1 / (1 + np.exp(-odds))
    slope, intercept = calibration(chance, reached, np.ones(len(odds)))
    fitted = 1 / (1 + np.exp(-(intercept + slope * odds)))
    assert fitted.mean() == pytest.approx(reached.mean(), rel=1e-3)
    assert slope > 1
