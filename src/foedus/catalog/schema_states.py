"""Tables of what states are in a year or a period, alone and in pairs."""

from __future__ import annotations

from foedus.catalog.schema_table import Table

STATES: dict[str, Table] = {
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
        "one state-year; polity2 -10..10, polyarchy 0..1, euds and aeuds about -2.6..3",
        {
            "actor": "VARCHAR",
            "cow": "INTEGER",
            "year": "INTEGER",
            "polity2": "INTEGER",
            "polyarchy": "DOUBLE",
            "euds": "DOUBLE",
            "aeuds": "DOUBLE",
        },
        ("cow", "year"),
        ("polity-5", "vdem-isard-2026", "euds-isard-2026"),
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
}
