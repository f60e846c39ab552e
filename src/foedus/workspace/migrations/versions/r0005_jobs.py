"""Jobs with their files, and saved scenarios."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0003"


def upgrade() -> None:
    """Create the tables of jobs and scenarios; what is there stays."""
    op.create_table(
        "job",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("title", sa.String, nullable=False),
        sa.Column("request", sa.JSON, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("asked_by", sa.String),
        sa.Column("created", sa.DateTime, nullable=False),
        sa.Column("started", sa.DateTime),
        sa.Column("finished", sa.DateTime),
        sa.Column("done", sa.Integer, nullable=False),
        sa.Column("total", sa.Integer),
        sa.Column("note", sa.String),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("owner", sa.String),
        sa.Column("lease_until", sa.DateTime),
        sa.Column("cancel", sa.Boolean, nullable=False),
        sa.Column("result", sa.JSON(none_as_null=True)),
        sa.Column("error", sa.Text),
    )
    op.create_index("ix_job_state", "job", ["state", "created"])
    op.create_table(
        "job_file",
        sa.Column("job", sa.String, sa.ForeignKey("job.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("content", sa.LargeBinary),
        sa.Column("outcome", sa.JSON(none_as_null=True)),
    )
    op.create_table(
        "scenario",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("toml", sa.Text, nullable=False),
        sa.Column("saved_by", sa.String),
        sa.Column("saved", sa.DateTime, nullable=False),
    )
