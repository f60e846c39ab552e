"""Being asked and acting against: beside the headline, and of the day asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

import foedus
from foedus.catalog.facts import Facts
from foedus.reliability.backtest.looks import corrected_level, looks
from foedus.reliability.cases import Cases, past_cases
from foedus.reliability.current import model_on
from foedus.reliability.fit import REGISTER_CLOSED
from foedus.reliability.logit import chance, fit_logit
from foedus.reliability.stages import SHIFTS, Stages, fit_against, fit_asked, fit_stages
from foedus.reliability.stored import read, write
from foedus.report.assessment_blocks import assessment_blocks
from foedus.report.blocks import Section

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def cases() -> Cases:
    return past_cases(Facts(REGISTER_CLOSED))


@pytest.fixture(scope="module")
def shipped() -> Stages:
    stages = read().stages
    assert stages is not None
    return stages


def test_a_logit_finds_the_coefficients_that_made_the_data() -> None:
    rng = np.random.default_rng(3)
    x = rng.standard_normal((20_000, 2))
    yes = (rng.random(20_000) < chance(x, np.array([0.8, -0.5, -1.0]))).astype(np.float64)
    found = fit_logit(x, yes, np.ones(len(x)), np.full(2, 10.0))
    np.testing.assert_allclose(found, [0.8, -0.5, -1.0], atol=0.08)


def test_half_a_yes_counts_as_one_of_two() -> None:
    x = np.zeros((2, 0))
    found = fit_logit(x, np.array([0.5, 1.0]), np.ones(2), np.zeros(0))
    assert chance(x, found)[0] == pytest.approx(0.75, abs=0.02)


def test_unknown_asking_lowers_the_chance_the_less_it_is_like_the_known(
    cases: Cases, shipped: Stages
) -> None:
    x = shipped.scaling.columns(cases.x[cases.registered])
    means = [chance(x, beta).mean() for beta in fit_asked(cases, cases.day.max(), shipped.scaling)]
    assert list(SHIFTS) == sorted(SHIFTS)
    assert means == sorted(means)
    assert means[0] < means[-1] - 0.05


def test_stages_refit_as_shipped(cases: Cases, shipped: Stages) -> None:
    year = read().windows[1]
    again = fit_stages(cases, REGISTER_CLOSED.toordinal(), year.direction, year.scaling)
    assert again is not None
    np.testing.assert_allclose(again.asked, shipped.asked, atol=1e-4)
    np.testing.assert_allclose(again.against, shipped.against, atol=1e-4)
    np.testing.assert_allclose(again.answered.fitted.beta, shipped.answered.fitted.beta, atol=1e-3)


def test_acting_against_averages_to_what_the_register_saw(cases: Cases, shipped: Stages) -> None:
    rows = cases.registered
    columns = np.hstack([shipped.scaling.columns(cases.x[rows]), np.zeros((rows.sum(), 1))])
    beta = fit_against(cases, REGISTER_CLOSED.toordinal(), shipped.scaling)
    assert chance(columns, beta).mean() == pytest.approx(shipped.against_rate, abs=0.02)


def test_stages_survive_a_file_and_an_older_file_has_none(tmp_path: Path) -> None:
    stored = read()
    write(stored, tmp_path / "with.npz")
    write(replace(stored, stages=None), tmp_path / "without.npz")
    kept = read(tmp_path / "with.npz").stages
    assert kept is not None
    assert stored.stages is not None
    np.testing.assert_array_equal(kept.asked, stored.stages.asked)
    assert read(tmp_path / "without.npz").stages is None


def test_a_day_before_the_register_has_no_stages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOEDUS_CACHE", str(tmp_path))
    then = model_on(Facts(date(1938, 9, 1)))
    assert then is not None
    assert then.stages is None


def test_the_assessment_says_what_if_asked_and_the_headline_does_not_condition() -> None:
    assessment = foedus.assess("Russia", "Iran", as_of=TODAY)
    forecast = assessment.forecast
    assert forecast is not None
    asking, against = forecast.asking, forecast.against
    assert asking is not None
    assert against is not None
    assert asking.asked_low <= asking.asked <= asking.asked_high
    headline = next(w for w in forecast.windows if w.days == 365).rungs[3].at_least.probability
    assert asking.material_if_not < headline < asking.material_if_asked
    assert asking.forces_if_asked <= asking.material_if_asked
    assert 0 < against.probability < 0.5
    names = [block.anchor for block in assessment_blocks(assessment) if isinstance(block, Section)]
    assert names.index("asking") == names.index("why") + 1


def test_an_earlier_day_has_stages_of_what_had_ended(
    shipped: Stages, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOEDUS_CACHE", str(tmp_path))
    day = date(2022, 1, 1)
    then = model_on(Facts(day))
    assert then is not None
    assert then.stages is not None
    known = past_cases(Facts(day))
    assert known.day.max() < day.toordinal()
    rate = (known.opposed[known.registered] == 1).mean()
    assert then.stages.against_rate == pytest.approx(rate)
    assert then.stages.against_rate != pytest.approx(shipped.against_rate)


def test_looks_are_counted_from_the_log() -> None:
    assert looks() == 18
    assert corrected_level() == pytest.approx(1 - 0.05 / 18)


_STATE_COLUMNS = (
    "actor", "actor_a", "actor_b", "guarantor", "beneficiary", "attacker", "target", "challengers",
)  # fmt: skip


def test_every_code_used_is_an_actor() -> None:
    """Fewer than one code in a hundred, table by table, is unknown to the actors."""
    facts = Facts(REGISTER_CLOSED)
    columns = facts.rows(
        "SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE NOT internal"
        f" AND column_name IN {_STATE_COLUMNS} AND table_name NOT LIKE '%\\_\\_all' ESCAPE '\\'"
    )
    assert {"calls", "commitments", "responses", "capability"} <= {
        row["table_name"] for row in columns
    }
    for row in columns:
        name, table = row["column_name"], row["table_name"]
        value = f"unnest({name})" if row["data_type"].endswith("[]") else name
        (found,) = facts.rows(
            f"SELECT count(*) AS n, count(*) FILTER (v NOT IN (SELECT id FROM actors)) AS lost"
            f" FROM (SELECT {value} AS v FROM {table}) WHERE v IS NOT NULL"
        )
        assert found["lost"] <= 0.01 * found["n"], f"{table}.{name}: {found}"
