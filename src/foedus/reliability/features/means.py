"""What is already there: bases and proxies, and what else keeps the guarantor busy."""

from __future__ import annotations

from foedus.reliability.features.feature import Feature, Group

MEANS = Group(
    "means",
    (
        Feature(
            "base_there",
            "a base in reach",
            "1 with a platform in the beneficiary's country or serving it; known from 1990",
            "register of platforms",
            "real-time",
            "flag",
        ),
        Feature(
            "proxy_there",
            "an armed group fights for it",
            "1 with an armed group of the"
            " guarantor that acts for the beneficiary or is hosted there",
            "register of proxies",
            "real-time",
            "flag",
        ),
        Feature(
            "arms_its_foes",
            "arms its enemies",
            "1 with an armed group of the guarantor among the challengers",
            "register of proxies",
            "real-time",
            "flag",
        ),
        Feature(
            "load",
            "wars of its own",
            "log(1 + armed conflicts that the guarantor fights in the last year known, wars twice)",
            "UCDP/PRIO Armed Conflict 25.1",
            "revised",
            "count",
        ),
        Feature(
            "open_calls",
            "other open calls",
            "log(1 + other open calls of states that it holds a defence promise to)",
            "all sources of calls",
            "real-time",
            "count",
        ),
        Feature(
            "reach",
            "bases abroad",
            "log(1 + platforms of the guarantor)",
            "register of platforms",
            "real-time",
            "count",
        ),
    ),
    """
    WITH bases AS (
        SELECT s.row, count(*) FILTER (list_contains(p.hosts, s.beneficiary)
                   OR list_contains(p.serves, s.beneficiary)) AS there, count(*) AS all_sites
        FROM cases s JOIN sites p ON p.guarantor = s.guarantor AND p.start_last < s.day
         AND (p.ended_last IS NULL OR p.ended_last >= s.day) GROUP BY s.row
    ), armed AS (
        SELECT s.row, bool_or(list_contains(p.acts_for, s.beneficiary) OR p.host = s.beneficiary)
                   AS there, bool_or(list_contains(s.challengers, p.armed_group)) AS against
        FROM cases s JOIN armed_groups p ON p.guarantor = s.guarantor AND p.start_last < s.day
         AND (p.ended_last IS NULL OR p.ended_last >= s.day) GROUP BY s.row
    ), covered AS (SELECT max(year) AS last FROM own_wars),
    busy AS (
        SELECT s.row, sum(y.weight) AS n FROM cases s, covered v JOIN own_wars y
          ON y.actor = s.guarantor AND y.year = least(year(s.day) - 1, v.last) GROUP BY s.row
    ), elsewhere AS (
        SELECT s.row, count(DISTINCT p.beneficiary) AS n
        FROM cases s JOIN called_promises p ON p.guarantor = s.guarantor
         AND p.beneficiary <> s.beneficiary
         AND p.began < s.day AND p.began >= s.day - INTERVAL 3 YEAR
         AND (p.ended_last IS NULL OR p.ended_last >= s.day) GROUP BY s.row
    )
    SELECT s.row,
           CASE WHEN s.day >= DATE '1990-01-01' THEN (coalesce(bases.there, 0) > 0)::INT END
               AS base_there,
           CASE WHEN s.day >= DATE '1990-01-01' THEN coalesce(armed.there, false)::INT END
               AS proxy_there,
           CASE WHEN s.day >= DATE '1990-01-01' THEN coalesce(armed.against, false)::INT END
               AS arms_its_foes,
           CASE WHEN s.day >= DATE '1947-01-01' THEN ln(1 + coalesce(busy.n, 0)) END AS load,
           ln(1 + coalesce(elsewhere.n, 0)) AS open_calls,
           CASE WHEN s.day >= DATE '1990-01-01' THEN ln(1 + coalesce(bases.all_sites, 0)) END
               AS reach
    FROM cases s LEFT JOIN bases USING (row) LEFT JOIN armed USING (row)
    LEFT JOIN busy USING (row) LEFT JOIN elsewhere USING (row)
    """,
)
