"""Tables that several groups read, made once for the cases at hand."""

from __future__ import annotations

BASE_TABLES: dict[str, str] = {
    "values_at": """
        SELECT d.day, v.* EXCLUDE (year)
        FROM (SELECT DISTINCT day FROM called) d
        CROSS JOIN newest n JOIN values_in v ON v.year = least(year(d.day), n.year)
    """,
    "candidates_at": """
        SELECT e.call, e.guarantor, v.cinc, v.cinc_of, v.cinc_then, v.polity, v.point,
               6371 * 2 * asin(least(1, sqrt(
                   sin((b.lat - g.lat) / 2) ** 2
                   + cos(g.lat) * cos(b.lat) * sin((b.lon - g.lon) / 2) ** 2))) AS km
        FROM (SELECT call, guarantor, beneficiary, day FROM cases
              UNION
              SELECT n.call, n.guarantor, q.beneficiary, q.day
              FROM named_candidates n JOIN called q ON q.call = n.call) e
        LEFT JOIN values_at v
          ON v.actor = e.guarantor AND v.day = e.day
        LEFT JOIN seats g ON g.actor = e.guarantor AND g.first < e.day
         AND (g.next IS NULL OR g.next >= e.day)
        LEFT JOIN seats b ON b.actor = e.beneficiary AND b.first < e.day
         AND (b.next IS NULL OR b.next >= e.day)
    """,
    "calls_at": """
        WITH theirs AS (
            SELECT f.call, sum(v.cinc) AS cinc, avg(v.point) AS point,
                   bool_or(s.actor IS NOT NULL) AS state
            FROM foes f LEFT JOIN values_at v
              ON v.actor = f.foe AND v.day = f.day
            LEFT JOIN states s ON s.actor = f.foe
            GROUP BY f.call
        ), near AS (
            SELECT call, median(km) AS km FROM candidates_at GROUP BY call
        ), pool AS (
            SELECT n.call, sum(c.cinc / (300 + coalesce(c.km, 5000))) AS reach,
                   count(*) FILTER (list_contains(n.why, 'holder')) AS holders
            FROM named_candidates n
            LEFT JOIN candidates_at c ON c.call = n.call AND c.guarantor = n.guarantor
            GROUP BY n.call
        )
        SELECT q.call, v.cinc, v.point, v.polity, t.cinc AS foes_cinc, t.point AS foes_point,
               t.state AS foes_state, near.km AS median_km, pool.reach,
               coalesce(pool.holders, 0) AS holders
        FROM called q
        LEFT JOIN values_at v
          ON v.actor = q.beneficiary AND v.day = q.day
        LEFT JOIN theirs t ON t.call = q.call LEFT JOIN near ON near.call = q.call
        LEFT JOIN pool ON pool.call = q.call
    """,
}
"""In order: each may read those before it."""
