"""COW state system, codes and capitals -> actors, actor_codes, system_members, capitals, majors.

Source: COW State System Membership 2016; COW Major Powers 2016; capitals, peacesciencer 2024;
countrycode 2026-04; isard's COW to Gleditsch-Ward panel 2026. The publishers' last day
(2016-12-31; 2024-12-31 for capitals) means "still so when coded" and is stored as null.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from foedus.sources.actor_keys import (
    NAMES,
    ORGANISATION_IDS,
    REGISTER,
    TOKEN_ALIASES,
    gw_actor_view,
    read_text,
)
from foedus.sources.files import write_table

SYSTEM_END = "DATE '2016-12-31'"
CAPITALS_END = "DATE '2024-12-31'"
PANEL_END = 2025

ISO2_WITHOUT_COW: dict[str, str] = {
    "COK": "CK",
    "ESH": "EH",
    "NIU": "NU",
    "PSE": "PS",
    "VAT": "VA",
    "XKX": "XK",
}

SPELLS = f"""
    SELECT a.actor, a.cow, make_date(styear, stmonth, stday) AS first,
           nullif(make_date(endyear, endmonth, endday), {SYSTEM_END}) AS last
    FROM cow_states2016 s JOIN cow_actor a ON a.cow = s.ccode
"""

MAJORS = f"""
    SELECT a.actor, a.cow, make_date(styear, stmonth, stday) AS first,
           nullif(make_date(endyear, endmonth, endday), {SYSTEM_END}) AS last
    FROM cow_majors2016 m JOIN cow_actor a ON a.cow = m.ccode
"""

CAPITALS = f"""
    SELECT a.actor, a.cow, c.capital, CAST(c.stdate AS DATE) AS first,
           CASE WHEN CAST(c.enddate AS DATE) < {CAPITALS_END} THEN CAST(c.enddate AS DATE)
                WHEN s.last < {SYSTEM_END} THEN s.last END AS last,
           c.lat AS latitude, c.lng AS longitude
    FROM cow_capitals c JOIN cow_actor a ON a.cow = c.ccode
    JOIN (SELECT ccode, max(make_date(endyear, endmonth, endday)) AS last
          FROM cow_states2016 GROUP BY ccode) s ON s.ccode = c.ccode
"""

STATES = f"""
    SELECT n.actor AS id, 'state' AS kind, n.name, s.cow, s.first, s.last
    FROM {read_text(NAMES / "states.csv")} n
    LEFT JOIN (
        SELECT actor, arg_max(cow, coalesce(last, {SYSTEM_END})) AS cow, min(first) AS first,
               CASE WHEN count(*) = count(last) THEN max(last) END AS last
        FROM ({SPELLS}) GROUP BY actor
    ) s USING (actor)
"""

GROUPS = f"""
    SELECT g.token AS id, 'armed_group' AS kind, n.name,
           NULL AS cow, NULL AS first, NULL AS last
    FROM {read_text(REGISTER / "armed_groups.csv")} g
    LEFT JOIN {read_text(NAMES / "armed_groups.csv")} n ON n.actor = g.token
"""

YEARS = f"""
    SELECT actor, scheme, code, make_date(min(year), 1, 1) AS first,
           CASE WHEN max(year) < {PANEL_END} THEN make_date(max(year), 12, 31) END AS last
    FROM (
        SELECT *, year - row_number() OVER (PARTITION BY actor, scheme, code ORDER BY year) AS run
        FROM (SELECT DISTINCT a.actor, 'gw' AS scheme, CAST(gwcode AS VARCHAR) AS code, year
              FROM cow_gw_panel p JOIN gw_actor a ON a.gw = p.gwcode)
    ) GROUP BY actor, scheme, code, run
"""


def organisations_query() -> str:
    """Organisations as actors; `last` is null while any member's spell is open."""
    ids = ", ".join(f"('{token}', '{actor}')" for token, actor in ORGANISATION_IDS.items())
    return f"""
        SELECT coalesce(i.actor, o.org) AS id, 'organisation' AS kind,
               coalesce(any_value(n.name), any_value(o.name)) AS name, NULL AS cow,
               min(CAST(o.joined AS DATE)) AS first,
               CASE WHEN count(*) = count(o."left") THEN max(CAST(o."left" AS DATE)) END AS last
        FROM {read_text(REGISTER / "organisations.csv")} o
        LEFT JOIN (VALUES {ids}) AS i(token, actor) ON i.token = o.org
        LEFT JOIN {read_text(NAMES / "organisations.csv")} n ON n.actor = coalesce(i.actor, o.org)
        GROUP BY 1
    """


def codes_query() -> str:
    """Codes in each scheme; ISO codes are undated, COW and Gleditsch-Ward codes are dated."""
    iso2 = ", ".join(f"('{actor}', '{code}')" for actor, code in ISO2_WITHOUT_COW.items())
    past = ", ".join(f"('{actor}', '{token}')" for token, actor in TOKEN_ALIASES.items())
    return f"""
        WITH spells AS (
            SELECT a.actor, s.stateabb, CAST(a.cow AS VARCHAR) AS cow,
                   make_date(styear, stmonth, stday) AS first,
                   nullif(make_date(endyear, endmonth, endday), {SYSTEM_END}) AS last
            FROM cow_states2016 s JOIN cow_actor a ON a.cow = s.ccode
        )
        SELECT actor, 'cow' AS scheme, cow AS code, first, last FROM spells
        UNION ALL SELECT actor, 'cowabb', stateabb, first, last FROM spells
        UNION ALL {YEARS}
        UNION ALL SELECT id, 'iso3', id, NULL, NULL FROM ({STATES}) WHERE length(id) = 3
        UNION ALL SELECT actor, 'iso3', code, NULL, NULL FROM (VALUES {past}) AS t(actor, code)
        UNION ALL SELECT actor, 'iso2', code, NULL, NULL FROM (VALUES {iso2}) AS t(actor, code)
        UNION ALL SELECT iso3c, 'iso2', arg_max(iso2c, year), NULL, NULL FROM countrycode_panel
        WHERE iso3c IN (SELECT actor FROM spells) AND iso2c IS NOT NULL GROUP BY iso3c
    """


def write_system(con: duckdb.DuckDBPyConnection, out: Path) -> dict[str, int]:
    """Write actors, actor_codes, system_members, capitals and major_powers; rows per table."""
    gw_actor_view(con)
    actors = f"{STATES} UNION ALL {GROUPS} UNION ALL {organisations_query()}"
    return {
        name: write_table(con, name, query, out)
        for name, query in {
            "actors": actors,
            "actor_codes": codes_query(),
            "system_members": SPELLS,
            "capitals": CAPITALS,
            "major_powers": MAJORS,
        }.items()
    }
