"""Militarized Interstate Disputes -> one call per original participant, and who joined it.

Source: MID 5.0 (Palmer et al. 2022), variables sidea, orig, hostlev, ongo2014; MID codebook 4.

Calls go to originators (orig=1): targets on side B, initiators on side A. `hostility` is the
dispute's own hostlev, the highest that either side reached by its end, so it is known only
afterwards. Responses are the others on the beneficiary's side, co-originators included, by the
hostility that each reached itself: use of force or war (4-5) rung 4; a display (3: shows of
force, but also alerts and mobilisations at home) rung 2 to 4; a threat (2) rung 1 to 3; nothing
militarised (1) rung 0 to 3. The upper bounds stay open because MIDs record no arms, money or
advice. A state that joined only the other side is a response with rung 0, opposed.
Trap avoided: 29 (dispnum, ccode) pairs repeat, by re-entry or change of side; they are merged.
"""

from __future__ import annotations

import duckdb

KNOWN_UNTIL = "2014-12-31"

_PARTS = """
CREATE OR REPLACE TEMP TABLE mid_parts AS
WITH named AS (
    SELECT ccode, any_value(statenme) AS statenme FROM cow_states2016 GROUP BY ccode
)
SELECT CAST(b.dispnum AS INTEGER) AS mid, b.sidea = 1 AS side_a,
       CAST(b.ccode AS INTEGER) AS cow, any_value(actor) AS actor,
       any_value(n.statenme) AS statenme,
       max(b.orig) = 1 AS original, max(b.hostlev) AS hostlev,
       min(span_first(b.styear, b.stmon, b.stday)) AS first,
       min(span_last(b.styear, b.stmon, b.stday)) AS entered,
       max(span_first(b.endyear, b.endmon, b.endday)) AS left_first,
       max(span_last(b.endyear, b.endmon, b.endday)) AS last
FROM mid5_midb b LEFT JOIN cow_actor ON cow = b.ccode LEFT JOIN named n ON n.ccode = b.ccode
GROUP BY b.dispnum, b.sidea, b.ccode
"""

_NAMES = """
CREATE OR REPLACE TEMP TABLE mid_names AS
WITH sides AS (
    SELECT mid, side_a, list(DISTINCT statenme ORDER BY statenme) AS names
    FROM mid_parts WHERE original GROUP BY mid, side_a
), labels AS (
    SELECT mid, side_a, CASE len(names)
               WHEN 1 THEN names[1]
               WHEN 2 THEN names[1] || ' and ' || names[2]
               ELSE names[1] || ', ' || names[2] || ' and others' END AS label
    FROM sides
)
SELECT mid, string_agg(label, '-' ORDER BY side_a DESC) AS label FROM labels GROUP BY mid
"""

_CALLS = f"""
CREATE OR REPLACE TEMP TABLE mid_calls AS
SELECT 'mid-' || p.mid || ':' || p.actor AS id, p.mid, p.side_a,
       'MID ' || p.mid || ': ' || any_value(n.label) || ', ' || any_value(a.styear) AS name,
       'militarised_dispute' AS kind,
       CASE WHEN p.side_a THEN 'initiator' ELSE 'target' END AS role,
       p.actor AS beneficiary, list_sort(list(DISTINCT c.actor)) AS challengers,
       min(p.first) AS started_first, min(p.entered) AS started_last,
       CASE WHEN any_value(a.ongo2014) <> 1 THEN max(p.left_first) END AS ended_first,
       CASE WHEN any_value(a.ongo2014) <> 1 THEN max(p.last) END AS ended_last,
       nullif(any_value(a.hostlev), -9) AS hostility,
       CASE WHEN any_value(a.outcome) IN (1, 2)
                 THEN CASE WHEN p.side_a = (any_value(a.outcome) = 1) THEN 'victory'
                           ELSE 'defeat' END
            WHEN any_value(a.outcome) IN (3, 4)
                 THEN CASE WHEN p.side_a = (any_value(a.outcome) = 3) THEN 'yielded'
                           ELSE 'opponent yielded' END
            WHEN any_value(a.outcome) = 5 THEN 'stalemate'
            WHEN any_value(a.outcome) = 6 THEN 'compromise'
            WHEN any_value(a.outcome) = 7 THEN 'released'
            WHEN any_value(a.outcome) = 9 THEN 'joined a war' END AS outcome,
       DATE '{KNOWN_UNTIL}' AS known_until, 'catalog' AS origin, 'mid-5.0' AS source_table
FROM mid_parts p
JOIN mid5_mida a ON a.dispnum = p.mid
JOIN mid_names n ON n.mid = p.mid
JOIN mid_parts c ON c.mid = p.mid AND c.original AND c.side_a <> p.side_a AND c.cow <> p.cow
WHERE p.original
GROUP BY p.mid, p.side_a, p.actor
"""

_RESPONSES = """
INSERT INTO response_rows BY NAME
WITH met AS (
    SELECT c.id AS call, s.actor AS guarantor,
           max(s.hostlev) FILTER (s.side_a = c.side_a) AS hostlev,
           bool_or(s.side_a <> c.side_a) AS opposed,
           coalesce(min(s.first) FILTER (s.side_a = c.side_a), min(s.first)) AS first_act_first,
           coalesce(min(s.entered) FILTER (s.side_a = c.side_a), min(s.entered))
               AS first_act_last
    FROM mid_calls c JOIN mid_parts s ON s.mid = c.mid AND s.actor <> c.beneficiary
     AND (c.ended_last IS NULL OR s.first <= c.ended_last) AND s.last >= c.started_first
    WHERE NOT list_contains(c.challengers, s.actor)
    GROUP BY c.id, s.actor
)
SELECT call, guarantor,
       CASE WHEN hostlev IS NULL THEN 0 WHEN hostlev >= 4 THEN 4 WHEN hostlev = 3 THEN 2
            WHEN hostlev = 2 THEN 1 ELSE 0 END AS rung_low,
       CASE WHEN hostlev IS NULL THEN 0 WHEN hostlev >= 3 THEN 4 ELSE 3 END AS rung_high,
       least(rung_low, 1) AS act_low, CASE WHEN hostlev IS NULL THEN 0 ELSE 3 END AS unseen,
       opposed, first_act_first, first_act_last,
       'catalog' AS origin, 'mid-5.0' AS source_table
FROM met
"""


def stage(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Add the disputes to `call_rows` and `response_rows`; returns the codes without an actor."""
    for query in (_PARTS, _NAMES, _CALLS, _RESPONSES):
        con.execute(query)
    con.execute("INSERT INTO call_rows BY NAME SELECT * EXCLUDE (mid, side_a) FROM mid_calls")
    return [
        f"COW {cow}"
        for (cow,) in con.execute(
            "SELECT DISTINCT cow FROM mid_parts WHERE actor IS NULL"
        ).fetchall()
    ]
