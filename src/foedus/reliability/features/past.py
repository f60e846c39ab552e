"""What the sides did before: disputes on the same and opposite sides, help given and received."""

from __future__ import annotations

from foedus.reliability.features.feature import Feature, Group

HALF_LIFE = 10.0
"""Years after which a past act counts half."""

_DECAY = f"0.5 ** (date_diff('day', {{then}}, s.day) / 365.25 / {HALF_LIFE})"

_KNOWN = "a.ended_last < s.day AND (a.superseded_from IS NULL OR a.superseded_from >= s.day)"
"""An answer counts from its call's end until a better source's row on it is there."""

PAST = Group(
    "past",
    (
        Feature(
            "fought",
            "past disputes of the pair",
            "log(1 + disputes against each other, halved every ten years)",
            "MID 5.0; Crescenzi 2007",
            "revised",
            "count",
        ),
        Feature(
            "fought_attacker",
            "past disputes with the attacker",
            "the same against a challenger",
            "MID 5.0; Crescenzi 2007",
            "revised",
            "count",
        ),
        Feature(
            "same_side",
            "past help of the pair",
            "log(1 + calls of the beneficiary that the"
            " guarantor answered with a display of force or more, decayed)",
            "MID, COW wars, ICB, register; Crescenzi et al. 2012",
            "revised",
            "count",
        ),
        Feature(
            "pair_material",
            "material help to it before",
            "log(1 + calls of the beneficiary answered with material help or forces, decayed)",
            "all sources of calls",
            "revised",
            "count",
        ),
        Feature(
            "pair_rate",
            "its record with the beneficiary",
            "decayed share of the pair's ended"
            " calls with material help or more, pooled with one sixth over four calls",
            "all sources of calls; Miller 2011",
            "revised",
            "share",
        ),
        Feature(
            "giver_rate",
            "its record with all",
            "the same over the guarantor's calls with exact outcomes, pooled over six calls",
            "ICB, register; Crescenzi et al. 2012",
            "revised",
            "share",
        ),
        Feature(
            "giver_forces",
            "how often it sent forces",
            "log(1 + calls in which it sent forces, decayed)",
            "MID, COW wars, register",
            "revised",
            "count",
        ),
        Feature(
            "receiver_rate",
            "how often the beneficiary was helped",
            "decayed share of answers to the beneficiary's calls with material help or more",
            "ICB, register",
            "revised",
            "share",
        ),
        Feature(
            "gave_any",
            "help given to anyone",
            "log(1 + calls of anyone answered with material help, decayed)",
            "UCDP external support 18.1, register",
            "revised",
            "count",
        ),
        Feature(
            "got_any",
            "help received from anyone",
            "log(1 + answers to the beneficiary's calls with material help, decayed)",
            "UCDP external support 18.1, register",
            "revised",
            "count",
        ),
        Feature(
            "opposed_before",
            "acted against it before",
            "log(1 + calls of the beneficiary in which the guarantor acted against it, decayed)",
            "all sources of calls",
            "revised",
            "count",
        ),
    ),
    f"""
    WITH pair_fights AS (
        SELECT s.row, sum(0.5 ** ((year(s.day) - d.year) / {HALF_LIFE})) AS n
        FROM cases s JOIN disputes d ON d.one = s.guarantor AND d.other = s.beneficiary
         AND d.year < year(s.day) GROUP BY s.row
    ), foe_fights AS (
        SELECT s.row, sum(0.5 ** ((year(s.day) - d.year) / {HALF_LIFE})) AS n
        FROM cases s JOIN disputes d ON d.one = s.guarantor
         AND list_contains(s.challengers, d.other)
         AND d.year < year(s.day) GROUP BY s.row
    ), pairs AS (
        SELECT s.row,
               sum({_DECAY.format(then="a.ended_last")}) FILTER (a.low >= 2
                   AND NOT coalesce(a.opposed, false)) AS same_side,
               sum({_DECAY.format(then="a.ended_last")}) FILTER (a.low >= 3) AS material,
               sum({_DECAY.format(then="a.ended_last")}) FILTER (a.low >= 3 OR a.high < 3) AS n,
               sum({_DECAY.format(then="a.ended_last")}) FILTER (a.opposed) AS against
        FROM cases s JOIN past_answers a ON a.guarantor = s.guarantor
         AND a.beneficiary = s.beneficiary AND {_KNOWN}
        GROUP BY s.row
    ), guarantor_days AS (SELECT DISTINCT guarantor, day FROM cases),
    givers AS (
        SELECT s.guarantor, s.day,
               sum({_DECAY.format(then="a.ended_last")}) FILTER (a.low >= 3) AS given,
               sum({_DECAY.format(then="a.ended_last")}) FILTER (a.exact AND a.low >= 3) AS k,
               sum({_DECAY.format(then="a.ended_last")})
                   FILTER (a.exact AND (a.low >= 3 OR a.high < 3)) AS n,
               sum({_DECAY.format(then="a.ended_last")})
                   FILTER (a.low >= 4 AND a.sees_forces) AS forces
        FROM guarantor_days s JOIN past_answers a
          ON a.guarantor = s.guarantor AND {_KNOWN} GROUP BY ALL
    ), beneficiary_days AS (SELECT DISTINCT beneficiary, day FROM cases),
    receivers AS (
        SELECT s.beneficiary, s.day,
               sum({_DECAY.format(then="a.ended_last")}) FILTER (a.low >= 3) AS given,
               sum({_DECAY.format(then="a.ended_last")}) FILTER (a.exact AND a.low >= 3) AS k,
               sum({_DECAY.format(then="a.ended_last")})
                   FILTER (a.exact AND (a.low >= 3 OR a.high < 3)) AS n
        FROM beneficiary_days s JOIN past_answers a
          ON a.beneficiary = s.beneficiary AND {_KNOWN} GROUP BY ALL
    )
    SELECT s.row, ln(1 + coalesce(pair_fights.n, 0)) AS fought,
           ln(1 + coalesce(foe_fights.n, 0)) AS fought_attacker,
           ln(1 + coalesce(pairs.same_side, 0)) AS same_side,
           ln(1 + coalesce(pairs.material, 0)) AS pair_material,
           ln((coalesce(pairs.material, 0) + 0.8) / (coalesce(pairs.n, 0) + 4.8)) AS pair_rate,
           ln((coalesce(givers.k, 0) + 1.2) / (coalesce(givers.n, 0) + 6)) AS giver_rate,
           ln(1 + coalesce(givers.forces, 0)) AS giver_forces,
           ln((coalesce(receivers.k, 0) + 1.2) / (coalesce(receivers.n, 0) + 6)) AS receiver_rate,
           ln(1 + coalesce(givers.given, 0)) AS gave_any,
           ln(1 + coalesce(receivers.given, 0)) AS got_any,
           ln(1 + coalesce(pairs.against, 0)) AS opposed_before
    FROM cases s LEFT JOIN pair_fights USING (row) LEFT JOIN foe_fights USING (row)
    LEFT JOIN pairs USING (row)
    LEFT JOIN givers ON givers.guarantor = s.guarantor AND givers.day = s.day
    LEFT JOIN receivers ON receivers.beneficiary = s.beneficiary AND receivers.day = s.day
    """,
)
