"""A fingerprint of what the workspace holds, for answers that are kept until it changes."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from foedus.workspace import schema

_COUNTED = (
    schema.document,
    schema.document_name,
    schema.coding,
    schema.claim,
    schema.claim_change,
    schema.assessment,
    schema.register_row,
)
_LATEST = (
    schema.document.c.read_at,
    schema.coding.c.coded_at,
    schema.claim_change.c.at,
    schema.assessment.c.created,
)


def revision(connection: Connection) -> str:
    """Counts and latest times of every table that an assessment rests on."""
    parts: list[sa.ScalarSelect[object]] = [
        sa.select(sa.func.count()).select_from(table).scalar_subquery() for table in _COUNTED
    ]
    parts += [sa.select(sa.func.max(column)).scalar_subquery() for column in _LATEST]
    row = connection.execute(sa.select(*(part.label(f"c{at}") for at, part in enumerate(parts))))
    return "|".join(str(value) for value in row.one())


def register_revision(connection: Connection) -> str:
    """The number of rows of the register's format ever put: each put adds one."""
    counted = sa.select(sa.func.count()).select_from(schema.register_row)
    return str(connection.execute(counted).scalar_one())
