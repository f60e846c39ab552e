"""Cases: one row per call and candidate, built from facts known before the call.

A call enters once over all sources, under its best one, whatever hostility it reached in the
end: selecting on that would let the call's end into its beginning. The candidates follow from
one rule: holders of a commitment in force, major powers, who supported the beneficiary in the
15 years before, and rivals of a challenger; states only, neither beneficiary nor challenger.
Rows that the register alone lists are kept and marked `by_rule = false`.
"""

from __future__ import annotations

SUPPORT_YEARS = 15

CALLS = """
    SELECT c.id AS call, c.beneficiary, c.challengers, c.started_first AS day,
           CASE WHEN c.origin <> 'catalog' THEN 'register'
                WHEN c.source_table IN ('cow-wars-4.0', 'mid-5.0') THEN 'cow'
                WHEN c.source_table = 'icb-13' THEN 'icb' ELSE 'esd' END AS stream,
           c.started_last, c.ended_last, c.hostility, c.kind
    FROM calls c
    WHERE c.same_as IS NULL AND (c.ended_last IS NOT NULL OR c.known_until IS NULL)
      AND (c.role = 'target' OR c.id IN (SELECT same_as FROM calls WHERE role = 'target'))
"""
"""Calls that can be learned from: ended ones, and open ones whose source still speaks."""

FOES = "SELECT call, day, unnest(challengers) AS foe FROM called"

CANDIDATES = f"""
WITH named AS (
    SELECT q.call, c.guarantor AS candidate, 'holder' AS why
    FROM called q JOIN texts c ON c.beneficiary = q.beneficiary
     AND c.in_force_last < q.day AND (c.ended_last IS NULL OR c.ended_last >= q.day)
    UNION ALL
    SELECT q.call, m.actor, 'major power' FROM called q JOIN great_powers m
      ON m.first < q.day AND (m.last IS NULL OR m.last >= q.day)
    UNION ALL
    SELECT q.call, a.guarantor, 'past supporter'
    FROM called q JOIN past_answers a ON a.beneficiary = q.beneficiary AND a.low >= 3
     AND a.ended_last < q.day AND a.ended_last >= q.day - INTERVAL {SUPPORT_YEARS} YEAR
    UNION ALL
    SELECT f.call, r.other, 'rival'
    FROM foes f JOIN rivals r ON r.one = f.foe
     AND r.first_year < year(f.day) AND (r.last_year IS NULL OR r.last_year >= year(f.day))
)
SELECT n.call, n.candidate AS guarantor, list(DISTINCT n.why ORDER BY n.why) AS why
FROM named n JOIN called q ON q.call = n.call
WHERE n.candidate <> q.beneficiary AND NOT list_contains(q.challengers, n.candidate)
  AND EXISTS (FROM state_spells s WHERE s.actor = n.candidate
              AND s.first <= q.day AND (s.last IS NULL OR s.last >= q.day))
GROUP BY n.call, n.candidate
"""
"""The rule, over `called` (call, beneficiary, challengers, day) and `foes` of it."""

GIVEN = """
SELECT o.call, r.guarantor,
       max(r.rung30_low) AS low30, greatest(max(r.rung30_low), min(r.rung30_high)) AS high30,
       max(r.rung365_low) AS low365, greatest(max(r.rung365_low), min(r.rung365_high)) AS high365,
       max(r.rung_low) AS low, greatest(max(r.rung_low), min(r.rung_high)) AS high,
       bool_or(r.opposed) AS opposed, bool_or(r.asked) AS asked,
       bool_or(r.origin <> 'catalog') AS registered,
       bool_or(r.source_table = 'icb-13') AS in_icb
FROM responses r
JOIN (SELECT c.id AS source_call, coalesce(c.same_as, c.id) AS call FROM calls c) o
  ON o.source_call = r.call
JOIN called q ON q.call = o.call
WHERE r.guarantor <> q.beneficiary AND NOT list_contains(q.challengers, r.guarantor)
GROUP BY o.call, r.guarantor
"""
"""What each responder gave, over all sources of the call: each saw part of it."""

CASES = """
SELECT row_number() OVER (ORDER BY q.call, c.guarantor) - 1 AS row, q.call, c.guarantor,
       q.beneficiary, q.challengers, q.day, q.stream, q.ended_last, q.hostility,
       q.kind IN ('coup', 'decapitation') AS sudden,
       c.why IS NOT NULL AS by_rule, g.call IS NOT NULL AS listed,
       coalesce(g.registered, false) AS registered, coalesce(g.in_icb, false) AS in_icb,
       g.opposed, g.asked, g.low30, g.high30, g.low365, g.high365, g.low, g.high
FROM (FROM named_candidates UNION BY NAME
      SELECT call, guarantor, NULL AS why FROM given g WHERE registered
         AND NOT EXISTS (FROM named_candidates n WHERE n.call = g.call
                         AND n.guarantor = g.guarantor)) c
JOIN called q ON q.call = c.call
LEFT JOIN given g ON g.call = c.call AND g.guarantor = c.guarantor
WHERE CASE q.stream WHEN 'register' THEN coalesce(g.registered, false)
                    WHEN 'icb' THEN coalesce(g.in_icb, false) ELSE true END
"""
