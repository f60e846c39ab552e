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
    SELECT s.row, ln(c.cinc + 1e-5) AS might,
           ln((q.foes_cinc + 1e-5) / (q.cinc + 1e-5)) AS need,
           ln((c.cinc + 1e-5) / (q.foes_cinc + 1e-5)) AS match,
           abs(ln((c.cinc + 1e-5) / (c.cinc_then + 1e-5))) AS change,
           EXISTS (FROM great_powers m WHERE m.actor = s.guarantor AND m.first < s.day
                   AND (m.last IS NULL OR m.last >= s.day))::INT AS great_power,
           year(s.day) - c.cinc_of AS carried,
           (c.cinc / (300 + coalesce(c.km, 5000)))
               / greatest(q.reach, c.cinc / (300 + coalesce(c.km, 5000))) AS part,
           ln(1 + greatest(0, q.holders
               - list_contains(coalesce(n.why, []), 'holder')::INT)) AS helpers
    FROM cases s
    LEFT JOIN candidates_at c ON c.call = s.call AND c.guarantor = s.guarantor
    LEFT JOIN calls_at q ON q.call = s.call
    LEFT JOIN named_candidates n ON n.call = s.call AND n.guarantor = s.guarantor
    """,
)
