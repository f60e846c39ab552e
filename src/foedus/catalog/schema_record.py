"""The tables that fulfilment rules are checked on: alliances in war, and who fought."""

from __future__ import annotations

from foedus.catalog.schema_table import Table

_OBLIGATIONS = ("defense", "offense", "neutrality", "nonaggression", "consultation")

RECORD_TABLES: dict[str, Table] = {
    "fulfilment": Table(
        "one alliance in one war, coded by hand; `_second` is the authors' other coding",
        {
            "war": "INTEGER",
            "war_name": "VARCHAR",
            "war_ended": "DATE",
            "atopid": "INTEGER",
            "before_1945": "BOOLEAN",
            "multilateral": "BOOLEAN",
            **dict.fromkeys(_OBLIGATIONS, "BOOLEAN"),
            "due": "BOOLEAN",
            "why_not": "VARCHAR",
            "honoured": "BOOLEAN",
            "violated": "BOOLEAN",
            "honoured_leniently": "BOOLEAN",
            "due_second": "BOOLEAN",
            "honoured_second": "BOOLEAN",
            "violated_second": "BOOLEAN",
        },
        ("war", "atopid"),
        ("berkemeier-fuhrmann-2018",),
    ),
    "war_dyads": Table(
        "one state that attacked another in one war; `listed` where only a list of foes says so",
        {
            "war": "INTEGER",
            "war_name": "VARCHAR",
            "attacker": "VARCHAR",
            "target": "VARCHAR",
            "began": "DATE",
            "ended": "DATE",
            "joined": "BOOLEAN",
            "listed": "BOOLEAN",
            "judgement": "BOOLEAN",
            "source_table": "VARCHAR",
            "source_ref": "VARCHAR",
        },
        ("war", "attacker", "target"),
        ("iwd-1.1", "mid-5.0"),
    ),
    "war_participants": Table(
        "one state's time on one side of one war, and the regions that it fought in",
        {
            "war": "INTEGER",
            "cow_war": "INTEGER",
            "actor": "VARCHAR",
            "side": "INTEGER",
            "entered_first": "DATE",
            "entered_last": "DATE",
            "left_first": "DATE",
            "left_last": "DATE",
            "initiator": "BOOLEAN",
            "regions": "VARCHAR[]",
        },
        ("war", "actor", "side", "entered_first"),
        ("cow-wars-4.0", "mid-5.0"),
    ),
}
