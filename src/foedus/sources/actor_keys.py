"""From COW codes, Gleditsch-Ward codes and register tokens to actor ids, as DuckDB views.

Source: COW state system membership 2016; countrycode (Arel-Bundock et al. 2018); isard's COW to
Gleditsch-Ward panel (Miller). One actor per code, whatever the year: a code that the publisher
moved between governments (255 and 260, Germany; 678 and 679, Yemen) names one actor here.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

CATALOG = Path(__file__).resolve().parents[1] / "catalog"
REGISTER = CATALOG / "register"
NAMES = CATALOG / "names"

COW_OVERRIDES: dict[int, str] = {
    255: "DEU",
    260: "DEU",
    265: "DDR",
    315: "CSK",
    327: "COW327",
    345: "SRB",
    347: "XKX",
    678: "YEM",
    679: "YEM",
    680: "YMD",
    730: "COW730",
    731: "PRK",
    732: "KOR",
    816: "VNM",
}
"""COW codes that countrycode leaves open, or gives to a state that is not the same actor."""

GW_TO_COW: dict[int, int] = {
    260: 255,
    340: 345,
    678: 679,
    815: 816,
    970: 946,
    971: 970,
    972: 955,
    973: 947,
}
"""Gleditsch-Ward codes that differ from COW's. GW 970 is Kiribati, COW 970 is Nauru."""

GW_NOT_IN_COW: tuple[int, ...] = (563, 564, 711)
"""Transvaal, Orange Free State and Tibet: states to Gleditsch and Ward, not to COW."""

TOKEN_ALIASES: dict[str, str] = {"YUG": "SRB", "SUN": "RUS"}
"""Register and ISO 3166-3 tokens of a past name of an actor that goes on."""

ORGANISATION_IDS: dict[str, str] = {"NAM": "NON_ALIGNED"}
"""Organisation tokens that are also a state's code: the token alone means the state (Namibia)."""

WITHOUT_COW: tuple[str, ...] = ("COK", "ESH", "NIU", "PSE", "VAT")
"""States, or members of the register's organisations, that COW does not list."""


def quoted(path: Path) -> str:
    """The path as a SQL string literal."""
    return "'" + str(path).replace("'", "''") + "'"


def read_text(path: Path) -> str:
    """A SQL table expression: the CSV file's columns, all VARCHAR, `NA` and empty as null."""
    return f"read_csv({quoted(path)}, header=true, all_varchar=true, nullstr=['NA', ''])"


def cow_actor_view(con: duckdb.DuckDBPyConnection) -> None:
    """Create the view `cow_actor(cow INTEGER, actor VARCHAR)`: one actor per COW code.

    Needs the publishers' tables `cow_states2016` and `countrycode_panel`.
    """
    overrides = ", ".join(f"({code}, '{actor}')" for code, actor in COW_OVERRIDES.items())
    con.execute(f"""
        CREATE OR REPLACE TEMP VIEW cow_actor AS
        WITH codes AS (
            SELECT cown AS cow, arg_max(iso3c, year) AS iso3
            FROM countrycode_panel WHERE cown IS NOT NULL AND iso3c IS NOT NULL GROUP BY cown
        ), overrides(cow, actor) AS (VALUES {overrides})
        SELECT CAST(s.ccode AS INTEGER) AS cow,
               coalesce(any_value(o.actor), any_value(c.iso3), 'COW' || s.ccode) AS actor
        FROM cow_states2016 s
        LEFT JOIN overrides o ON o.cow = s.ccode
        LEFT JOIN codes c ON c.cow = s.ccode
        GROUP BY s.ccode
    """)


def gw_actor_view(con: duckdb.DuckDBPyConnection) -> None:
    """Create the view `gw_actor(gw INTEGER, actor VARCHAR)`: one actor per Gleditsch-Ward code.

    Codes that COW has no state for (`GW_NOT_IN_COW`) are absent. Creates `cow_actor` too.
    """
    cow_actor_view(con)
    moved = ", ".join(f"({gw}, {cow})" for gw, cow in GW_TO_COW.items())
    con.execute(f"""
        CREATE OR REPLACE TEMP VIEW gw_actor AS
        WITH moved(gw, cow) AS (VALUES {moved})
        SELECT CAST(gw AS INTEGER) AS gw, actor FROM moved JOIN cow_actor USING (cow)
        UNION ALL
        SELECT cow, actor FROM cow_actor
        WHERE cow NOT IN (SELECT gw FROM moved)
          AND cow NOT IN (SELECT cow FROM moved WHERE cow NOT IN (255, 345, 679, 816))
    """)


def token_actor_view(con: duckdb.DuckDBPyConnection) -> None:
    """Create the view `token_actor(token VARCHAR, actor VARCHAR)` for register tokens.

    Tokens are ISO 3166 alpha-3 codes (historic ones included), armed groups and organisations.
    Creates `cow_actor` too.
    """
    cow_actor_view(con)
    aliases = ", ".join(f"('{token}', '{actor}')" for token, actor in TOKEN_ALIASES.items())
    others = ", ".join(f"('{token}')" for token in WITHOUT_COW)
    clashes = ", ".join(f"'{token}'" for token in ORGANISATION_IDS)
    con.execute(f"""
        CREATE OR REPLACE TEMP VIEW token_actor AS
        SELECT DISTINCT actor AS token, actor FROM cow_actor
        UNION ALL SELECT token, token FROM (VALUES {others}) AS t(token)
        UNION ALL SELECT token, actor FROM (VALUES {aliases}) AS t(token, actor)
        UNION ALL SELECT token, token FROM {read_text(REGISTER / "armed_groups.csv")}
        UNION ALL SELECT DISTINCT org, org FROM {read_text(REGISTER / "organisations.csv")}
        WHERE org NOT IN ({clashes})
    """)
