"""What was promised: obligations, conditions, form and age of the texts in force."""

from __future__ import annotations

from foedus.reliability.features.feature import Feature, Group

_ATOP = "ATOP 5.1 and the register"

PROMISE = Group(
    "promise",
    (
        Feature(
            "defence",
            "a defence promise",
            "1 with a defence obligation in force; half where the source no longer covers the day",
            f"{_ATOP}; Leeds 2003",
            "real-time",
            "flag",
        ),
        Feature(
            "lesser",
            "a lesser promise",
            "1 with offence, neutrality or consultation and no defence",
            _ATOP,
            "real-time",
            "flag",
        ),
        Feature(
            "paper",
            "a text without help",
            "1 with a text in force that promises no help",
            _ATOP,
            "real-time",
            "flag",
        ),
        Feature(
            "conditional",
            "conditions on the promise",
            "1 where every defence obligation is conditional",
            f"{_ATOP}; Leeds 2003",
            "real-time",
            "flag",
        ),
        Feature(
            "bilateral",
            "a bilateral text",
            "1 where the strongest promise stands in a bilateral text",
            f"{_ATOP}; Berkemeier and Fuhrmann 2018",
            "real-time",
            "flag",
        ),
        Feature(
            "wartime",
            "formed in wartime",
            "1 where a text in force was signed in wartime",
            _ATOP,
            "real-time",
            "flag",
        ),
        Feature(
            "age",
            "age of the promise",
            "log(1 + years since the strongest text entered into force); 0 without a text",
            "Berkemeier and Fuhrmann 2018",
            "real-time",
            "years",
        ),
        Feature(
            "texts", "number of texts", "log(1 + instruments in force)", _ATOP, "real-time", "count"
        ),
        Feature(
            "tie_to_attacker",
            "promise to the attacker",
            "1 where the guarantor holds a"
            " defence promise to a challenger, half for any other text with help or"
            " non-aggression",
            _ATOP,
            "real-time",
            "flag",
        ),
    ),
    """
    WITH in_force AS (
        SELECT s.row, c.*, CASE WHEN c.known_until < s.day THEN 0.5 ELSE 1 END AS sure,
               date_diff('day', c.in_force_last, s.day) / 365.25 AS age
        FROM cases s JOIN texts c
          ON c.guarantor = s.guarantor AND c.beneficiary = s.beneficiary
         AND c.in_force_last < s.day AND (c.ended_last IS NULL OR c.ended_last >= s.day)
    ), held AS (
        SELECT row, max(CASE WHEN defense THEN sure END) AS defence,
               max(CASE WHEN lesser THEN sure END) AS lesser, max(sure) AS any_text,
               bool_and(conditional) FILTER (defense) AS conditional,
               arg_min(multilateral, (NOT defense, NOT lesser, multilateral)) AS multilateral,
               bool_or(formed_in_wartime) AS wartime,
               arg_min(age, (NOT defense, NOT lesser, -age)) AS age,
               count(DISTINCT instrument) AS texts
        FROM in_force GROUP BY row
    ), against AS (
        SELECT s.row, max(CASE WHEN c.defense THEN 1.0 ELSE 0.5 END) AS tie
        FROM cases s JOIN texts c
          ON c.guarantor = s.guarantor AND list_contains(s.challengers, c.beneficiary)
         AND c.in_force_last < s.day AND (c.ended_last IS NULL OR c.ended_last >= s.day)
         AND (c.known_until IS NULL OR c.known_until >= s.day)
         AND c.tie
        GROUP BY s.row
    )
    SELECT s.row, coalesce(defence, 0) AS defence,
           CASE WHEN defence IS NULL THEN coalesce(lesser, 0) ELSE 0 END AS lesser,
           CASE WHEN defence IS NULL AND lesser IS NULL THEN coalesce(any_text, 0)
                ELSE 0 END AS paper,
           coalesce(conditional, false)::INT AS conditional,
           coalesce(NOT multilateral, false)::INT AS bilateral,
           coalesce(wartime, false)::INT AS wartime, ln(1 + coalesce(age, 0)) AS age,
           ln(1 + coalesce(texts, 0)) AS texts, coalesce(tie, 0) AS tie_to_attacker
    FROM cases s LEFT JOIN held USING (row) LEFT JOIN against USING (row)
    """,
)
