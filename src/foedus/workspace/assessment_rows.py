"""Saved assessments as rows: written once, never changed."""

from __future__ import annotations

from datetime import UTC
from typing import Any

import sqlalchemy as sa
from pydantic import ValidationError
from sqlalchemy.engine import Connection, Engine, Row

from foedus.errors import InputError, WorkspaceError
from foedus.workspace.assessments import SavedAssessment
from foedus.workspace.documents import insert_new
from foedus.workspace.engine import writing
from foedus.workspace.schema import assessment as table
from foedus.workspace.storable import unstorable


def insert(engine: Engine, record: SavedAssessment) -> None:
    """See `Workspace.save_assessment`."""
    values = record.model_dump()
    if reason := unstorable(values):
        raise InputError(f"The assessment cannot be saved: it holds {reason}.")
    values["created"] = record.created.replace(tzinfo=None)
    with writing(engine) as connection:
        if not insert_new(connection, table, values):
            raise InputError(f"An assessment {record.id} is saved already; give another id.")


def select(connection: Connection, guarantor: str, beneficiary: str) -> list[SavedAssessment]:
    """The pair's assessments, oldest first."""
    query = (
        sa.select(table)
        .where(table.c.guarantor == guarantor, table.c.beneficiary == beneficiary)
        .order_by(table.c.created, table.c.id)
    )
    return [_record(row) for row in connection.execute(query)]


def pairs(connection: Connection) -> list[tuple[str, str]]:
    """Guarantor and beneficiary of every pair with a saved assessment, the latest saved first."""
    query = (
        sa.select(table.c.guarantor, table.c.beneficiary)
        .group_by(table.c.guarantor, table.c.beneficiary)
        .order_by(sa.func.max(table.c.created).desc(), table.c.guarantor, table.c.beneficiary)
    )
    return [(row.guarantor, row.beneficiary) for row in connection.execute(query)]


def count(connection: Connection) -> int:
    """How many assessments are saved."""
    return connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def _record(row: Row[Any]) -> SavedAssessment:
    values = dict(row._mapping)
    values["created"] = values["created"].replace(tzinfo=UTC)
    try:
        return SavedAssessment.model_validate(values)
    except ValidationError as error:
        raise WorkspaceError(
            f"The workspace holds an assessment ({row.id}) that cannot be read: {error}"
        ) from error
