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
    WITH median_km AS (
        SELECT call, median(km) AS km FROM distance_at GROUP BY call
    ), touching AS (
        SELECT DISTINCT s.row FROM cases s JOIN contiguity t
          ON t.actor_a = s.guarantor AND t.actor_b = s.beneficiary
         AND t.first < s.day AND (t.last IS NULL OR t.last >= s.day)
    ), touching_foe AS (
        SELECT DISTINCT s.row FROM cases s JOIN contiguity t
          ON t.actor_a = s.guarantor AND list_contains(s.challengers, t.actor_b)
         AND t.first < s.day AND (t.last IS NULL OR t.last >= s.day)
    ), rivals AS (
        SELECT actor_a AS one, actor_b AS other, first_year, last_year FROM rivalries
        UNION ALL SELECT actor_b, actor_a, first_year, last_year FROM rivalries
    ), rival_rows AS (
        SELECT s.row, bool_or(r.other = s.beneficiary) AS of_beneficiary,
               bool_or(r.other <> s.beneficiary) AS of_attacker
        FROM cases s JOIN rivals r ON r.one = s.guarantor
         AND (r.other = s.beneficiary OR list_contains(s.challengers, r.other))
         AND r.first_year < year(s.day)
         AND (r.last_year IS NULL OR r.last_year >= year(s.day))
        GROUP BY s.row
    ), mine AS (
        SELECT s.row, v.ideal_point AS point FROM cases s ASOF LEFT JOIN ideal_points v
          ON v.actor = s.guarantor AND v.year < year(s.day)
    ), theirs AS (
        SELECT q.call, v.ideal_point AS point FROM called q ASOF LEFT JOIN ideal_points v
          ON v.actor = q.beneficiary AND v.year < year(q.day)
    ), foes_point AS (
        SELECT call, avg(point) AS point FROM (
            SELECT f.call, v.ideal_point AS point FROM foes f ASOF LEFT JOIN ideal_points v
              ON v.actor = f.foe AND v.year < year(f.day)) GROUP BY call
    ), regime_g AS (
        SELECT s.row, v.polity2 AS polity FROM cases s ASOF LEFT JOIN polity_known v
          ON v.actor = s.guarantor AND v.year < year(s.day)
    ), regime_b AS (
        SELECT q.call, v.polity2 AS polity FROM called q ASOF LEFT JOIN polity_known v
          ON v.actor = q.beneficiary AND v.year < year(q.day)
    )
    SELECT s.row, ln(100 + d.km) AS distance,
           ln((100 + d.km) / (100 + m.km)) AS relative_distance,
           (touching.row IS NOT NULL)::INT AS borders,
           (touching_foe.row IS NOT NULL)::INT AS borders_attacker,
           coalesce(v.of_attacker, false)::INT AS rival_of_attacker,
           coalesce(v.of_beneficiary, false)::INT AS rival_of_beneficiary,
           coalesce(s.sudden, false)::INT AS sudden,
           CASE WHEN len(s.challengers) > 0 THEN (state_foe.call IS NULL)::INT END AS armed_group,
           abs(mine.point - foes_point.point) - abs(mine.point - theirs.point) AS affinity,
           abs(mine.point - theirs.point) AS alike,
           abs(regime_g.polity - regime_b.polity) AS regimes_differ,
           regime_g.polity AS democracy
    FROM cases s
    LEFT JOIN distance_at d ON d.call = s.call AND d.guarantor = s.guarantor
    LEFT JOIN median_km m ON m.call = s.call
    LEFT JOIN touching ON touching.row = s.row LEFT JOIN touching_foe ON touching_foe.row = s.row
    LEFT JOIN rival_rows v ON v.row = s.row
    LEFT JOIN (SELECT DISTINCT f.call FROM foes f JOIN actors a ON a.id = f.foe
               AND a.kind = 'state') state_foe ON state_foe.call = s.call
    LEFT JOIN mine ON mine.row = s.row LEFT JOIN theirs ON theirs.call = s.call
    LEFT JOIN foes_point ON foes_point.call = s.call
    LEFT JOIN regime_g ON regime_g.row = s.row LEFT JOIN regime_b ON regime_b.call = s.call
    """,
)
