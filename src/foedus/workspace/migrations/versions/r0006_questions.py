"""Dated forecasts with their resolution rules, and how they were resolved."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Create the tables of questions; what is there stays."""
    op.create_table(
        "question",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("as_of", sa.Date, nullable=False),
        sa.Column("closes", sa.Date, nullable=False),
        sa.Column("guarantor", sa.String, nullable=False),
        sa.Column("beneficiary", sa.String, nullable=False),
        sa.Column("challenger", sa.String),
        sa.Column("asked", sa.JSON, nullable=False),
        sa.Column("probability", sa.Double, nullable=False),
        sa.Column("by", sa.String, nullable=False),
        sa.Column("created", sa.DateTime, nullable=False),
    )
    op.create_table(
        "question_resolution",
        sa.Column(
            "question",
            sa.String,
            sa.ForeignKey("question.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("outcome", sa.String, nullable=False),
        sa.Column("source", sa.Text),
        sa.Column("note", sa.Text),
        sa.Column("by", sa.String, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
    )
