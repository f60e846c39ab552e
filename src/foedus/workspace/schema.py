"""The tables, as this version reads and writes them. Migrations create and change them."""

from __future__ import annotations

import sqlalchemy as sa

metadata = sa.MetaData()

meta = sa.Table(
    "meta",
    metadata,
    sa.Column("key", sa.String, primary_key=True),
    sa.Column("value", sa.String, nullable=False),
)

document = sa.Table(
    "document",
    metadata,
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("name", sa.String, nullable=False),
    sa.Column("media_type", sa.String, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("passages", sa.JSON, nullable=False),
    sa.Column("title", sa.String),
    sa.Column("publisher", sa.String),
    sa.Column("author", sa.String),
    sa.Column("date_first", sa.Date),
    sa.Column("date_last", sa.Date, index=True),
    sa.Column("date_basis", sa.String, nullable=False),
    sa.Column("language", sa.String),
    sa.Column("same_as", sa.String),
    sa.Column("read_at", sa.DateTime, nullable=False),
)
"""`same_as` is no foreign key: the other document may be read later, or elsewhere."""

document_name = sa.Table(
    "document_name",
    metadata,
    sa.Column(
        "document", sa.String, sa.ForeignKey("document.id", ondelete="CASCADE"), primary_key=True
    ),
    sa.Column("name", sa.String, primary_key=True),
    sa.Column("read_at", sa.DateTime, nullable=False),
)

coding = sa.Table(
    "coding",
    metadata,
    sa.Column(
        "document", sa.String, sa.ForeignKey("document.id", ondelete="CASCADE"), primary_key=True
    ),
    sa.Column("coder", sa.String, primary_key=True),
    sa.Column("coder_version", sa.String, nullable=False),
    sa.Column("coded_at", sa.DateTime, nullable=False),
)
"""Which version of which coder read a document last, even where it found nothing."""

claim = sa.Table(
    "claim",
    metadata,
    sa.Column("claim_id", sa.String, primary_key=True),
    sa.Column(
        "doc",
        sa.String,
        sa.ForeignKey("document.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
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
    sa.Column("merged_into", sa.String, index=True),
)
"""`version` is 1 as coded and rises with every change a person makes: a writer who names
the version that he saw never overwrites one that he did not."""

claim_party = sa.Table(
    "claim_party",
    metadata,
    sa.Column(
        "claim_id",
        sa.String,
        sa.ForeignKey("claim.claim_id", ondelete="CASCADE"),
        primary_key=True,
    ),
    sa.Column("actor", sa.String, primary_key=True, index=True),
)
"""Index of the actors that a claim names as source, target or beneficiary."""

assessment = sa.Table(
    "assessment",
    metadata,
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("created", sa.DateTime, nullable=False),
    sa.Column("as_of", sa.Date, nullable=False),
    sa.Column("guarantor", sa.String, nullable=False),
    sa.Column("beneficiary", sa.String, nullable=False),
    sa.Column("challenger", sa.String),
    sa.Column("schema_version", sa.Integer, nullable=False),
    sa.Column("payload", sa.JSON, nullable=False),
    sa.Index("ix_assessment_pair", "guarantor", "beneficiary", "created"),
)

register_row = sa.Table(
    "register_row",
    metadata,
    sa.Column("kind", sa.String, primary_key=True),
    sa.Column("key", sa.String, primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("cells", sa.JSON(none_as_null=True)),
    sa.Column("corrects", sa.String),
    sa.Column("came_from", sa.String),
    sa.Column("added_by", sa.String),
    sa.Column("added_at", sa.DateTime, nullable=False),
)
"""Rows of the register's format; `cells` is null in a version that takes the row back."""

job = sa.Table(
    "job",
    metadata,
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
    sa.Index("ix_job_state", "state", "created"),
)
"""Long work. `owner` holds a running job until `lease_until` (UTC) and renews it while he lives."""

job_file = sa.Table(
    "job_file",
    metadata,
    sa.Column("job", sa.String, sa.ForeignKey("job.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("name", sa.String, nullable=False),
    sa.Column("content", sa.LargeBinary),
    sa.Column("outcome", sa.JSON(none_as_null=True)),
)
"""Files that a job is to read; `content` goes when `outcome` says what became of the file."""

scenario = sa.Table(
    "scenario",
    metadata,
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("name", sa.String, nullable=False),
    sa.Column("toml", sa.Text, nullable=False),
    sa.Column("saved_by", sa.String),
    sa.Column("saved", sa.DateTime, nullable=False),
)
"""Saved scenarios; `id` follows from the text, which is never changed."""

claim_change = sa.Table(
    "claim_change",
    metadata,
    sa.Column(
        "claim_id",
        sa.String,
        sa.ForeignKey("claim.claim_id", ondelete="CASCADE"),
        primary_key=True,
    ),
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("action", sa.String, nullable=False),
    sa.Column("by", sa.String, nullable=False),
    sa.Column("at", sa.DateTime, nullable=False),
    sa.Column("before", sa.JSON, nullable=False),
    sa.Column("after", sa.JSON, nullable=False),
    sa.Column("note", sa.Text),
    sa.Column("undoes", sa.Integer),
)
"""Every change that a person made, by the version that it led to; rows are never changed."""

blind_decision = sa.Table(
    "blind_decision",
    metadata,
    sa.Column(
        "claim_id",
        sa.String,
        sa.ForeignKey("claim.claim_id", ondelete="CASCADE"),
        primary_key=True,
    ),
    sa.Column("round", sa.String, primary_key=True),
    sa.Column("by", sa.String, primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("action", sa.String, nullable=False),
    sa.Column("claim", sa.JSON, nullable=False),
    sa.Column("at", sa.DateTime, nullable=False),
    sa.Column("note", sa.Text),
    sa.Index("ix_blind_decision_round", "round", "by"),
)
"""What reviewers decided without seeing each other; the highest version of each is in force."""

document_sketch = sa.Table(
    "document_sketch",
    metadata,
    sa.Column(
        "document", sa.String, sa.ForeignKey("document.id", ondelete="CASCADE"), primary_key=True
    ),
    sa.Column("sketch", sa.LargeBinary, nullable=False),
)
"""A sample of each main text's word runs, by which republished articles are found."""

quarantine = sa.Table(
    "quarantine",
    metadata,
    sa.Column("name", sa.String, primary_key=True),
    sa.Column("path", sa.String, nullable=False, index=True),
    sa.Column("stamp", sa.String),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("tries", sa.Integer, nullable=False),
    sa.Column("first_at", sa.DateTime, nullable=False),
    sa.Column("last_at", sa.DateTime, nullable=False),
)
"""Files, and documents inside files, that could not be read; `stamp` tells a changed file."""

question = sa.Table(
    "question",
    metadata,
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
"""Forecasts as they were made; rows are never changed. `asked` holds the question's words, its
rung and window, and which model answered."""

question_resolution = sa.Table(
    "question_resolution",
    metadata,
    sa.Column(
        "question", sa.String, sa.ForeignKey("question.id", ondelete="CASCADE"), primary_key=True
    ),
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("outcome", sa.String, nullable=False),
    sa.Column("source", sa.Text),
    sa.Column("note", sa.Text),
    sa.Column("by", sa.String, nullable=False),
    sa.Column("at", sa.DateTime, nullable=False),
)
"""How questions came out; rows are never changed, and the highest version is in force."""
