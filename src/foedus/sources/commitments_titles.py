"""Names for ATOP's instruments, which ATOP numbers but does not name."""

from __future__ import annotations

import duckdb

from foedus.sources.actor_keys import NAMES, read_text


def title_table(con: duckdb.DuckDBPyConnection) -> None:
    """Create `atop_title(atopid, title)`: the treaty's own name where known, else a description.

    Names are hand-written in catalog/names/treaty_titles.csv. A description gives the kind of
    pact by its strongest obligation, its founding members (a count where they are more than
    four), the year and ATOP's number. Needs `atop51_member`, `cow_states2016`.
    """
    con.execute(f"""
        CREATE OR REPLACE TABLE atop_title AS
        WITH named AS (
            SELECT CAST(atopid AS INTEGER) AS atopid, title
            FROM {read_text(NAMES / "treaty_titles.csv")}
        ), first_phase AS (
            SELECT m.*, s.statenme AS state FROM atop51_member m
            JOIN (SELECT ccode, any_value(statenme) AS statenme FROM cow_states2016
                  GROUP BY ccode) s ON s.ccode = m.member
            WHERE m.phase <= 1
        ), founders AS (
            SELECT atopid, state, yrent FROM first_phase f
            WHERE yrent = (SELECT min(yrent) FROM first_phase x WHERE x.atopid = f.atopid)
        ), described AS (
            SELECT CAST(atopid AS INTEGER) AS atopid, min(yrent) AS began,
                   count(DISTINCT state) AS members,
                   string_agg(DISTINCT state, '-' ORDER BY state) AS states
            FROM founders GROUP BY atopid
        ), kinds AS (
            SELECT CAST(atopid AS INTEGER) AS atopid,
                   CASE WHEN max(defense) = 1 OR max(offense) = 1 THEN 'alliance treaty'
                        WHEN max(neutral) = 1 THEN 'neutrality treaty'
                        WHEN max(nonagg) = 1 THEN 'non-aggression treaty'
                        ELSE 'consultation treaty' END AS kind
            FROM first_phase GROUP BY atopid
        )
        SELECT d.atopid, coalesce(n.title,
            CASE WHEN members > 4
                 THEN 'Multilateral ' || kind || ' of ' || members || ' states'
                 ELSE upper(kind[1]) || kind[2:] || ', ' || states END
            || ', ' || began || ' (ATOP ' || d.atopid || ')') AS title
        FROM described d JOIN kinds USING (atopid) LEFT JOIN named n USING (atopid)
    """)
