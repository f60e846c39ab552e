"""Tables of what ties or divides two states in a year: obligations, disputes, wars."""

from __future__ import annotations

from foedus.catalog.schema_table import Table

_PAIR = {
    "actor_a": "VARCHAR",
    "actor_b": "VARCHAR",
    "cow_a": "INTEGER",
    "cow_b": "INTEGER",
}

_EACH = {
    "originator": "BOOLEAN",
    "fatality": "INTEGER",
    "deaths": "INTEGER",
    "highest_action": "INTEGER",
    "hostility": "INTEGER",
}

PAIRS: dict[str, Table] = {
    "alliance_years": Table(
        "one run of years in which one state's ATOP obligations to another stay the same",
        {
            **_PAIR,
            "first_year": "INTEGER",
            "last_year": "INTEGER",
            "defense": "BOOLEAN",
            "offense": "BOOLEAN",
            "neutrality": "BOOLEAN",
            "nonaggression": "BOOLEAN",
            "consultation": "BOOLEAN",
        },
        ("cow_a", "cow_b", "first_year"),
        ("atop-5.1",),
    ),
    "dispute_years": Table(
        "one year of one dispute between two states, as one data set codes it; lower code first",
        {
            "source_table": "VARCHAR",
            "dispute": "INTEGER",
            **_PAIR,
            "year": "INTEGER",
            "onset": "BOOLEAN",
            "a_on_side_a": "BOOLEAN",
            **{f"{name}_{state}": kind for name, kind in _EACH.items() for state in "ab"},
            "fatality": "INTEGER",
            "hostility": "INTEGER",
            "reciprocated": "BOOLEAN",
            "shortest": "INTEGER",
            "longest": "INTEGER",
            "start_month": "INTEGER",
        },
        ("source_table", "dispute", "cow_a", "cow_b", "year"),
        ("gml-mid-2.2.1", "mid-5.0"),
    ),
    "war_years": Table(
        "one year of one inter-state war between two states on opposite sides; lower code first",
        {
            "war": "INTEGER",
            **_PAIR,
            "year": "INTEGER",
            "onset": "BOOLEAN",
            "a_on_side_a": "BOOLEAN",
            "initiator_a": "BOOLEAN",
            "initiator_b": "BOOLEAN",
            "deaths_a": "INTEGER",
            "deaths_b": "INTEGER",
        },
        ("war", "cow_a", "cow_b", "year"),
        ("cow-wars-4.0",),
    ),
}
