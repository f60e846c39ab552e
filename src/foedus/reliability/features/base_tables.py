"""Tables that several groups read, made once for the cases at hand."""

from __future__ import annotations

BASE_TABLES: dict[str, str] = {
    "foes": "SELECT call, day, unnest(challengers) AS foe FROM called",
    "capability_known": "SELECT actor, year, max(cinc) AS cinc FROM capability"
    " WHERE cinc IS NOT NULL GROUP BY ALL",
    "polity_known": "SELECT actor, year, max(polity2) AS polity2 FROM regimes"
    " WHERE polity2 IS NOT NULL GROUP BY ALL",
    "everyone": """
        SELECT DISTINCT call, guarantor, beneficiary, day FROM (
            SELECT call, guarantor, beneficiary, day FROM cases
            UNION ALL SELECT n.call, n.guarantor, q.beneficiary, q.day
            FROM named_candidates n JOIN called q ON q.call = n.call)
    """,
    "capability_at": """
        SELECT e.call, e.guarantor, c.cinc FROM everyone e
        ASOF LEFT JOIN capability_known c ON c.actor = e.guarantor AND c.year < year(e.day)
    """,
    "seats": """
        SELECT actor, first, radians(latitude) AS lat, radians(longitude) AS lon FROM (
            SELECT *, row_number() OVER (PARTITION BY actor, first ORDER BY cow DESC) AS n
            FROM capitals) WHERE n = 1
    """,
    "distance_at": """
        WITH here AS (
            SELECT e.*, c.lat AS lat_g, c.lon AS lon_g FROM everyone e
            ASOF LEFT JOIN seats c ON c.actor = e.guarantor AND c.first < e.day
        ), both_seats AS (
            SELECT h.*, c.lat AS lat_b, c.lon AS lon_b FROM here h
            ASOF LEFT JOIN seats c ON c.actor = h.beneficiary AND c.first < h.day
        )
        SELECT call, guarantor, 6371 * 2 * asin(least(1, sqrt(
            sin((lat_b - lat_g) / 2) ** 2
            + cos(lat_g) * cos(lat_b) * sin((lon_b - lon_g) / 2) ** 2))) AS km
        FROM both_seats
    """,
}
"""In order: each may read those before it."""
