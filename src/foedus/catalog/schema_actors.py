"""Tables of actors: who they are, what they are called, who leads them, what they belong to."""

from __future__ import annotations

from foedus.catalog.schema_table import Table

ACTORS: dict[str, Table] = {
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
}
