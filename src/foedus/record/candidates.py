"""Candidates: one row per attack and guarantor, with what was held and what was delivered.

The query is built from named steps. `query("held")` gives the SQL of any step with those it
needs, so that each can be run and looked at alone.

An attack is a call whose beneficiary was the target, with force used (MID hostility 4 or 5),
that ended by the as-of date and is counted once over all sources (`same_as` is null); one
source that saw the beneficiary as the target is enough. A response is `systematic` where its
source says of every candidate it looked at what it gave, and not only who came.
`broken` holds the guarantors that attacked their own beneficiary: they are no candidates.
"""

from __future__ import annotations

STEPS: dict[str, str] = {
    "attacks": """
        SELECT id, name, kind, beneficiary, challengers, hostility, source_table,
               started_first, started_last, ended_last
        FROM calls
        WHERE hostility >= 4 AND ended_last IS NOT NULL AND same_as IS NULL
          AND (role = 'target' OR id IN (
              SELECT same_as FROM calls WHERE role = 'target' AND hostility >= 4))
    """,
    "occasions": """
        SELECT c.id AS source_call, a.id AS call
        FROM calls c JOIN attacks a ON a.id = coalesce(c.same_as, c.id)
    """,
    "promises": """
        SELECT a.id AS call, c.guarantor, c.id AS commitment, c.multilateral,
               coalesce(c.defense, false) AS defense,
               coalesce(c.offense, false) OR coalesce(c.neutrality, false)
                   OR coalesce(c.consultation, false) AS lesser,
               c.in_force_last <= a.started_last AS at_start
        FROM attacks a
        JOIN commitments c ON c.beneficiary = a.beneficiary
            AND c.in_force_first <= a.ended_last
            AND (c.ended_last IS NULL OR c.ended_last >= a.started_first)
            AND (c.known_until IS NULL OR c.known_until >= a.started_first)
    """,
    "held": """
        SELECT call, guarantor,
               list(commitment ORDER BY defense DESC, multilateral, commitment) AS commitments,
               CASE WHEN bool_or(defense) THEN 'defence'
                    WHEN bool_or(lesser) THEN 'lesser' ELSE 'paper' END AS obligation,
               arg_min(multilateral, (NOT defense, NOT lesser, multilateral)) AS multilateral,
               bool_or(at_start) AS at_start
        FROM promises GROUP BY call, guarantor
    """,
    "given": """
        SELECT o.call, r.guarantor, list(r.id ORDER BY r.id) AS responses,
               max(rung_low) AS rung_low,
               greatest(max(rung_low), min(rung_high)) AS rung_high,
               max(rung30_low) AS rung30_low,
               greatest(max(rung30_low), min(rung30_high)) AS rung30_high,
               max(rung365_low) AS rung365_low,
               greatest(max(rung365_low), min(rung365_high)) AS rung365_high,
               bool_or(r.opposed) AS opposed,
               bool_or(r.origin <> 'catalog') AS registered,
               bool_or(r.origin <> 'catalog' OR r.source_table = 'icb-13') AS systematic
        FROM responses r JOIN occasions o ON o.source_call = r.call
        GROUP BY o.call, r.guarantor
    """,
    "absent": """
        SELECT id AS call, CASE WHEN source_table IN ('cow-wars-4.0', 'mid-5.0') THEN 3 ELSE 4 END
               AS rung_high
        FROM attacks
    """,
    "candidates": """
        SELECT call, guarantor, attacks.beneficiary,
               coalesce(held.commitments, []) AS commitments,
               coalesce(held.obligation, 'none') AS obligation,
               coalesce(held.multilateral, false) AS multilateral,
               coalesce(held.at_start, false) AS held_at_start,
               coalesce(given.responses, []) AS responses,
               coalesce(given.registered, false) AS registered,
               coalesce(given.systematic, false) AS systematic,
               given.opposed,
               coalesce(given.rung_low, 0) AS rung_low,
               coalesce(given.rung_high, absent.rung_high) AS rung_high,
               coalesce(given.rung30_low, 0) AS rung30_low,
               coalesce(given.rung30_high, absent.rung_high) AS rung30_high,
               coalesce(given.rung365_low, 0) AS rung365_low,
               coalesce(given.rung365_high, absent.rung_high) AS rung365_high,
               attacks.hostility, attacks.started_first, attacks.ended_last, attacks.source_table
        FROM held FULL JOIN given USING (call, guarantor)
        JOIN attacks ON attacks.id = call
        JOIN absent USING (call)
        WHERE guarantor <> attacks.beneficiary
          AND NOT list_contains(attacks.challengers, guarantor)
    """,
    "broken": """
        SELECT held.call, guarantor, attacks.beneficiary, commitments, attacks.started_first
        FROM held JOIN attacks ON attacks.id = held.call
        WHERE list_contains(attacks.challengers, guarantor)
    """,
}


def query(step: str, tail: str = "") -> str:
    """SQL for `FROM <step> <tail>`, with every step before it as a common table expression.

    Raises:
        KeyError: no such step.
    """
    if step not in STEPS:
        raise KeyError(f"no step {step!r}; there are {', '.join(STEPS)}")
    names = list(STEPS)
    needed = names[: names.index(step) + 1]
    steps = ",\n".join(f"{name} AS ({STEPS[name]})" for name in needed)
    return f"WITH {steps}\nFROM {step} {tail}"
