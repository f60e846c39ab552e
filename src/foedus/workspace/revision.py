"""A fingerprint of what the workspace holds, for answers that are kept until it changes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

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
    parts: list[sa.ScalarSelect[Any]] = [
        sa.select(sa.func.count()).select_from(table).scalar_subquery() for table in _COUNTED
    ]
    parts += [sa.select(sa.func.max(column)).scalar_subquery() for column in _LATEST]
    return _joined(connection, parts)


def register_revision(connection: Connection) -> str:
    """The number of rows of the register's format ever put: each put adds one."""
    counted = sa.select(sa.func.count()).select_from(schema.register_row)
    return str(connection.execute(counted).scalar_one())


def pair_revision(
    connection: Connection, givers: Collection[str], guarantor: str, beneficiary: str
) -> str:
    """Changes with what assessments of one pair rest on; reviews of others' claims leave it.

    That is: the documents and their codings, the claims that name one of the `givers`, and the
    pair's saved assessments. Every change but a note gives its claim a later time than all
    changes before, and a claim that no longer names a giver is missing from the count.
    """
    party, change, coding = schema.claim_party, schema.claim_change, schema.coding
    ours = party.c.actor.in_(sorted(givers))
    changed = change.join(party, party.c.claim_id == change.c.claim_id)
    saved = schema.assessment.c
    of_pair = sa.and_(saved.guarantor == guarantor, saved.beneficiary == beneficiary)
    count = sa.func.count()
    parts = (
        sa.select(count).select_from(schema.document),
        sa.select(count).select_from(coding),
        sa.select(sa.func.max(coding.c.coded_at)),
        sa.select(count).select_from(party).where(ours),
        sa.select(count).select_from(changed).where(ours, change.c.action != "note"),
        sa.select(sa.func.max(change.c.at)).select_from(changed).where(
            ours, change.c.action != "note"
        ),
        sa.select(count).select_from(schema.assessment).where(of_pair),
    )  # fmt: skip
    return _joined(connection, [part.scalar_subquery() for part in parts])


def _joined(connection: Connection, parts: Sequence[sa.ScalarSelect[Any]]) -> str:
    row = connection.execute(sa.select(*(part.label(f"c{at}") for at, part in enumerate(parts))))
    return "|".join(str(value) for value in row.one())
