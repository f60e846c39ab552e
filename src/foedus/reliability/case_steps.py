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

CANDIDATES = f"""
WITH foes AS (SELECT call, beneficiary, day, unnest(challengers) AS foe FROM called),
named AS (
    SELECT q.call, c.guarantor AS candidate, 'holder' AS why
    FROM called q JOIN commitments c ON c.beneficiary = q.beneficiary
     AND c.in_force_last < q.day AND (c.ended_last IS NULL OR c.ended_last >= q.day)
    UNION ALL
    SELECT q.call, m.actor, 'major power' FROM called q JOIN major_powers m
      ON m.first < q.day AND (m.last IS NULL OR m.last >= q.day)
    UNION ALL
    SELECT q.call, r.guarantor, 'past supporter'
    FROM called q JOIN calls p ON p.beneficiary = q.beneficiary
     AND p.ended_last < q.day AND p.ended_last >= q.day - INTERVAL {SUPPORT_YEARS} YEAR
    JOIN responses r ON r.call = p.id AND r.rung_low >= 3
    UNION ALL
    SELECT f.call, CASE WHEN v.actor_a = f.foe THEN v.actor_b ELSE v.actor_a END, 'rival'
    FROM foes f JOIN rivalries v ON f.foe IN (v.actor_a, v.actor_b)
     AND v.first_year < year(f.day) AND (v.last_year IS NULL OR v.last_year >= year(f.day))
)
SELECT n.call, n.candidate AS guarantor, list(DISTINCT n.why ORDER BY n.why) AS why
FROM named n JOIN called q ON q.call = n.call
JOIN actors a ON a.id = n.candidate AND a.kind = 'state'
WHERE n.candidate <> q.beneficiary AND NOT list_contains(q.challengers, n.candidate)
  AND EXISTS (FROM system_members s WHERE s.actor = n.candidate
              AND s.first <= q.day AND (s.last IS NULL OR s.last >= q.day))
GROUP BY n.call, n.candidate
"""
"""The rule, over a table `called` (call, beneficiary, challengers, day)."""

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

PAST_ANSWERS = """
SELECT r.guarantor, c.beneficiary, c.ended_last, r.rung_low AS low, r.rung_high AS high,
       r.opposed, r.origin <> 'catalog' OR r.source_table = 'icb-13' AS exact,
       r.source_table <> 'ucdp-esd-18.1' AS sees_forces,
       CASE WHEN o.id IS NOT NULL THEN t.ended_last END AS superseded_from
FROM responses r JOIN calls c ON c.id = r.call
LEFT JOIN calls t ON t.id = c.same_as
LEFT JOIN responses o ON o.call = t.id AND o.guarantor = r.guarantor
WHERE c.ended_last IS NOT NULL
"""
"""Answers to ended calls as each source tells them: what features of the past count.

Links between sources' calls are made with knowledge of both, so an answer is not merged with
one that came to be known later: it gives way when that one's call has ended.
"""

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
