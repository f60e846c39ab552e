"""The catalog's tables: unit, columns, key and the vintages each is derived from.

Dates known only to the month or year are stored as two columns, `<name>_first` and
`<name>_last`, the first and last possible day. Unknown is null, never 0. Actor columns hold
`actors.id`; `source_table` holds a vintage key of `vintages.json`.
"""

from __future__ import annotations

from dataclasses import dataclass

from foedus.domain.responses import SUPPORT_CATEGORIES

_SOURCE = {
    "source_table": "VARCHAR",
    "source_title": "VARCHAR",
    "source_publisher": "VARCHAR",
    "source_date_first": "DATE",
    "source_date_last": "DATE",
    "source_ref": "VARCHAR",
    "confidence": "VARCHAR",
}

_SUPPORT: dict[str, str] = dict.fromkeys(SUPPORT_CATEGORIES, "BOOLEAN")

_CALL_VINTAGES = (
    "cow-wars-4.0",
    "mid-5.0",
    "icb-13",
    "ucdp-esd-18.1",
    "ucdp-acd-25.1",
    "foedus-register-2026",
)

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


@dataclass(frozen=True)
class Table:
    """One catalog table: `unit` is what a row is, `key` what makes it unique."""

    unit: str
    columns: dict[str, str]
    key: tuple[str, ...]
    vintages: tuple[str, ...]


TABLES: dict[str, Table] = {
    "actors": Table(
        "one state, organisation or armed group",
        {
            "id": "VARCHAR",
            "kind": "VARCHAR",
            "name": "VARCHAR",
            "cow": "INTEGER",
            "first": "DATE",
            "last": "DATE",
        },
        ("id",),
        ("cow-states-2016", "countrycode-2026", "foedus-register-2026"),
    ),
    "actor_codes": Table(
        "one code of one actor in one scheme (cow, gw, iso3, iso2, cowabb), in one period",
        {
            "actor": "VARCHAR",
            "scheme": "VARCHAR",
            "code": "VARCHAR",
            "first": "DATE",
            "last": "DATE",
        },
        ("actor", "scheme", "code", "first"),
        ("cow-states-2016", "countrycode-2026", "isard-2026"),
    ),
    "actor_names": Table(
        "one name, former name, alias, demonym, capital, seat or epithet of one actor, dated",
        {
            "actor": "VARCHAR",
            "name": "VARCHAR",
            "role": "VARCHAR",
            "first": "DATE",
            "last": "DATE",
        },
        ("actor", "name", "role", "first"),
        ("cow-states-2016", "countrycode-2026", "capitals-2024", "foedus-register-2026"),
    ),
    "system_members": Table(
        "one spell of one state in the COW state system; last is null where it goes on",
        {"actor": "VARCHAR", "cow": "INTEGER", "first": "DATE", "last": "DATE"},
        ("cow", "first"),
        ("cow-states-2016",),
    ),
    "leaders": Table(
        "one person in one office for one term",
        {
            "actor": "VARCHAR",
            "name": "VARCHAR",
            "aliases": "VARCHAR[]",
            "office": "VARCHAR",
            "effective": "BOOLEAN",
            "start": "DATE",
            "ended": "DATE",
            "verified": "BOOLEAN",
            "source_table": "VARCHAR",
        },
        ("actor", "name", "office", "start"),
        ("archigos-4.1", "reign-2021-03", "foedus-register-2026"),
    ),
    "memberships": Table(
        "one member's spell in one organisation",
        {
            "organisation": "VARCHAR",
            "member": "VARCHAR",
            "joined": "DATE",
            "left_on": "DATE",
            "status": "VARCHAR",
            "defence_obligation": "BOOLEAN",
            "source": "VARCHAR",
            "confidence": "VARCHAR",
        },
        ("organisation", "member", "joined", "status"),
        ("foedus-register-2026",),
    ),
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
            **_SOURCE,
        },
        ("id",),
        ("atop-5.1", "foedus-register-2026"),
    ),
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
            **_SOURCE,
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
            **_SOURCE,
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
    "capability": Table(
        "one state-year; cinc is the share (0..1) of world material capability",
        {
            "actor": "VARCHAR",
            "cow": "INTEGER",
            "year": "INTEGER",
            "milex": "DOUBLE",
            "milper": "DOUBLE",
            "irst": "DOUBLE",
            "pec": "DOUBLE",
            "tpop": "DOUBLE",
            "upop": "DOUBLE",
            "cinc": "DOUBLE",
        },
        ("cow", "year"),
        ("nmc-7.0",),
    ),
    "contiguity": Table(
        "one directed pair of states in one period; type 1 land ... 5 up to 400 miles of water",
        {
            "actor_a": "VARCHAR",
            "actor_b": "VARCHAR",
            "cow_a": "INTEGER",
            "cow_b": "INTEGER",
            "type": "INTEGER",
            "first": "DATE",
            "last": "DATE",
        },
        ("cow_a", "cow_b", "first"),
        ("contiguity-3.2",),
    ),
    "capitals": Table(
        "one capital of one state in one period, degrees WGS 84",
        {
            "actor": "VARCHAR",
            "cow": "INTEGER",
            "capital": "VARCHAR",
            "first": "DATE",
            "last": "DATE",
            "latitude": "DOUBLE",
            "longitude": "DOUBLE",
        },
        ("cow", "first"),
        ("capitals-2024",),
    ),
    "rivalries": Table(
        "one strategic rivalry; last_year is null where it was not over when coded",
        {
            "actor_a": "VARCHAR",
            "actor_b": "VARCHAR",
            "cow_a": "INTEGER",
            "cow_b": "INTEGER",
            "name": "VARCHAR",
            "first_year": "INTEGER",
            "last_year": "INTEGER",
        },
        ("cow_a", "cow_b", "first_year"),
        ("rivalries-tss-2021",),
    ),
    "regimes": Table(
        "one state-year; polity2 -10..10, polyarchy 0..1",
        {
            "actor": "VARCHAR",
            "cow": "INTEGER",
            "year": "INTEGER",
            "polity2": "INTEGER",
            "polyarchy": "DOUBLE",
        },
        ("cow", "year"),
        ("polity-5", "vdem-isard-2026"),
    ),
    "ideal_points": Table(
        "one state's UN General Assembly ideal point in one year, with its 5-95% range",
        {
            "actor": "VARCHAR",
            "cow": "INTEGER",
            "year": "INTEGER",
            "ideal_point": "DOUBLE",
            "low": "DOUBLE",
            "high": "DOUBLE",
        },
        ("cow", "year"),
        ("ideal-points-2020",),
    ),
    "major_powers": Table(
        "one major power's spell",
        {"actor": "VARCHAR", "cow": "INTEGER", "first": "DATE", "last": "DATE"},
        ("cow", "first"),
        ("cow-majors-2016",),
    ),
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
            **_SOURCE,
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
