"""Tables of platforms and proxies, coded by hand."""

from __future__ import annotations

from foedus.catalog.schema_table import SOURCE_COLUMNS, Table

REGISTER: dict[str, Table] = {
    "platforms": Table(
        "one base, port, corridor, airspace right, hub or forum in one period of use",
        {
            "id": "VARCHAR",
            "name": "VARCHAR",
            "kind": "VARCHAR",
            "guarantor": "VARCHAR",
            "hosts": "VARCHAR[]",
            "serves": "VARCHAR[]",
            "start_first": "DATE",
            "start_last": "DATE",
            "ended_first": "DATE",
            "ended_last": "DATE",
            "end_cause": "VARCHAR",
            "note": "VARCHAR",
            "note_date": "DATE",
            **SOURCE_COLUMNS,
        },
        ("id",),
        ("foedus-register-2026",),
    ),
    "proxies": Table(
        "one tie state - armed group - host country in one period",
        {
            "guarantor": "VARCHAR",
            "armed_group": "VARCHAR",
            "host": "VARCHAR",
            "troops": "BOOLEAN",
            "arms": "BOOLEAN",
            "intelligence": "BOOLEAN",
            "training": "BOOLEAN",
            "funding": "BOOLEAN",
            "sanctuary": "BOOLEAN",
            "control": "VARCHAR",
            "acts_for": "VARCHAR[]",
            "start_first": "DATE",
            "start_last": "DATE",
            "ended_first": "DATE",
            "ended_last": "DATE",
            "end_cause": "VARCHAR",
            "note": "VARCHAR",
            "source_ref": "VARCHAR",
            "confidence": "VARCHAR",
        },
        ("guarantor", "armed_group", "host", "start_first"),
        ("foedus-register-2026",),
    ),
}
