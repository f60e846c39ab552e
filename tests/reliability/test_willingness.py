"""Willingness: coherent, repeatable, of the day asked for; the shipped model is the catalog's."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from foedus.catalog.facts import Facts
from foedus.reliability.current import data_hash, fitted_on, model_on
from foedus.reliability.fit import REGISTER_CLOSED
from foedus.reliability.stored import read
from foedus.reliability.willingness import willingness

TODAY = date(2026, 11, 21)
PAIRS = [("RUS", "IRN"), ("USA", "ISR"), ("CHN", "PRK"), ("BRA", "ARG")]


def test_draws_are_probabilities_and_repeat() -> None:
    found = willingness(Facts(TODAY), PAIRS, draws=50, seed=3)
    assert found.shape == (50, 4, 5)
    assert (found >= 0).all()
    np.testing.assert_allclose(found.sum(axis=2), 1)
    np.testing.assert_array_equal(found, willingness(Facts(TODAY), PAIRS, draws=50, seed=3))


def test_a_pair_has_the_same_answer_in_any_company() -> None:
    alone = willingness(Facts(TODAY), PAIRS[:1], draws=20, seed=3)
    np.testing.assert_allclose(alone, willingness(Facts(TODAY), PAIRS, draws=20, seed=3)[:, :1])


def test_no_pairs_give_an_empty_answer() -> None:
    assert willingness(Facts(TODAY), [], draws=7).shape == (7, 0, 5)


def test_the_shipped_model_is_fitted_to_the_shipped_catalog() -> None:
    """Mend a failure with `python -m foedus.reliability.fit`."""
    assert read().stamp.data == data_hash(Facts(TODAY))


def test_a_refit_gives_the_shipped_model() -> None:
    shipped, again = read(), fitted_on(Facts(REGISTER_CLOSED))
    assert again is not None
    assert again.stamp == shipped.stamp
    for old, new in zip(shipped.windows, again.windows, strict=True):
        np.testing.assert_allclose(new.fitted.beta, old.fitted.beta, atol=1e-4)
        np.testing.assert_allclose(new.fitted.cuts, old.fitted.cuts, atol=1e-3)


def test_an_earlier_day_is_answered_from_calls_that_had_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOEDUS_CACHE", str(tmp_path))
    day = date(1938, 9, 1)
    then = model_on(Facts(day))
    assert then is not None
    assert then.stamp.last_call <= "1938-09-01"
    assert then.stamp.rows < read().stamp.rows
    (kept,) = tmp_path.glob("*.npz")
    np.testing.assert_array_equal(read(kept).windows[1].fitted.beta, then.windows[1].fitted.beta)


def test_before_crises_were_coded_base_rates_answer() -> None:
    found = willingness(Facts(date(1900, 1, 1)), [("FRA", "RUS")], draws=30)
    np.testing.assert_allclose(found.sum(axis=2), 1)
