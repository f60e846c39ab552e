"""The backtest: no fold learns from what it is scored on, and files are scored as they are."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

import foedus
from foedus.catalog.facts import Facts
from foedus.catalog.register_format import HERE
from foedus.errors import InputError
from foedus.reliability.backtest.folds import A_YEAR, SCHEMES, folds
from foedus.reliability.backtest.fulfilment import PUBLISHED, fulfilment_test
from foedus.reliability.backtest.rivals import RIVALS
from foedus.reliability.backtest.run import keys_hash, outcomes
from foedus.reliability.backtest.tables import BASE, OURS, SIMPLE, trial
from foedus.reliability.backtest.variants import further, real_time_only
from foedus.reliability.backtest.within_register import predict
from foedus.reliability.cases import Cases, past_cases
from foedus.reliability.fit import REGISTER_CLOSED
from foedus.report.backtest_blocks import trial_blocks


@pytest.fixture(scope="module")
def cases() -> Cases:
    return past_cases(Facts(REGISTER_CLOSED))


def _since(cases: Cases, first: date, calls: int) -> np.ndarray:
    late = np.flatnonzero(cases.registered & (cases.day >= first.toordinal()))
    chosen = sorted({(int(cases.day[row]), str(cases.call[row])) for row in late})[:calls]
    return late[np.isin(cases.call[late], [call for _, call in chosen])]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_no_fold_knows_what_it_is_scored_on(cases: Cases, scheme: str) -> None:
    scored = np.flatnonzero(cases.registered)
    seen = []
    for fold in folds(cases, scheme, scored):
        assert not fold.known[fold.test].any()
        if scheme == "rolling":
            assert (cases.ended[fold.known] <= cases.day[fold.test].min() - A_YEAR).all()
        if scheme == "leave-one-guarantor-out":
            assert not np.isin(cases.guarantor[fold.known], cases.guarantor[fold.test]).any()
        else:
            assert not np.isin(cases.call[fold.known], cases.call[fold.test]).any()
        seen.append(fold.test)
    assert sorted(np.concatenate(seen)) == sorted(scored)


def test_outcomes_that_came_later_change_no_forecast(cases: Cases) -> None:
    scored = _since(cases, date(2016, 1, 1), 2)
    day = int(cases.day[scored].min())
    low, high = cases.low.copy(), cases.high.copy()
    later = cases.ended > day - A_YEAR
    low[:, later], high[:, later] = 4, 4
    changed = replace(cases, low=low, high=high)
    first = _since(cases, date(2016, 1, 1), 1)
    _, before = predict(cases, "rolling", "ex-ante", scored=first, with_rivals=False)
    _, after = predict(changed, "rolling", "ex-ante", scored=first, with_rivals=False)
    np.testing.assert_array_equal(before[OURS], after[OURS])


@pytest.mark.slow
def test_the_model_keeps_its_lead_on_recent_calls(cases: Cases) -> None:
    """The short backtest: what `make backtest` finds in full must not get lost unnoticed."""
    scored = _since(cases, date(2024, 6, 1), 16)
    rows, predicted = predict(cases, "rolling", "ex-ante", scored=scored)
    assert set(RIVALS) <= set(predicted)
    found = trial("recent", "", predicted, outcomes(cases, rows), [])
    score = {model.model: model for model in found.models}
    assert score[OURS].log_score > score[SIMPLE].log_score
    assert score[OURS].rps < score[SIMPLE].rps
    assert score[OURS].rps < score[BASE].rps + 0.01
    for shares in predicted.values():
        np.testing.assert_allclose(shares.sum(axis=1), 1)
        assert (shares >= -1e-12).all()


def test_keys_are_fixed_and_hashed(cases: Cases) -> None:
    rows = np.flatnonzero(cases.registered)
    assert keys_hash(cases, rows) == keys_hash(cases, rows[::-1])
    assert keys_hash(cases, rows) != keys_hash(cases, rows[1:])


def test_variants_tell_more_and_only_where_they_say_so(cases: Cases) -> None:
    assert further(cases, "ex-ante").shape == (len(cases), 0)
    asked = further(cases, "asked")
    np.testing.assert_array_equal(asked[:, 0] == 1, cases.asked == 1)
    assert np.isnan(real_time_only(cases).x).sum() > np.isnan(cases.x).sum()


def test_the_published_core_is_reproduced_on_the_146_cases() -> None:
    """Leave one war out: AUC about .80 and Brier about .18; ours is no worse."""
    found = fulfilment_test(Facts(REGISTER_CLOSED))
    assert found.rows == 146
    score = {model.model: model for model in found.models}
    assert score[PUBLISHED].auc_material == pytest.approx(0.80, abs=0.02)
    assert score[PUBLISHED].brier_material == pytest.approx(0.18, abs=0.01)
    assert score[OURS].auc_material > score[PUBLISHED].auc_material
    assert score[OURS].brier_material < score[PUBLISHED].brier_material


def _files(folder: Path, calls: list[str], rename: str) -> tuple[Path, Path]:
    out = []
    for name, column in (("calls", "id"), ("responses", "call_id")):
        with (HERE / "register" / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
            rows = [row for row in csv.DictReader(handle) if row[column] in calls]
        path = folder / f"{name}.csv"
        with path.open("w", encoding="utf-8", newline="") as handle:
            writer = csv.DictWriter(handle, list(rows[0]))
            writer.writeheader()
            writer.writerows({**row, column: rename + row[column]} for row in rows)
        out.append(path)
    return out[0], out[1]


def test_calls_kept_apart_are_scored_from_their_files(tmp_path: Path) -> None:
    calls, responses = _files(tmp_path, ["ukr-2022", "irn-2025", "kaz-2022"], "new-")
    found = foedus.backtest(calls=calls, responses=responses)
    (table,) = found.tests
    assert table.calls >= 2
    assert all(model.gain_log is None and model.slope is None for model in table.models)
    assert [one.met for one in found.criteria] == [None]
    printed = str(trial_blocks(table))
    assert "Too few calls (3)" in printed
    assert "by era" not in printed
    assert {OURS, BASE, SIMPLE} <= {model.model for model in table.models}
    assert "3 of 3 calls (new-irn-2025, new-kaz-2022, new-ukr-2022) begin on" in found.notes[-1]


def test_every_failing_cell_of_calls_kept_apart_is_named(tmp_path: Path) -> None:
    calls, responses = _files(tmp_path, ["ukr-2022"], "new-")
    text = calls.read_text(encoding="utf-8")
    calls.write_text(
        text.replace("2022-02-24", "2022-13-24").replace("UKR", "QQQ"), encoding="utf-8"
    )
    with pytest.raises(InputError) as caught:
        foedus.backtest(calls=calls, responses=responses)
    assert f"{calls}: 2 cells are wrong" in str(caught.value)
    assert "row 2 (new-ukr-2022), beneficiary_iso3: unknown code 'QQQ'" in str(caught.value)
    assert "row 2 (new-ukr-2022), start: " in str(caught.value)


def test_calls_that_the_model_was_fitted_to_are_refused(tmp_path: Path) -> None:
    calls, responses = _files(tmp_path, ["ukr-2022", "irn-2025"], "")
    with pytest.raises(InputError, match="was fitted to"):
        foedus.backtest(calls=calls, responses=responses)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"scheme": "forward"}, "leave-one-call-out"),
        ({"variant": "hindsight"}, "escalation-known"),
        ({"calls": "x.csv"}, "two files"),
        ({"calls": "missing.csv", "responses": "missing.csv"}, "There is no file missing.csv"),
    ],
)
def test_what_cannot_be_run_says_how_to_mend_it(arguments: dict[str, str], says: str) -> None:
    with pytest.raises(InputError, match=says):
        foedus.backtest(**arguments)
