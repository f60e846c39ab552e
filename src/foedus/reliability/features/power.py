"""What the sides weigh, and how much of what could help is this guarantor's."""

from __future__ import annotations

from foedus.reliability.features.feature import Feature, Group

_NMC = "National Material Capabilities 7.0"

POWER = Group(
    "power",
    (
        Feature(
            "might",
            "the guarantor's capability",
            "log of its share of world capability, last year known",
            _NMC,
            "revised",
            "share",
        ),
        Feature(
            "need",
            "attacker against beneficiary",
            "log ratio of the challengers' summed"
            " capability to the beneficiary's; unknown against armed groups",
            _NMC,
            "revised",
            "ratio",
        ),
        Feature(
            "match",
            "guarantor against attacker",
            "log ratio of the guarantor's capability to"
            " the challengers'; unknown against armed groups",
            _NMC,
            "revised",
            "ratio",
        ),
        Feature(
            "change",
            "change of capability",
            "absolute log change of the guarantor's share over ten years",
            f"{_NMC}; Leeds 2003",
            "revised",
        ),
        Feature(
            "great_power",
            "a major power",
            "1 for a major power on the day",
            "COW major powers 2016",
            "real-time",
            "flag",
        ),
        Feature(
            "carried",
            "age of the capability data",
            "years since the last capability value",
            _NMC,
            "real-time",
        ),
        Feature(
            "part",
            "share of what could help",
            "the guarantor's share of the candidates' capability, each divided by its distance",
            f"{_NMC}; Olson and Zeckhauser 1966",
            "revised",
        ),
        Feature(
            "helpers",
            "number of others bound",
            "log(1 + other holders of a defence promise)",
            "ATOP 5.1 and the register",
            "real-time",
            "count",
        ),
    ),
    """
    WITH own AS (
        SELECT s.row, c.cinc, year(s.day) - c.year AS carried FROM cases s
        ASOF LEFT JOIN capability_known c ON c.actor = s.guarantor AND c.year < year(s.day)
    ), past AS (
        SELECT s.row, c.cinc FROM cases s
        ASOF LEFT JOIN capability_known c ON c.actor = s.guarantor AND c.year < year(s.day) - 10
    ), theirs AS (
        SELECT q.call, c.cinc FROM called q
        ASOF LEFT JOIN capability_known c ON c.actor = q.beneficiary AND c.year < year(q.day)
    ), against AS (
        SELECT call, sum(cinc) AS cinc FROM (
            SELECT f.call, c.cinc FROM foes f
            ASOF LEFT JOIN capability_known c ON c.actor = f.foe AND c.year < year(f.day)
        ) GROUP BY call
    ), pool AS (
        SELECT n.call, n.guarantor, c.cinc / (300 + coalesce(d.km, 5000)) AS near,
               list_contains(n.why, 'holder') AS held
        FROM (SELECT n.*, q.day, q.beneficiary FROM named_candidates n
              JOIN called q ON q.call = n.call) n
        LEFT JOIN capability_at c ON c.call = n.call AND c.guarantor = n.guarantor
        LEFT JOIN distance_at d ON d.call = n.call AND d.guarantor = n.guarantor
    ), pooled AS (
        SELECT call, sum(near) AS near, count(*) FILTER (held) AS holders FROM pool GROUP BY call
    )
    SELECT s.row, ln(own.cinc + 1e-5) AS might,
           ln((against.cinc + 1e-5) / (theirs.cinc + 1e-5)) AS need,
           ln((own.cinc + 1e-5) / (against.cinc + 1e-5)) AS match,
           abs(ln((own.cinc + 1e-5) / (past.cinc + 1e-5))) AS change,
           EXISTS (FROM major_powers m WHERE m.actor = s.guarantor AND m.first < s.day
                   AND (m.last IS NULL OR m.last >= s.day))::INT AS great_power,
           own.carried,
           (own.cinc / (300 + coalesce(d.km, 5000)))
               / greatest(pooled.near, own.cinc / (300 + coalesce(d.km, 5000))) AS part,
           ln(1 + greatest(0, coalesce(pooled.holders, 0)
               - list_contains(coalesce(n.why, []), 'holder')::INT)) AS helpers
    FROM cases s LEFT JOIN own USING (row) LEFT JOIN past USING (row)
    LEFT JOIN theirs ON theirs.call = s.call LEFT JOIN against ON against.call = s.call
    LEFT JOIN pooled ON pooled.call = s.call
    LEFT JOIN distance_at d ON d.call = s.call AND d.guarantor = s.guarantor
    LEFT JOIN named_candidates n ON n.call = s.call AND n.guarantor = s.guarantor
    """,
)
