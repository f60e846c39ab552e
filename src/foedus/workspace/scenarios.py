"""Saved scenarios: a text under an id that follows from it, so that a link always says the same."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256

import sqlalchemy as sa
from pydantic import AwareDatetime
from sqlalchemy.engine import Engine

from foedus.domain.frozen import Frozen
from foedus.errors import InputError
from foedus.workspace.documents import insert_new
from foedus.workspace.engine import reading, writing
from foedus.workspace.schema import scenario as table
from foedus.workspace.storable import unstorable


class SavedScenario(Frozen):
    """A scenario's TOML text as somebody saved it (UTC)."""

    id: str
    name: str
    toml: str
    saved_by: str | None
    saved: AwareDatetime


class SavedScenarios:
    """The scenarios that were saved in one workspace."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def save(self, name: str, toml: str, *, saved_by: str | None = None) -> SavedScenario:
        """Keep the text; the same name and text again give the scenario that is there.

        Raises:
            InputError: a text that no database keeps.
        """
        if reason := unstorable([name, toml, saved_by]):
            raise InputError(f"The scenario cannot be saved: it holds {reason}.")
        key = sha256(f"{name}\0{toml}".encode()).hexdigest()[:12]
        values = {"id": key, "name": name, "toml": toml, "saved_by": saved_by}
        with writing(self._engine) as connection:
            now = datetime.now(UTC).replace(tzinfo=None)
            insert_new(connection, table, {**values, "saved": now})
        return self.get(key)

    def get(self, key: str) -> SavedScenario:
        """The scenario of that id.

        Raises:
            InputError: there is none.
        """
        with reading(self._engine) as connection:
            row = connection.execute(sa.select(table).where(table.c.id == key)).first()
        if row is None:
            raise InputError(f"No saved scenario {key[:40]!r} in this workspace.")
        return _scenario(row)

    def all(self) -> list[SavedScenario]:
        """Every saved scenario, newest first."""
        query = sa.select(table).order_by(table.c.saved.desc(), table.c.id)
        with reading(self._engine) as connection:
            return [_scenario(row) for row in connection.execute(query)]


def _scenario(row: sa.Row[tuple[object, ...]]) -> SavedScenario:
    values = dict(row._mapping)
    values["saved"] = values["saved"].replace(tzinfo=UTC)
    return SavedScenario.model_validate(values)
