"""Archigos, REIGN and the register's leaders -> leaders.

Source: Archigos 4.1 (Goemans, Gleditsch & Chiozza 2009; Gleditsch-Ward codes, to 2015); REIGN
leader list 2021-03 (Bell 2016; COW codes); leaders.csv of the register (2021-2026, and second
offices since 2011). One term is told once: the register over REIGN, REIGN over Archigos.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from foedus.sources.actor_keys import REGISTER, gw_actor_view, read_text
from foedus.sources.files import write_table

REIGN_END = "DATE '2021-03-31'"

GROUP_OFFICES: dict[str, str] = {
    "%Ansar Allah%": "HOUTHI",
    "%Hezbollah%": "HEZBOLLAH",
    "%Hamas%": "HAMAS",
    "%Libyan National Army%": "LNA",
    "%Rapid Support Forces%": "RSF",
    "%Southern Transitional Council%": "STC",
    "%Syrian Democratic Forces%": "SDF",
}
"""Offices of an armed group that the register lists under the country it fights in."""

_GROUP = "CASE " + " ".join(
    f"WHEN office LIKE '{pattern}' THEN '{group}'" for pattern, group in GROUP_OFFICES.items()
)

REGISTER_TERMS = f"""
    SELECT {_GROUP} ELSE iso3 END AS actor, name,
           list_filter(string_split(coalesce(aliases, ''), ';'), x -> x <> '') AS aliases,
           regexp_replace(office, '[,(].*$', '').trim() AS office,
           effective_leader = '1' AS effective,
           CAST(start AS DATE) AS start, CAST("end" AS DATE) AS ended,
           source_title IS NOT NULL AND source_title NOT ILIKE '%unverified%'
               AND name NOT LIKE '%not established%' AS verified,
           iso3
    FROM {read_text(REGISTER / "leaders.csv")}
"""

REIGN_TERMS = """
    SELECT a.actor, r.leader AS name, make_date(r.syear, r.smonth, r.sdate) AS start,
           CASE WHEN r.eyear IS NOT NULL THEN make_date(r.eyear, r.emonth, 1) END AS ended_month
    FROM reign_leaderlist r JOIN cow_actor a ON a.cow = r.ccode
    WHERE r.leader IS NOT NULL
"""

ARCHIGOS_TERMS = """
    SELECT a.actor, l.leader AS name, CAST(l.startdate AS DATE) AS start,
           CASE WHEN l.exit <> 'Still in Office' THEN CAST(l.enddate AS DATE) END AS ended
    FROM archigos_41 l JOIN gw_actor a ON a.gw = l.gwcode
"""

_CLOSED = """coalesce(t.ended, (
        SELECT min(e.start) FROM register e
        WHERE e.effective AND e.iso3 = t.actor AND e.start > t.start))"""
"""A term that was open when coded ends where the register has a successor."""

_TOLD = """EXISTS (
        FROM told e
        WHERE e.actor = t.actor AND (
            (e.effective AND (abs(e.start - t.start) <= 92
                              OR (e.start < t.start AND e.ended > t.start)))
            OR (e.office = 'president' AND abs(e.start - t.start) <= 7)
            OR (contains(e.name, strip_accents(lower(t.name)))
                AND (abs(e.start - t.start) <= 92
                     OR (e.effective AND e.start < coalesce(t.ended, e.ended)
                         AND e.ended > t.start)))))"""
"""The register tells this term: same start, or inside one of its terms, or the same person."""

TERMS = f"""
WITH register AS ({REGISTER_TERMS}),
effective AS (SELECT * FROM register WHERE effective),
archigos AS ({ARCHIGOS_TERMS}),
reign_dated AS (
    SELECT r.actor, r.name, r.start, r.ended_month,
           coalesce(
               (SELECT max(a.ended) FROM archigos a
                WHERE a.actor = r.actor AND abs(a.start - r.start) <= 31
                  AND date_trunc('month', a.ended) = r.ended_month),
               (SELECT min(n.start) FROM ({REIGN_TERMS}) n
                WHERE n.actor = r.actor AND n.start > r.start
                  AND date_trunc('month', n.start) = r.ended_month),
               last_day(r.ended_month)) AS ended
    FROM ({REIGN_TERMS}) r
),
told AS (
    SELECT iso3 AS actor, strip_accents(lower(name)) AS name, effective, office, start,
           coalesce(ended, {REIGN_END}) AS ended FROM register
),
reign AS (
    SELECT actor, name, start, {_CLOSED} AS ended FROM reign_dated AS t WHERE NOT {_TOLD}
),
first_reign AS (SELECT actor, min(start) AS start FROM ({REIGN_TERMS}) GROUP BY actor)
SELECT actor, name, aliases, office, effective, start, ended, verified,
       'foedus-register-2026' AS source_table
FROM register
UNION ALL
SELECT actor, name, [], NULL, true, start, ended, true, 'reign-2021-03' FROM reign
UNION ALL
SELECT t.actor, t.name, [], NULL, true, t.start, {_CLOSED}, true, 'archigos-4.1'
FROM archigos t LEFT JOIN first_reign f USING (actor)
WHERE (f.start IS NULL OR t.start < f.start - 31) AND NOT {_TOLD}
  AND NOT EXISTS (
      FROM reign r
      WHERE r.actor = t.actor AND r.start < t.ended AND t.start < r.ended
        AND (contains(lower(r.name), lower(t.name)) OR contains(lower(t.name), lower(r.name))))
"""


def derive(con: duckdb.DuckDBPyConnection, out: Path) -> dict[str, int]:
    """Write leaders; rows per table."""
    gw_actor_view(con)
    return {"leaders": write_table(con, "leaders", f"SELECT DISTINCT * FROM ({TERMS})", out)}
