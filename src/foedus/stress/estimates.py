"""Parameters that data can speak to: the contest, lapse hazards, and how calls coincide."""

from __future__ import annotations

import numpy as np

from foedus.catalog.facts import Facts
from foedus.stress.network import Floats
from foedus.stress.parameters import Parameter

_CONTEST = """
    WITH cap AS (SELECT actor, year, cinc FROM capability WHERE cinc > 0),
    fought AS (
        SELECT id, beneficiary, challengers, year(started_first) AS year, hostility = 5 AS war,
               outcome IN ('defeat', 'fell', 'yielded', 'partial_loss') AS lost
        FROM calls
        WHERE role = 'target' AND same_as IS NULL AND hostility >= 4 AND ended_last IS NOT NULL
          AND outcome IN ('defeat', 'fell', 'yielded', 'partial_loss', 'held', 'victory',
                          'compromise', 'opponent yielded', 'released', 'stalemate')
    ),
    against AS (
        SELECT f.id, sum(cinc) AS cinc
        FROM (SELECT id, year, unnest(challengers) AS actor FROM fought) f
        JOIN cap USING (actor, year) GROUP BY f.id
    ),
    helped AS (
        SELECT r.call AS id, sum(cinc) AS cinc
        FROM responses r JOIN fought f ON f.id = r.call
        JOIN cap ON cap.actor = r.guarantor AND cap.year = f.year
        WHERE r.rung_low = 4 AND NOT coalesce(r.opposed, false) GROUP BY r.call
    )
    SELECT war::INT AS war, lost::INT AS lost,
           ln(against.cinc / (own.cinc + coalesce(helped.cinc, 0))) AS ratio
    FROM fought JOIN cap own ON own.actor = beneficiary AND own.year = fought.year
    JOIN against USING (id) LEFT JOIN helped USING (id) ORDER BY fought.id
"""

_HAZARD = """
    WITH spells AS (
        SELECT guarantor, beneficiary,
               CASE WHEN bool_or(defense) THEN 'defence'
                    WHEN bool_or(offense OR neutrality OR consultation) THEN 'lesser'
                    ELSE 'paper' END AS class,
               greatest(min(year(in_force_first)), $first) AS began,
               max(CASE WHEN ended_last IS NULL OR end_cause = 'new phase'
                        THEN least(coalesce(year(known_until), $last), $last)
                        ELSE year(ended_last) END) AS until,
               bool_or(ended_last IS NULL OR end_cause = 'new phase') AS stands
        FROM commitments
        WHERE origin = 'catalog' AND in_force_first IS NOT NULL
        GROUP BY guarantor, beneficiary, instrument
    )
    SELECT class, count(*) FILTER (NOT stands AND until >= $first) AS ended,
           sum(greatest(until - began + 1, 0)) AS years
    FROM spells WHERE until >= $first GROUP BY class ORDER BY class
"""
HAZARD_YEARS = 30
_SHOCK = """
    SELECT year(started_first) AS year, count(*) AS n FROM calls
    WHERE role = 'target' AND same_as IS NULL AND hostility >= 4
      AND started_first BETWEEN $first AND $last
    GROUP BY 1 ORDER BY 1
"""
CLASSES = ("paper", "lesser", "defence")


def contest(facts: Facts) -> tuple[Parameter, ...]:
    r"""Intercept, war and slope of $P(lost) = \Lambda(a + w\,war + b \log(C_{ch} / (C_b + S)))$.

    Newton's method with a weak ridge (0.01); ranges are two standard errors either way.

    Source: ratio-form contest function, Hirshleifer 1989; fitted to disputes and wars.
    """
    found = facts.arrays(_CONTEST)
    n = len(found["lost"])
    x = np.column_stack([np.ones(n), *(np.asarray(found[k], float) for k in ("war", "ratio"))])
    y = np.asarray(found["lost"], float)
    beta, error = _logit(x, y)
    meanings = (
        ("contest_level", "log-odds that the beneficiary loses to an equal, short of war"),
        ("contest_war", "what a war adds to that"),
        ("contest_slope", "rise of that per unit of log challenger / defender capability"),
    )
    return tuple(
        Parameter(name, float(value), float(value - 2 * se), float(value + 2 * se), "estimate",
                  meaning, "calls with known outcome (MID, COW wars, register)", n)
        for (name, meaning), value, se in zip(meanings, beta, error, strict=True)
    )  # fmt: skip


def _logit(x: Floats, y: Floats, ridge: float = 0.01) -> tuple[Floats, Floats]:
    beta = np.zeros(x.shape[1])
    penalty = ridge * np.eye(x.shape[1])
    curve = penalty
    for _ in range(25):
        p = 1 / (1 + np.exp(-np.clip(x @ beta, -30, 30)))
        curve = (x * (p * (1 - p))[:, None]).T @ x + penalty
        beta = beta + np.linalg.solve(curve, x.T @ (y - p) - ridge * beta)
    return beta, np.sqrt(np.diag(np.linalg.inv(curve)))


def hazards(facts: Facts) -> tuple[Parameter, ...]:
    """Lapses a year of a pair's text, by its strongest promise, over the last 30 years covered.

    New phases of one instrument are no end. One case is one pair in one instrument.
    """
    last = min(facts.as_of.year - 1, 2018)
    rows = facts.rows(_HAZARD, {"first": last - HAZARD_YEARS, "last": last})
    found = {row["class"]: (int(row["ended"]), float(row["years"])) for row in rows}
    out = []
    for name in CLASSES:
        ended, years = found.get(name, (0, 0.0))
        rate = (ended + 0.5) / (years + 50.0)
        spread = 2 * rate / np.sqrt(ended + 0.5)
        out.append(
            Parameter(
                f"hazard_{name}", rate, max(rate - spread, rate / 4), rate + spread, "estimate",
                f"lapses a year of a {name} commitment", f"ATOP 5.1, to {last}", ended,
            )
        )  # fmt: skip
    return tuple(out)


def common_shock(facts: Facts, first: object, last: object) -> Parameter:
    """Variance of the common factor of a year's call rates (mean 1): how calls coincide.

    From yearly totals n: (Var(n) - mean) / mean^2, at least 0.01.
    """
    totals = np.asarray(
        [row["n"] for row in facts.rows(_SHOCK, {"first": first, "last": last})], float
    )
    if len(totals) < 3:
        value = 0.05
    else:
        value = max(float((totals.var(ddof=1) - totals.mean()) / totals.mean() ** 2), 0.01)
    return Parameter(
        "common_shock", value, value / 3, value * 3, "estimate",
        "variance of the factor that all call rates share in a quarter",
        "yearly totals of calls, moment estimate", len(totals),
    )  # fmt: skip
