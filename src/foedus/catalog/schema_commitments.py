"""The table of commitments."""

from __future__ import annotations

from foedus.catalog.schema_table import SOURCE_COLUMNS, Table

_CONDITIONS = {
    f"{obligation}_{condition}": "BOOLEAN"
    for obligation, conditions in {
        "defense": (
            "adversary",
            "location",
            "ongoing_conflict",
            "number_of_adversaries",
            "after_demand",
            "non_provocation",
        ),
        "offense": (
            "adversary",
            "location",
            "ongoing_conflict",
            "number_of_adversaries",
            "after_demand",
        ),
        "neutrality": (
            "adversary",
            "location",
            "ongoing_conflict",
            "number_of_adversaries",
            "after_demand",
            "non_provocation",
        ),
        "consultation": ("adversary", "location", "ongoing_conflict"),
    }.items()
    for condition in conditions
}

COMMITMENTS: dict[str, Table] = {
    "commitments": Table(
        "one directed promise, guarantor to beneficiary, in one phase of one instrument",
        {
            "id": "VARCHAR",
            "instrument": "VARCHAR",
            "title": "VARCHAR",
            "article": "VARCHAR",
            "phase": "INTEGER",
            "guarantor": "VARCHAR",
            "beneficiary": "VARCHAR",
            "multilateral": "BOOLEAN",
            "defense": "BOOLEAN",
            "offense": "BOOLEAN",
            "neutrality": "BOOLEAN",
            "nonaggression": "BOOLEAN",
            "consultation": "BOOLEAN",
            **_CONDITIONS,
            "asymmetric": "BOOLEAN",
            "secret": "BOOLEAN",
            "formed_in_wartime": "BOOLEAN",
            "specific_threats": "VARCHAR[]",
            "signed_first": "DATE",
            "signed_last": "DATE",
            "in_force_first": "DATE",
            "in_force_last": "DATE",
            "ended_first": "DATE",
            "ended_last": "DATE",
            "end_cause": "VARCHAR",
            "known_until": "DATE",
            "atopid": "INTEGER",
            "note": "VARCHAR",
            "note_date": "DATE",
            "origin": "VARCHAR",
            **SOURCE_COLUMNS,
        },
        ("id",),
        ("atop-5.1", "foedus-register-2026"),
    ),
}
