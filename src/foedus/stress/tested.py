"""How many calls test promises: what the response model's level is worth in all calls."""

from __future__ import annotations

import numpy as np

from foedus.catalog.facts import Facts
from foedus.stress.network import Actors, Pairs
from foedus.stress.parameters import Parameter
from foedus.stress.rates import SYSTEMATIC_UNTIL
from foedus.stress.ties import HABIT_YEARS
from foedus.stress.willing import Singles

WINDOW = 8
"""Years: of 8, 10, 15, 20 and 30 the nearest to the forces sent after odd origins before 1980."""

_ASKED = f"""
    WITH occasions AS (
        SELECT id, hostility = 5 AS war, beneficiary, challengers, started_first AS day
        FROM calls
        WHERE role = 'target' AND same_as IS NULL AND hostility >= 4
          AND year(started_first) BETWEEN $first AND $last
    ),
    held AS (
        SELECT o.id, war, challengers, c.guarantor
        FROM occasions o JOIN commitments c USING (beneficiary)
        WHERE c.in_force_first <= o.day AND (c.ended_last IS NULL OR c.ended_last >= o.day)
          AND (c.defense OR c.offense OR c.neutrality OR c.consultation)
        UNION
        SELECT o.id, war, o.challengers, r.guarantor
        FROM occasions o JOIN calls p USING (beneficiary) JOIN responses r ON r.call = p.id
        WHERE r.rung_low >= 3 AND NOT coalesce(r.opposed, false) AND p.started_first < o.day
          AND p.started_first >= o.day - INTERVAL {HABIT_YEARS} YEAR
    ),
    sent AS (
        SELECT DISTINCT coalesce(c.same_as, c.id) AS id, r.guarantor
        FROM responses r JOIN calls c ON c.id = r.call
        WHERE r.rung_low = 4 AND NOT coalesce(r.opposed, false)
    )
    SELECT war, count(*) AS asked, count(sent.id) AS sent
    FROM held LEFT JOIN sent USING (id, guarantor)
    WHERE NOT list_contains(challengers, guarantor)
      AND guarantor IN (SELECT id FROM actors WHERE kind = 'state')
    GROUP BY war
"""


def shares_tested(
    facts: Facts, actors: Actors, pairs: Pairs, willingness: Singles
) -> tuple[Parameter, Parameter]:
    r"""Shares of drawn wars and of lesser drawn calls that test promises.

    The response model's level is that of calls of which a source tells what each guarantor did;
    most calls are not such. The share is $\min(1, (k + 1/2) / (n \bar p + 1/2))$: in n cases of
    a call of the last 8 years covered and a state held to something, k sent forces, and
    $\bar p$ is the mean P(forces) of the pairs held today, each weighted by how often it is
    called so. `willingness` is (draws, p, 3). Ranges are two standard errors of k.
    """
    last = min(facts.as_of.year, SYSTEMATIC_UNTIL)
    found = {
        row["war"]: (int(row["asked"]), int(row["sent"]))
        for row in facts.rows(_ASKED, {"first": last - WINDOW + 1, "last": last})
    }
    states = ~actors.group[pairs.guarantor] & ~actors.group[pairs.beneficiary]
    rows = np.flatnonzero((pairs.level > 0) & states)
    taker = pairs.beneficiary[rows]
    forces = willingness[:, rows, 0].mean(axis=0, dtype=np.float64)
    names = {True: ("tested_war", "wars"), False: ("tested_short", "calls short of war")}
    out = []
    for war, (name, which) in names.items():
        asked, sent = found.get(war, (0, 0))
        weight = actors.rate[taker] * (actors.war[taker] if war else 1 - actors.war[taker])
        expected = asked * float(weight @ forces / max(weight.sum(), 1e-12))
        value = min((sent + 0.5) / (expected + 0.5), 1.0)
        spread = 2 * value / np.sqrt(sent + 0.5)
        out.append(
            Parameter(
                name, value, max(value - spread, value / 4), min(value + spread, 1.0), "estimate",
                f"share of drawn {which} that test promises; scripted calls always do",
                f"forces sent in {sent} of {asked} held pairs that were called,"
                f" against {expected:.0f} by the response model; to {last}",
                asked,
            )
        )  # fmt: skip
    return out[0], out[1]
