"""Stored questions: forecasts that nothing changes, and resolutions that are only added to."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from foedus.domain.questions import Outcome, Question, Resolution
from foedus.errors import InputError
from foedus.workspace.engine import reading, writing
from foedus.workspace.schema import question as table
from foedus.workspace.schema import question_resolution
from foedus.workspace.storable import unstorable

_OWN = ("id", "as_of", "closes", "guarantor", "beneficiary", "challenger", "probability", "by")


class StoredQuestions:
    """The questions of one workspace."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, question: Question) -> None:
        """Store a question that nobody has resolved yet.

        Raises:
            InputError: a text that no database keeps, or an id in use.
        """
        values = question.model_dump(mode="json", exclude={"history"})
        if reason := unstorable(values):
            raise InputError(f"The question cannot be stored: it holds {reason}.")
        own = question.model_dump(include={*_OWN})
        asked = {key: value for key, value in values.items() if key not in own}
        del asked["created"]
        with writing(self._engine) as connection:
            taken = connection.scalar(sa.select(table.c.id).where(table.c.id == question.id))
            if taken is not None:
                raise InputError(f"A question {question.id!r} is in this workspace already.")
            row = {**own, "asked": asked, "created": _plain(question.created)}
            connection.execute(sa.insert(table).values(row))

    def resolve(
        self, key: str, outcome: Outcome, *, by: str, source: str | None, note: str | None
    ) -> Question:
        """Add a resolution to the question whose id is, or alone begins with, `key`.

        The same outcome on the same source and note by the same person again adds nothing.

        Raises:
            InputError: no such question, several, or a text that no database keeps.
        """
        if reason := unstorable([key, by, source, note]):
            raise InputError(f"The resolution cannot be stored: it holds {reason}.")
        with writing(self._engine) as connection:
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql("LOCK TABLE question_resolution IN EXCLUSIVE MODE")
            found = _find(connection, key)
            last = found.resolution
            given = {"outcome": outcome, "source": source, "note": note, "by": by}
            if last is None or last.model_dump(include={*given}) != given:
                row = {
                    **given,
                    "question": found.id,
                    "version": len(found.history) + 1,
                    "at": _plain(datetime.now(UTC)),
                }
                connection.execute(sa.insert(question_resolution).values(row))
            return _find(connection, found.id)

    def get(self, key: str) -> Question:
        """The question whose id is, or alone begins with, `key`.

        Raises:
            InputError: there is none, or there are several.
        """
        with reading(self._engine) as connection:
            return _find(connection, key)

    def all(self) -> list[Question]:
        """Every question with its history, oldest first."""
        with reading(self._engine) as connection:
            return _select(connection, sa.select(table))


def _find(connection: Connection, key: str) -> Question:
    mine = table.c.id.startswith(key, autoescape=True) if key else sa.false()
    found = _select(connection, sa.select(table).where(mine))
    exact = [one for one in found if one.id == key] or found
    if len(exact) == 1:
        return exact[0]
    if not exact:
        raise InputError(
            f"No question {key[:40]!r} in this workspace. `foedus questions` lists their ids."
        )
    several = ", ".join(one.id for one in exact[:5])
    raise InputError(f"{key[:40]!r} begins the ids of several questions: {several}. Give more.")


def _select(connection: Connection, query: sa.Select[Any]) -> list[Question]:
    rows = connection.execute(query.order_by(table.c.created, table.c.id)).all()
    history: dict[str, list[Resolution]] = {row.id: [] for row in rows}
    if rows:
        told = sa.select(question_resolution).order_by(question_resolution.c.version)
        if len(rows) == 1:
            told = told.where(question_resolution.c.question == rows[0].id)
        for row in connection.execute(told):
            values = dict(row._mapping)
            owner = values.pop("question")
            values["at"] = values["at"].replace(tzinfo=UTC)
            if owner in history:
                history[owner].append(Resolution.model_validate(values))
    return [_question(row, tuple(history[row.id])) for row in rows]


def _question(row: sa.Row[Any], history: tuple[Resolution, ...]) -> Question:
    values = dict(row._mapping)
    asked = values.pop("asked")
    values["created"] = values["created"].replace(tzinfo=UTC)
    return Question.model_validate({**asked, **values, "history": history})


def _plain(at: datetime) -> datetime:
    """A moment as the tables keep it: UTC without saying so."""
    return at.astimezone(UTC).replace(tzinfo=None)
