"""The ordered model: right gradients, recovered coefficients, honest about what sources hide."""

from __future__ import annotations

import numpy as np
import pytest

from foedus.reliability.ordered import (
    _objective,
    _slopes,
    fit,
    rung_probabilities,
    seen_in_range,
)

CUTS = np.array([-1.5, -0.3, 0.8, 2.0])
BETA = np.array([1.0, -0.6, 0.0])


def _data(n: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    x = rng.standard_normal((n, 3))
    shares = rung_probabilities(CUTS, x @ BETA)
    return x, (rng.random(n)[:, None] > shares.cumsum(axis=1)).sum(axis=1)


def test_slopes_are_those_of_the_objective() -> None:
    x, rung = _data(60, 1)
    seen = seen_in_range(np.maximum(rung - 1, 0), rung)
    seen[:10] = [1, 1, 1, 0.4, 0.2]
    b, top = seen[:, :-1] - seen[:, 1:], seen[:, -1]
    weight, penalty = np.full(60, 0.7), np.full(7, 0.3)
    at = np.concatenate([CUTS, BETA]) + 0.1
    gradient, _ = _slopes(at, x, b, top, weight, penalty)
    for place in range(7):
        step = np.zeros(7)
        step[place] = 1e-5
        up = _objective(at + step, x, b, top, weight, penalty)
        down = _objective(at - step, x, b, top, weight, penalty)
        assert gradient[place] == pytest.approx((up - down) / 2e-5, rel=1e-4, abs=1e-5)


def test_exact_rungs_give_the_parameters_back_within_their_intervals() -> None:
    x, rung = _data(4000, 2)
    found = fit(x, seen_in_range(rung, rung), np.ones(4000), np.full(3, 5.0))
    deviation = np.sqrt(np.diag(found.covariance))
    assert (np.abs(found.beta - BETA) < 3.5 * deviation[4:]).all()
    assert (np.abs(found.cuts - CUTS) < 3.5 * deviation[:4]).all()


def test_ranges_are_used_and_cost_precision() -> None:
    x, rung = _data(4000, 3)
    blurred = fit(
        x,
        seen_in_range(np.where(rung == 4, 4, 0), np.where(rung == 4, 4, 3)),
        np.ones(4000),
        np.full(3, 5.0),
    )
    exact = fit(x, seen_in_range(rung, rung), np.ones(4000), np.full(3, 5.0))
    assert np.abs(blurred.beta - BETA).max() < 0.25
    assert blurred.cuts[3] == pytest.approx(CUTS[3], abs=0.25)
    assert blurred.covariance[4, 4] > exact.covariance[4, 4]


def test_a_source_that_misses_supporters_does_not_pull_the_rate_down() -> None:
    """A third of all supporters go unlisted; told so, the model finds the share all the same."""
    rng = np.random.default_rng(4)
    rung = np.where(rng.random(6000) < 0.4, 3, 0)
    listed = (rung == 3) & (rng.random(6000) < 0.67)
    naive = seen_in_range(np.where(listed, 3, 0), np.where(listed, 4, 2))
    honest = naive.copy()
    honest[~listed] = [1, 1, 1, 0.33, 0.33]
    none, weight = np.zeros((6000, 0)), np.ones(6000)
    shares = [
        rung_probabilities(fit(none, seen, weight, np.zeros(0)).cuts, np.zeros(1))[0, 3:].sum()
        for seen in (naive, honest)
    ]
    assert shares[0] < 0.3
    assert shares[1] == pytest.approx(0.4, abs=0.03)


def test_draws_spread_as_the_covariance_says_and_keep_the_order_of_thresholds() -> None:
    x, rung = _data(300, 5)
    found = fit(x, seen_in_range(rung, rung), np.ones(300), np.full(3, 1.0))
    cuts, beta = found.draws(4000, np.random.default_rng(6))
    assert (np.diff(cuts, axis=1) >= 0).all()
    assert beta.std(axis=0) == pytest.approx(np.sqrt(np.diag(found.covariance))[4:], rel=0.08)


def test_without_any_row_of_a_rung_the_answer_stays_finite() -> None:
    never = np.zeros(30, dtype=np.int64)
    found = fit(np.zeros((30, 0)), seen_in_range(never, never), np.ones(30), np.zeros(0))
    shares = rung_probabilities(found.cuts, np.zeros(1))
    assert np.isfinite(shares).all()
    assert shares[0, 0] > 0.9
