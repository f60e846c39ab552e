"""The user's rows: stored together or not at all, every version kept, old workspaces upgraded."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from workspace_samples import claim, document

from foedus.errors import InputError
from foedus.workspace import SavedAssessment, Workspace, migrate
from foedus.workspace.engine import creating_engine, engine_of, reading, writing
from foedus.workspace.places import place_of
from foedus.workspace.register_rows import RegisterRow, taken_back
from foedus.workspace.schema import metadata
from foedus.workspace.sqlite_file import APPLICATION_ID

WHEN = datetime(2026, 5, 1, 12, 0, 0, 123, tzinfo=UTC)


def _row(key: str = "raid-2026", **changes: Any) -> RegisterRow:
    values: dict[str, Any] = {
        "kind": "call",
        "key": key,
        "cells": {"id": key, "name": "A raid — «Überfall»", "hostility": "NA"},
        "corrects": None,
        "came_from": "facts.csv",
        "added_by": "analyst",
        "added": WHEN,
    }
    return RegisterRow(**{**values, **changes})


def test_rows_come_back_as_they_were_given(where: str) -> None:
    with Workspace.open(where) as workspace:
        assert workspace.register_rows() == []
        rows = [_row("b"), _row("a", corrects="a"), _row("a", kind="commitment")]
        assert workspace.put_register_rows(rows) == ["added"] * 3
    with Workspace.open(where) as workspace:
        assert workspace.register_rows() == [rows[1], rows[0], rows[2]]
        assert workspace.register_rows("commitment") == [rows[2]]
        assert list(workspace.register_rows("call", "b")[0].cells or {}) == [
            "id", "name", "hostility",
        ]  # fmt: skip


def test_the_same_row_again_changes_nothing_and_another_keeps_the_first(where: str) -> None:
    changed = _row(cells={"id": "raid-2026", "name": "A larger raid"}, added_by="colleague")
    with Workspace.open(where) as workspace:
        workspace.put_register_rows([_row()])
        again = _row(added=datetime(2026, 6, 1, tzinfo=UTC), added_by="other")
        assert workspace.put_register_rows([again]) == ["unchanged"]
        assert workspace.register_rows() == [_row()]
        assert workspace.put_register_rows([changed]) == ["changed"]
        assert workspace.register_rows() == [changed]
        assert workspace.register_rows(history=True) == [_row(), changed]


def test_a_row_taken_back_is_gone_but_not_forgotten(where: str) -> None:
    with Workspace.open(where) as workspace:
        workspace.put_register_rows([_row()])
        workspace.put_register_rows([taken_back(_row(), "analyst")])
        assert workspace.register_rows() == []
        first, last = workspace.register_rows("call", "raid-2026", history=True)
        assert first == _row()
        assert last.cells is None
        assert workspace.put_register_rows([_row()]) == ["added"]
        assert workspace.register_rows() == [_row()]


@pytest.mark.parametrize("bad", ["\0", "\ud800"])
def test_one_row_that_cannot_be_stored_keeps_all_out(where: str, bad: str) -> None:
    with Workspace.open(where) as workspace:
        rows = [_row("fine"), _row("bad", cells={"name": f"x{bad}"})]
        with pytest.raises(InputError, match="'bad' cannot be stored"):
            workspace.put_register_rows(rows)
        assert workspace.register_rows() == []


def test_writers_at_once_lose_no_version(where: str) -> None:
    with Workspace.open(where):
        pass
    failures: list[BaseException] = []

    def write(number: int) -> None:
        try:
            with Workspace.open(where) as workspace:
                for step in range(5):
                    cells = {"name": f"{number}-{step}"}
                    workspace.put_register_rows([_row(cells=cells)])
        except BaseException as error:
            failures.append(error)

    writers = [threading.Thread(target=write, args=(number,)) for number in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert failures == []
    with Workspace.open(where) as workspace:
        versions = workspace.register_rows(history=True)
    assert len({(row.cells or {})["name"] for row in versions}) == len(versions) == 15


def _revision(where: str) -> str | None:
    engine = engine_of(place_of(where))
    with reading(engine) as connection:
        found: str | None = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
    engine.dispose()
    return found


def test_a_workspace_of_the_first_release_upgrades_without_loss(
    where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Made by the first revision's own migration, filled, and opened by this version."""
    one = document()
    saved = SavedAssessment(
        as_of=date(2026, 5, 1), guarantor="RUS", beneficiary="IRN", schema_version=1,
        payload={"headline": "x"},
    )  # fmt: skip
    with Workspace.open(tmp_path / "now.sqlite") as workspace:
        workspace.add_document(one, [claim(one)])
        workspace.save_assessment(saved)
    with monkeypatch.context() as first_release:
        first_release.setattr(migrate, "REVISIONS", ("0001",))
        place = place_of(where)
        engine = creating_engine(place) if place.path else engine_of(place)
        with writing(engine) as connection:
            if place.path:
                connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            migrate._upgrade(connection)
            migrate._mark(connection)
            _copy_rows(tmp_path / "now.sqlite", connection)
        engine.dispose()
    assert _revision(where) == "0001"
    with Workspace.open(where) as workspace:
        assert workspace.document(one.id) == one
        assert workspace.claims() == [claim(one)]
        assert workspace.assessments("RUS", "IRN") == [saved]
        assert workspace.register_rows() == []
        assert workspace.put_register_rows([_row()]) == ["added"]
        assert workspace.review(claim(one).claim_id, "accept", seen=1, by="Ada").version == 2
    assert _revision(where) == migrate.REVISIONS[-1]


def _copy_rows(source: Path, into: sa.Connection) -> None:
    """Every row of a workspace into one of an older schema, in the columns that this has."""
    older = sa.MetaData()
    older.reflect(into)
    engine = engine_of(place_of(source))
    with reading(engine) as connection:
        for table in metadata.sorted_tables:
            rows = connection.execute(sa.select(table)).mappings().all()
            if not rows or table.name == "meta":
                continue
            columns = older.tables[table.name].c.keys()
            kept = [{column: row[column] for column in columns} for row in rows]
            into.execute(sa.insert(older.tables[table.name]), kept)
    engine.dispose()
