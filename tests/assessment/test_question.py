"""Questions as users ask, resolve and score them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from math import log
from pathlib import Path

import pytest

import foedus
from foedus.errors import InputError


def test_the_models_forecast_is_stored_resolved_and_scored(tmp_path: Path) -> None:
    where = tmp_path / "w"
    stored = foedus.question.add("Russia", "Iran", workspace=where)
    answer = foedus.assess("Russia", "Iran", workspace=where, save=False)
    assert answer.forecast is not None
    assert stored.probability == answer.forecast.windows[1].rungs[3].at_least.probability
    assert (stored.by, stored.model_probability) == ("model", stored.probability)
    assert "Void: no such attack begins by" in stored.resolution_rule
    before = foedus.questions(workspace=where)
    assert (before.scores, before.open) == ((), 1)
    foedus.question.resolve(stored.id[:6], "yes", by="Ada", source="two reports", workspace=where)
    after = foedus.questions(workspace=where)
    (model,) = after.scores
    assert (model.forecaster, model.n, model.yes, model.backdated) == ("model", 1, 1, False)
    assert model.brier == pytest.approx((1 - stored.probability) ** 2)
    assert model.log_score == pytest.approx(log(stored.probability))
    foedus.question.resolve(stored.id, "void", by="Ada", workspace=where)
    voided = foedus.questions(workspace=where)
    assert (voided.scores, voided.void, voided.open) == ((), 1, 0)
    shown = foedus.question.show(stored.id, workspace=where)
    assert [one.outcome for one in shown.history] == ["yes", "void"]
    assert shown.probability == stored.probability


def test_a_person_is_scored_beside_the_model_and_hindsight_apart(tmp_path: Path) -> None:
    where = tmp_path / "w"
    pair = ("United States", "Israel")
    mine = foedus.question.add(*pair, rung="forces", probability=0.9, by="Ada", workspace=where)
    late = foedus.question.add(
        *pair, rung="words", days=30, probability=0.8, by="Ada", as_of="2026-01-01", workspace=where
    )
    assert (mine.backdated, late.backdated) == (False, True)
    assert mine.model_probability is not None
    assert mine.model_probability != mine.probability
    foedus.question.resolve(mine.id, "no", by="Ada", workspace=where)
    foedus.question.resolve(late.id, "yes", by="Ada", workspace=where)
    scores = {
        (one.forecaster, one.backdated): one for one in foedus.questions(workspace=where).scores
    }
    assert scores["Ada", False].brier == pytest.approx(0.81)
    assert scores["Ada", True].log_score == pytest.approx(log(0.8))
    beside = scores["model, on Ada's questions", False]
    assert beside.brier == pytest.approx(mine.model_probability**2)
    assert scores["model", False].n == 1


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"probability": 1.0}, "ends excluded"),
        ({"probability": float("nan")}, "ends excluded"),
        ({"days": 60}, "30 or 365"),
        ({"rung": "nothing"}, "Not a rung"),
        ({"by": "model", "probability": 0.5}, "own name"),
    ],
)
def test_what_cannot_be_scored_is_refused(
    tmp_path: Path, given: dict[str, object], words: str
) -> None:
    with pytest.raises(InputError, match=words):
        foedus.question.add("Russia", "Iran", workspace=tmp_path / "w", **given)  # type: ignore[arg-type]
    assert not (tmp_path / "w").exists()


def test_a_pair_without_forecast_takes_ones_own(tmp_path: Path) -> None:
    where = tmp_path / "w"
    with pytest.raises(InputError, match="--probability"):
        foedus.question.add("Bhutan", "Bolivia", workspace=where)
    own = foedus.question.add("Bhutan", "Bolivia", probability=0.01, by="Ada", workspace=where)
    assert (own.model, own.model_probability) == (None, None)
    with pytest.raises(InputError, match="No question"):
        foedus.question.resolve("nothing", "no", by="Ada", workspace=where)


def test_the_commands(tmp_path: Path) -> None:
    where = str(tmp_path / "w")
    environment = {**os.environ, "FOEDUS_REVIEWER": "Ada"}

    def run(*arguments: str) -> str:
        done = subprocess.run(
            [str(Path(sys.executable).with_name("foedus")), *arguments, "--workspace", where],
            capture_output=True, text=True, env=environment, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    stored = json.loads(run("question", "add", "Russia", "Iran", "--probability", ".2", "--json"))
    assert (stored["by"], stored["probability"]) == ("Ada", 0.2)
    assert "Resolutions" in run("question", "resolve", stored["id"], "--outcome", "no")
    listed = run("questions")
    assert "Running scores" in listed
    assert "0.040" in listed
    assert json.loads(run("questions", "--json"))["scores"][0]["n"] == 1
