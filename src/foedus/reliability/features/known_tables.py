"""What candidates and features read of the catalog, narrowed, made once for each set of facts.

`values_in` holds the last yearly value of each state that was known when a year began, up to the
year after the as-of day; later years are answered by its last.
"""

from __future__ import annotations

KNOWN_TABLES: dict[str, str] = {
    "texts": """
        SELECT guarantor, beneficiary, instrument, multilateral, formed_in_wartime,
               coalesce(defense, false) AS defense,
               coalesce(offense, false) OR coalesce(neutrality, false)
                   OR coalesce(consultation, false) AS lesser,
               defense OR nonaggression OR neutrality OR consultation AS tie,
               coalesce(defense_adversary OR defense_location OR defense_ongoing_conflict
                   OR defense_number_of_adversaries OR defense_after_demand
                   OR defense_non_provocation, false) AS conditional,
               in_force_last, ended_last, known_until
        FROM commitments WHERE in_force_last IS NOT NULL
    """,
    "values_in": """
        WITH years AS (SELECT unnest(range(1816, year(getvariable('as_of')) + 2)) AS year),
        states AS (SELECT actor FROM capability UNION SELECT actor FROM regimes
                   UNION SELECT actor FROM ideal_points),
        capabilities AS (SELECT actor, year, max(cinc) AS cinc FROM capability
                         WHERE cinc IS NOT NULL GROUP BY ALL),
        polities AS (SELECT actor, year, max(polity2) AS polity2 FROM regimes
                     WHERE polity2 IS NOT NULL GROUP BY ALL)
        SELECT a.actor, y.year, c.cinc, c.year AS cinc_of, t.cinc AS cinc_then,
               p.polity2 AS polity, v.ideal_point AS point
        FROM states a CROSS JOIN years y
        ASOF LEFT JOIN capabilities c ON c.actor = a.actor AND c.year < y.year
        ASOF LEFT JOIN capabilities t ON t.actor = a.actor AND t.year < y.year - 10
        ASOF LEFT JOIN polities p ON p.actor = a.actor AND p.year < y.year
        ASOF LEFT JOIN ideal_points v ON v.actor = a.actor AND v.year < y.year
    """,
    "newest": "SELECT max(year) AS year FROM values_in",
    "seats": """
        SELECT actor, first, lead(first) OVER (PARTITION BY actor ORDER BY first) AS next,
               radians(latitude) AS lat, radians(longitude) AS lon
        FROM (SELECT *, row_number() OVER (PARTITION BY actor, first ORDER BY cow DESC) AS n
              FROM capitals) WHERE n = 1
    """,
    "rivals": """
        SELECT actor_a AS one, actor_b AS other, first_year, last_year FROM rivalries
        UNION ALL SELECT actor_b, actor_a, first_year, last_year FROM rivalries
    """,
    "neighbours": "SELECT actor_a, actor_b, first, last FROM contiguity",
    "great_powers": "SELECT actor, first, last FROM major_powers",
    "state_spells": "SELECT s.actor, s.first, s.last FROM system_members s"
    " JOIN actors a ON a.id = s.actor AND a.kind = 'state'",
    "states": "SELECT id AS actor FROM actors WHERE kind = 'state'",
    "disputes": """
        SELECT one, other, dispute, min(year) AS year FROM (
            SELECT actor_a AS one, actor_b AS other, dispute, year
            FROM dispute_years WHERE source_table = 'mid-5.0'
            UNION ALL
            SELECT actor_b, actor_a, dispute, year
            FROM dispute_years WHERE source_table = 'mid-5.0')
        GROUP BY ALL
    """,
    "own_wars": "SELECT actor, year, sum(intensity) AS weight FROM conflicts GROUP BY ALL",
    "called_promises": """
        SELECT DISTINCT c.guarantor, q.beneficiary, q.started_last AS began, q.ended_last
        FROM calls q JOIN texts c ON c.beneficiary = q.beneficiary AND c.defense
         AND c.in_force_last < q.started_first
         AND (c.ended_last IS NULL OR c.ended_last >= q.started_first)
        WHERE q.source_table <> 'ucdp-esd-18.1' AND q.role = 'target'
    """,
    "sites": "SELECT guarantor, hosts, serves, start_last, ended_last FROM platforms",
    "armed_groups": "SELECT guarantor, armed_group, acts_for, host, start_last, ended_last"
    " FROM proxies",
    "past_answers": """
        SELECT r.guarantor, c.beneficiary, c.ended_last, r.rung_low AS low, r.rung_high AS high,
               r.opposed, r.origin <> 'catalog' OR r.source_table = 'icb-13' AS exact,
               r.source_table <> 'ucdp-esd-18.1' AS sees_forces,
               CASE WHEN o.id IS NOT NULL THEN t.ended_last END AS superseded_from
        FROM responses r JOIN calls c ON c.id = r.call
        LEFT JOIN calls t ON t.id = c.same_as
        LEFT JOIN responses o ON o.call = t.id AND o.guarantor = r.guarantor
        WHERE c.ended_last IS NOT NULL
    """,
}
"""In order: each may read those before it.

`past_answers` are answers to ended calls as each source tells them. Links between sources' calls
are made with knowledge of both, so an answer is not merged with one that came to be known later:
it gives way when that one's call has ended.
"""
