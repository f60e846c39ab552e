"""COW Inter-State Wars -> one call per state drawn in, and who fought on its side or against it.

Source: Correlates of War Inter-State Wars 4.0 (Sarkees and Wayman 2010); who was attacked
among later entrants, Maoz's directed dyadic wars (Maoz et al. 2019).

A call goes to every original participant: in from the war's first day or marked as an
initiator, or the earliest entrant where a side has neither. Its challengers are the originals
of the other side. A later entrant has a call of its own where it was attacked: within seven
days of its entry the directed dyadic wars hold it as target of a state that they hold as
initiator (Belgium 1914, the United States 1941), and as initiator in no dyad of those days;
those states are its challengers. A state that declared war first (United Kingdom 1939, Romania
1916) has none.

Responses are the other participants whose fighting overlaps the beneficiary's own: on its side
rung 4, with the entry into the war as first act, originals included; only on the other side
rung 0 and opposed. A state that changed sides in that time has both: rung 4 and opposed.
Trap avoided: five states stand twice in one war.
"""

from __future__ import annotations

import duckdb

ATTACKED_WITHIN_DAYS = 7
KNOWN_UNTIL = "2007-12-31"

_SPELLS = """
CREATE OR REPLACE TEMP TABLE war_spells AS
WITH spells AS (
    SELECT WarNum, WarName, ccode, Side, Initiator, Outcome,
           StartYear1 AS y, StartMonth1 AS m, StartDay1 AS d,
           EndYear1 AS ey, EndMonth1 AS em, EndDay1 AS ed
    FROM cow_interstate_war_v4
    UNION ALL
    SELECT WarNum, WarName, ccode, Side, Initiator, Outcome,
           StartYear2, StartMonth2, StartDay2, EndYear2, EndMonth2, EndDay2
    FROM cow_interstate_war_v4 WHERE StartYear2 > 0
)
SELECT CAST(WarNum AS INTEGER) AS war, WarName AS name, CAST(ccode AS INTEGER) AS cow, actor,
       Side AS side, Initiator = 1 AS initiator, Outcome AS outcome,
       span_first(y, m, d) AS first, span_last(y, m, d) AS entered,
       span_first(ey, em, ed) AS left_first, span_last(ey, em, ed) AS last
FROM spells LEFT JOIN cow_actor ON cow = ccode
"""

_PARTICIPANTS = """
CREATE OR REPLACE TEMP TABLE war_participants AS
WITH parts AS (
    SELECT war, any_value(name) AS name, cow, actor, side, bool_or(initiator) AS initiator,
           any_value(outcome) AS outcome, min(first) AS first, min(entered) AS entered,
           max(left_first) AS left_first, max(last) AS last
    FROM war_spells GROUP BY war, cow, actor, side
)
SELECT *, first = min(first) OVER (PARTITION BY war) OR initiator
          OR first = min(first) OVER (PARTITION BY war, side) AND NOT bool_or(initiator)
              OVER (PARTITION BY war, side)
          AND min(first) OVER (PARTITION BY war, side) > min(first) OVER (PARTITION BY war)
          AS original
FROM parts
"""

_ATTACKS = f"""
CREATE OR REPLACE TEMP TABLE war_attacks AS
WITH entries AS (
    SELECT p.war, p.cow, p.side, a.actor AS attacker,
           m.wardyadrolea = 3 AND m.wardyadroleb = 1 AS attacked
    FROM war_participants p
    JOIN maoz_directed_dyadic_war m ON m.warnum = p.war AND m.statea = p.cow
     AND abs(TRY_CAST(m.warstrtyr || '-' || m.warstrtmnth || '-' || m.warstrtday AS DATE)
             - p.first) <= {ATTACKED_WITHIN_DAYS}
    JOIN war_participants a ON a.war = p.war AND a.cow = m.stateb AND a.side <> p.side
    WHERE NOT p.original
)
SELECT DISTINCT * EXCLUDE (attacked) FROM entries
QUALIFY bool_and(attacked) OVER (PARTITION BY war, cow, side)
"""

_CALLS = rf"""
CREATE OR REPLACE TEMP TABLE war_calls AS
WITH challenged AS (
    SELECT p.war, p.cow, p.side, c.actor AS challenger
    FROM war_participants p JOIN war_participants c
      ON c.war = p.war AND c.side <> p.side AND p.original AND c.original AND c.cow <> p.cow
    UNION ALL SELECT war, cow, side, attacker FROM war_attacks
)
SELECT 'war-' || p.war || ':' || p.actor AS id, p.war, p.side,
       regexp_replace(any_value(p.name), '([a-z])War$', '\1 War') || CASE
           WHEN regexp_matches(any_value(p.name),
                'War|Invasion|Rebellion|Conquest|Liberation|Intervention') THEN ''
           ELSE ' War' END AS name,
       'interstate_war' AS kind,
       CASE WHEN any_value(p.original) AND any_value(s.initiated) THEN 'initiator'
            ELSE 'target' END AS role,
       p.actor AS beneficiary, list_sort(list(DISTINCT c.challenger)) AS challengers,
       min(p.first) AS started_first, min(p.entered) AS started_last,
       max(p.left_first) AS ended_first, max(p.last) AS ended_last, 5 AS hostility,
       CASE any_value(p.outcome) WHEN 1 THEN 'victory' WHEN 2 THEN 'defeat'
           WHEN 3 THEN 'compromise' WHEN 4 THEN 'transformed' WHEN 6 THEN 'stalemate'
           WHEN 7 THEN 'continued below war' WHEN 8 THEN 'changed sides' END AS outcome,
       DATE '{KNOWN_UNTIL}' AS known_until, 'catalog' AS origin, 'cow-wars-4.0' AS source_table
FROM war_participants p
JOIN challenged c USING (war, cow, side)
JOIN (SELECT war, side, bool_or(initiator) AS initiated FROM war_participants GROUP BY ALL) s
    ON s.war = p.war AND s.side = p.side
GROUP BY p.war, p.side, p.actor
"""

_RESPONSES = """
INSERT INTO response_rows BY NAME
SELECT c.id AS call, s.actor AS guarantor,
       CASE WHEN bool_or(s.side = c.side) THEN 4 ELSE 0 END AS rung_low, rung_low AS rung_high,
       rung_low AS act_low, CASE WHEN bool_or(s.side = c.side) THEN 3 ELSE 0 END AS unseen,
       bool_or(s.side <> c.side) AS opposed,
       coalesce(min(s.first) FILTER (s.side = c.side), min(s.first)) AS first_act_first,
       coalesce(min(s.entered) FILTER (s.side = c.side), min(s.entered)) AS first_act_last,
       'catalog' AS origin, 'cow-wars-4.0' AS source_table
FROM war_calls c JOIN war_spells s
  ON s.war = c.war AND s.actor <> c.beneficiary
 AND s.first <= c.ended_last AND s.last >= c.started_first
WHERE NOT list_contains(c.challengers, s.actor)
GROUP BY c.id, s.actor
"""


def stage(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Add the wars to `call_rows` and `response_rows`; returns the codes without an actor."""
    for query in (_SPELLS, _PARTICIPANTS, _ATTACKS, _CALLS, _RESPONSES):
        con.execute(query)
    con.execute("INSERT INTO call_rows BY NAME SELECT * EXCLUDE (war, side) FROM war_calls")
    return [
        f"COW {cow}"
        for (cow,) in con.execute(
            "SELECT DISTINCT cow FROM war_spells WHERE actor IS NULL"
        ).fetchall()
    ]
