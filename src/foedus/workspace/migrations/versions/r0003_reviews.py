"""Reviews with their history, blind decisions, sketches of documents, and the quarantine."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def _claim_id() -> sa.Column[str]:
    key = sa.ForeignKey("claim.claim_id", ondelete="CASCADE")
    return sa.Column("claim_id", sa.String, key, primary_key=True)


def upgrade() -> None:
    """Create the tables and the column of merged claims; what is there stays."""
    op.add_column("claim", sa.Column("merged_into", sa.String))
    op.create_index("ix_claim_merged_into", "claim", ["merged_into"])
    op.create_table(
        "claim_change",
        _claim_id(),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("action", sa.String, nullable=False),
        sa.Column("by", sa.String, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("before", sa.JSON, nullable=False),
        sa.Column("after", sa.JSON, nullable=False),
        sa.Column("note", sa.Text),
        sa.Column("undoes", sa.Integer),
    )
    op.create_table(
        "blind_decision",
        _claim_id(),
        sa.Column("round", sa.String, primary_key=True),
        sa.Column("by", sa.String, primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("action", sa.String, nullable=False),
        sa.Column("claim", sa.JSON, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("note", sa.Text),
    )
    op.create_index("ix_blind_decision_round", "blind_decision", ["round", "by"])
    op.create_table(
        "document_sketch",
        sa.Column(
            "document",
            sa.String,
            sa.ForeignKey("document.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("sketch", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "quarantine",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("path", sa.String, nullable=False),
        sa.Column("stamp", sa.String),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("first_at", sa.DateTime, nullable=False),
        sa.Column("last_at", sa.DateTime, nullable=False),
    )
    op.create_index("ix_quarantine_path", "quarantine", ["path"])
