"""Where the sides lie, and what divides them."""

from __future__ import annotations

from foedus.reliability.features.feature import Feature, Group

PLACE = Group(
    "place",
    (
        Feature(
            "distance",
            "distance",
            "log of km between the capitals of guarantor and beneficiary",
            "capitals as dated in COW and CShapes",
            "real-time",
            "km",
        ),
        Feature(
            "relative_distance",
            "nearer than the others",
            "log of that distance over the candidates' median",
            "Gartzke and Gleditsch 2004",
            "real-time",
            "ratio",
        ),
        Feature(
            "borders",
            "borders the beneficiary",
            "1 by land or up to 400 miles of water",
            "COW contiguity 3.2",
            "real-time",
            "flag",
        ),
        Feature(
            "borders_attacker",
            "borders the attacker",
            "the same to a challenger",
            "COW contiguity 3.2",
            "real-time",
            "flag",
        ),
        Feature(
            "rival_of_attacker",
            "rival of the attacker",
            "1 with an open strategic rivalry to a challenger",
            "Thompson, Sakuwa and Suhas 2021",
            "retrospective",
            "flag",
        ),
        Feature(
            "rival_of_beneficiary",
            "rival of the beneficiary",
            "1 with an open strategic rivalry",
            "Thompson, Sakuwa and Suhas 2021",
            "retrospective",
            "flag",
        ),
        Feature(
            "sudden",
            "a coup or a strike at the leader",
            "1 where the trigger is a coup or a decapitation, which the first day settles",
            "the call's trigger",
            "real-time",
            "flag",
        ),
        Feature(
            "armed_group",
            "the attacker is an armed group",
            "1 where no challenger is a state",
            "the call's originators",
            "real-time",
            "flag",
        ),
        Feature(
            "affinity",
            "closer in votes than the attacker",
            "how much nearer the guarantor's UN"
            " ideal point lies to the beneficiary's than to the challengers' mean",
            "Bailey, Strezhnev and Voeten 2017",
            "retrospective",
        ),
        Feature(
            "alike",
            "distance in votes",
            "distance of UN ideal points of the pair",
            "Bailey, Strezhnev and Voeten 2017",
            "retrospective",
        ),
        Feature(
            "regimes_differ",
            "difference of regime",
            "absolute difference of Polity scores",
            "Polity 5; Lai and Reiter 2000",
            "revised",
        ),
        Feature("democracy", "the guarantor's regime", "Polity score", "Polity 5", "revised"),
    ),
    """
    WITH touching AS (
        SELECT DISTINCT s.row FROM cases s JOIN neighbours t
          ON t.actor_a = s.guarantor AND t.actor_b = s.beneficiary
         AND t.first < s.day AND (t.last IS NULL OR t.last >= s.day)
    ), touching_foe AS (
        SELECT DISTINCT s.row FROM cases s JOIN neighbours t
          ON t.actor_a = s.guarantor AND list_contains(s.challengers, t.actor_b)
         AND t.first < s.day AND (t.last IS NULL OR t.last >= s.day)
    ), rival_rows AS (
        SELECT s.row, bool_or(r.other = s.beneficiary) AS of_beneficiary,
               bool_or(r.other <> s.beneficiary) AS of_attacker
        FROM cases s JOIN rivals r ON r.one = s.guarantor
         AND (r.other = s.beneficiary OR list_contains(s.challengers, r.other))
         AND r.first_year < year(s.day)
         AND (r.last_year IS NULL OR r.last_year >= year(s.day))
        GROUP BY s.row
    )
    SELECT s.row, ln(100 + c.km) AS distance,
           ln((100 + c.km) / (100 + q.median_km)) AS relative_distance,
           (touching.row IS NOT NULL)::INT AS borders,
           (touching_foe.row IS NOT NULL)::INT AS borders_attacker,
           coalesce(v.of_attacker, false)::INT AS rival_of_attacker,
           coalesce(v.of_beneficiary, false)::INT AS rival_of_beneficiary,
           coalesce(s.sudden, false)::INT AS sudden,
           CASE WHEN len(s.challengers) > 0 THEN (NOT q.foes_state)::INT END AS armed_group,
           abs(c.point - q.foes_point) - abs(c.point - q.point) AS affinity,
           abs(c.point - q.point) AS alike,
           abs(c.polity - q.polity) AS regimes_differ, c.polity AS democracy
    FROM cases s
    LEFT JOIN candidates_at c ON c.call = s.call AND c.guarantor = s.guarantor
    LEFT JOIN calls_at q ON q.call = s.call
    LEFT JOIN touching ON touching.row = s.row LEFT JOIN touching_foe ON touching_foe.row = s.row
    LEFT JOIN rival_rows v ON v.row = s.row
    """,
)
