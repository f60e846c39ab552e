"""The user's own commitments, calls and responses."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create the table of the user's rows; what is there stays."""
    op.create_table(
        "register_row",
        sa.Column("kind", sa.String, primary_key=True),
        sa.Column("key", sa.String, primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("cells", sa.JSON(none_as_null=True)),
        sa.Column("corrects", sa.String),
        sa.Column("came_from", sa.String),
        sa.Column("added_by", sa.String),
        sa.Column("added_at", sa.DateTime, nullable=False),
    )
