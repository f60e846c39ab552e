"""Questions keep their forecast for good, and their resolutions as a history."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from foedus.domain.questions import Question
from foedus.domain.rungs import Rung
from foedus.errors import InputError
from foedus.workspace import Workspace
from foedus.workspace.engine import engine_of, writing
from foedus.workspace.migrate import _upgrade
from foedus.workspace.places import place_of


def _question(key: str = "a1", **changes: Any) -> Question:
    values: dict[str, Any] = {
        "id": key, "as_of": date(2026, 1, 1), "closes": date(2027, 1, 1), "guarantor": "RUS",
        "guarantor_name": "Russia", "beneficiary": "IRN", "beneficiary_name": "Iran",
        "rung": Rung.MATERIAL, "days": 365, "question": "If Iran …?", "resolution_rule": "Yes: …",
        "probability": 0.3, "by": "Ada", "model": "reliability", "model_version": "1",
        "model_probability": 0.5000000000000001, "catalog_version": "c", "foedus_version": "f",
        "note": "مهم", "created": datetime(2026, 1, 1, 12, tzinfo=UTC),
    }  # fmt: skip
    return Question(**{**values, **changes})


def test_a_question_comes_back_as_it_was_stored(where: str) -> None:
    with Workspace.open(where) as desk:
        desk.questions.add(_question())
        desk.questions.add(_question("b2", challenger="ISR", model_probability=None, note=None))
    with Workspace.open(where) as desk:
        assert desk.questions.all() == [
            _question(),
            _question("b2", challenger="ISR", model_probability=None, note=None),
        ]


def test_resolutions_are_added_and_never_edit_the_forecast(where: str) -> None:
    with Workspace.open(where) as desk:
        desk.questions.add(_question())
        desk.questions.resolve("a", "no", by="Ada", source=None, note=None)
        desk.questions.resolve("a1", "no", by="Ada", source=None, note=None)
        last = desk.questions.resolve("a1", "yes", by="Bo", source="two papers", note="late")
    assert [(one.version, one.outcome, one.by) for one in last.history] == [
        (1, "no", "Ada"),
        (2, "yes", "Bo"),
    ]
    assert last.model_copy(update={"history": ()}) == _question()


def test_resolutions_at_once_are_all_kept(where: str) -> None:
    with Workspace.open(where) as desk:
        desk.questions.add(_question())

    def resolve(number: int) -> None:
        with Workspace.open(where) as desk:
            desk.questions.resolve("a1", "yes", by=f"reviewer {number}", source=None, note=None)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(resolve, range(8)))
    with Workspace.open(where) as desk:
        history = desk.questions.get("a1").history
    assert [one.version for one in history] == [*range(1, 9)]
    assert {one.by for one in history} == {f"reviewer {number}" for number in range(8)}


def test_keys_that_lead_to_none_or_several_are_refused(where: str) -> None:
    with Workspace.open(where) as desk:
        desk.questions.add(_question("a1"))
        desk.questions.add(_question("a2"))
        desk.questions.add(_question("a"))
        assert desk.questions.get("a").id == "a"
        for key, words in (("z", "No question"), ("", "No question"), ("%", "No question")):
            with pytest.raises(InputError, match=words):
                desk.questions.get(key)
        desk.questions.add(_question("b1"))
        desk.questions.add(_question("b2"))
        with pytest.raises(InputError, match="several"):
            desk.questions.resolve("b", "yes", by="Ada", source=None, note=None)
        with pytest.raises(InputError, match="already"):
            desk.questions.add(_question("a1"))
        with pytest.raises(InputError, match="NUL"):
            desk.questions.add(_question("c", note="a\0b"))


def test_a_workspace_of_the_revision_before_gains_the_tables(where: str) -> None:
    with Workspace.open(where) as desk:
        assert desk.questions.all() == []
    engine = engine_of(place_of(where))
    with writing(engine) as connection:
        for name in ("question_resolution", "question"):
            connection.execute(sa.text(f"DROP TABLE {name}"))
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '0005'"))
        _upgrade(connection)
    engine.dispose()
    with Workspace.open(where) as desk:
        desk.questions.add(_question())
        assert desk.questions.all() == [_question()]
