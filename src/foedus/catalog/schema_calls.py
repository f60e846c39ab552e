"""Tables of calls, of the responses to them and of armed conflicts."""

from __future__ import annotations

from foedus.catalog.schema_table import SOURCE_COLUMNS, Table
from foedus.domain.responses import SUPPORT_CATEGORIES

_SUPPORT: dict[str, str] = dict.fromkeys(SUPPORT_CATEGORIES, "BOOLEAN")

_CALL_VINTAGES = (
    "cow-wars-4.0",
    "mid-5.0",
    "icb-13",
    "ucdp-esd-18.1",
    "ucdp-acd-25.1",
    "foedus-register-2026",
)

CALLS: dict[str, Table] = {
    "calls": Table(
        "one occasion that tests the commitments made to one beneficiary",
        {
            "id": "VARCHAR",
            "name": "VARCHAR",
            "kind": "VARCHAR",
            "role": "VARCHAR",
            "beneficiary": "VARCHAR",
            "challengers": "VARCHAR[]",
            "started_first": "DATE",
            "started_last": "DATE",
            "ended_first": "DATE",
            "ended_last": "DATE",
            "hostility": "INTEGER",
            "outcome": "VARCHAR",
            "same_as": "VARCHAR",
            "known_until": "DATE",
            "note": "VARCHAR",
            "note_date": "DATE",
            "origin": "VARCHAR",
            **SOURCE_COLUMNS,
        },
        ("id",),
        _CALL_VINTAGES,
    ),
    "responses": Table(
        "what one guarantor did in one call, as one source tells it",
        {
            "id": "VARCHAR",
            "call": "VARCHAR",
            "guarantor": "VARCHAR",
            "rung_low": "INTEGER",
            "rung_high": "INTEGER",
            "rung30_low": "INTEGER",
            "rung30_high": "INTEGER",
            "rung365_low": "INTEGER",
            "rung365_high": "INTEGER",
            **_SUPPORT,
            "opposed": "BOOLEAN",
            "asked": "BOOLEAN",
            "obliged": "BOOLEAN",
            "first_act_first": "DATE",
            "first_act_last": "DATE",
            "commitments": "VARCHAR[]",
            "note": "VARCHAR",
            "note_date": "DATE",
            "origin": "VARCHAR",
            **SOURCE_COLUMNS,
        },
        ("id",),
        _CALL_VINTAGES,
    ),
    "conflicts": Table(
        "one state's part in one UCDP armed conflict in one year",
        {
            "actor": "VARCHAR",
            "year": "INTEGER",
            "conflict_id": "INTEGER",
            "name": "VARCHAR",
            "side": "VARCHAR",
            "secondary": "BOOLEAN",
            "opponents": "VARCHAR[]",
            "type": "VARCHAR",
            "intensity": "INTEGER",
        },
        ("actor", "year", "conflict_id", "side", "secondary"),
        ("ucdp-acd-25.1", "ucdp-dyadic-24.1"),
    ),
}
