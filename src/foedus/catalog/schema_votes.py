"""Table of votes in the United Nations General Assembly."""

from __future__ import annotations

from foedus.catalog.schema_table import Table

VOTE_TABLES: dict[str, Table] = {
    "un_votes": Table(
        "one state's votes in one session of the UN General Assembly, one character a roll call,"
        " in the order of the session's roll calls: y yes, a abstain, n no, - no vote",
        {
            "actor": "VARCHAR",
            "cow": "INTEGER",
            "session": "INTEGER",
            "year": "INTEGER",
            "first": "DATE",
            "last": "DATE",
            "votes": "VARCHAR",
        },
        ("session", "cow"),
        ("un-votes-2021",),
    ),
}
