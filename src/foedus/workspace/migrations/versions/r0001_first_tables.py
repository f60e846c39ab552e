"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create every table of the first release."""
    op.create_table(
        "meta",
        sa.Column("key", sa.String, primary_key=True),
        sa.Column("value", sa.String, nullable=False),
    )
    op.create_table(
        "document",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("media_type", sa.String, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("passages", sa.JSON, nullable=False),
        sa.Column("title", sa.String),
        sa.Column("publisher", sa.String),
        sa.Column("author", sa.String),
        sa.Column("date_first", sa.Date),
        sa.Column("date_last", sa.Date),
        sa.Column("date_basis", sa.String, nullable=False),
        sa.Column("language", sa.String),
        sa.Column("same_as", sa.String),
        sa.Column("read_at", sa.DateTime, nullable=False),
    )
    op.create_index("ix_document_date_last", "document", ["date_last"])
    op.create_table(
        "document_name",
        sa.Column(
            "document",
            sa.String,
            sa.ForeignKey("document.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("read_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "coding",
        sa.Column(
            "document",
            sa.String,
            sa.ForeignKey("document.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("coder", sa.String, primary_key=True),
        sa.Column("coder_version", sa.String, nullable=False),
        sa.Column("coded_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "claim",
        sa.Column("claim_id", sa.String, primary_key=True),
        sa.Column(
            "doc", sa.String, sa.ForeignKey("document.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("quote", sa.Text, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("source", sa.JSON, nullable=False),
        sa.Column("target", sa.JSON, nullable=False),
        sa.Column("beneficiary", sa.String),
        sa.Column("act", sa.String, nullable=False),
        sa.Column("event_type", sa.String),
        sa.Column("support", sa.JSON, nullable=False),
        sa.Column("polarity", sa.String, nullable=False),
        sa.Column("modality", sa.String, nullable=False),
        sa.Column("time", sa.String),
        sa.Column("time_basis", sa.String),
        sa.Column("attribution_kind", sa.String, nullable=False),
        sa.Column("attribution_name", sa.String),
        sa.Column("reliability", sa.String, nullable=False),
        sa.Column("credibility", sa.Integer, nullable=False),
        sa.Column("resolution", sa.String, nullable=False),
        sa.Column("confidence", sa.Double, nullable=False),
        sa.Column("abstained", sa.Boolean, nullable=False),
        sa.Column("coder", sa.String, nullable=False),
        sa.Column("coder_version", sa.String, nullable=False),
        sa.Column("cluster", sa.String),
        sa.Column("review", sa.String, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_index("ix_claim_doc", "claim", ["doc"])
    op.create_table(
        "claim_party",
        sa.Column(
            "claim_id",
            sa.String,
            sa.ForeignKey("claim.claim_id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("actor", sa.String, primary_key=True),
    )
    op.create_index("ix_claim_party_actor", "claim_party", ["actor"])
    op.create_table(
        "assessment",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("created", sa.DateTime, nullable=False),
        sa.Column("as_of", sa.Date, nullable=False),
        sa.Column("guarantor", sa.String, nullable=False),
        sa.Column("beneficiary", sa.String, nullable=False),
        sa.Column("challenger", sa.String),
        sa.Column("schema_version", sa.Integer, nullable=False),
        sa.Column("payload", sa.JSON, nullable=False),
    )
    op.create_index("ix_assessment_pair", "assessment", ["guarantor", "beneficiary", "created"])
