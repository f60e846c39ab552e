"""How often each actor is called, how hard, and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from foedus.catalog.facts import Facts
from foedus.reliability.alternatives import challenger_scores
from foedus.stress.network import CHALLENGERS, Floats, Ints

WINDOW = 20
SYSTEMATIC_UNTIL = 2014
"""Last year that the dispute data cover; later calls come from the register alone."""
_SHARED_WARS = 4.0

_COUNTS = """
    SELECT beneficiary AS actor,
           count(*) FILTER (year(started_first) <= $covered) AS covered,
           count(*) FILTER (year(started_first) > $covered) AS later,
           count(*) FILTER (hostility = 5) AS wars, count(*) AS all_calls,
           count(*) FILTER (year(started_first) <= $covered
                            AND origin <> 'catalog') AS registered
    FROM calls
    WHERE role = 'target' AND same_as IS NULL AND year(started_first) >= $first
      AND (hostility >= 4 OR (hostility IS NULL AND ended_last IS NULL))
    GROUP BY beneficiary ORDER BY beneficiary
"""


@dataclass(frozen=True)
class Rates:
    """Columns of length n (actors): calls a quarter, share of wars, challengers and weights."""

    rate: Floats
    war: Floats
    challenger: Ints
    weight: Floats
    first: date
    last: date
    calls: int


def rates(facts: Facts, ids: tuple[str, ...], exists: frozenset[str]) -> Rates:
    """Call rates pooled towards the mean of all actors (gamma-Poisson, moments).

    Over the last 20 years covered by dispute data; calls after that, which the register alone
    tells of, count with the exposure that keeps the mean. Shares of wars are pooled with the
    common share as 4 further calls. Challengers: attacks of 50 years, halved every 10, and open
    rivalries at 0.5; `exists` are the actors that can call.
    """
    year = facts.as_of.year
    covered = min(year - 1, SYSTEMATIC_UNTIL)
    first = covered - WINDOW + 1
    rows = {row["actor"]: row for row in facts.rows(_COUNTS, {"first": first, "covered": covered})}
    n = len(ids)
    k = np.array([rows[i]["covered"] if i in rows else 0 for i in ids], float)
    later = np.array([rows[i]["later"] if i in rows else 0 for i in ids], float)
    wars = np.array([rows[i]["wars"] if i in rows else 0 for i in ids], float)
    total = np.array([rows[i]["all_calls"] if i in rows else 0 for i in ids], float)
    mean = max(k.mean() / WINDOW, 1e-6)
    exposure = WINDOW + later.mean() / mean
    count = k + later
    a, b = _gamma(count, exposure)
    rate = (a + count) / (b + exposure) / 4.0
    common = (wars.sum() + 0.5) / (total.sum() + 1.0)
    war = (wars + _SHARED_WARS * common) / (total + _SHARED_WARS)
    challenger = np.full((n, CHALLENGERS), -1, dtype=np.int64)
    weight = np.zeros((n, CHALLENGERS))
    place = {key: at for at, key in enumerate(ids)}
    for key, scores in challenger_scores(facts).items():
        if key not in place:
            continue
        found = [(place[who], score) for who, score in scores.items() if who in exists]
        for slot, (who, score) in enumerate(found[:CHALLENGERS]):
            challenger[place[key], slot], weight[place[key], slot] = who, score
    sums = weight.sum(axis=1, keepdims=True)
    weight = np.divide(weight, sums, out=np.zeros_like(weight), where=sums > 0)
    return Rates(rate, war, challenger, weight, date(first, 1, 1), date(covered, 12, 31),
                 int(count.sum()))  # fmt: skip


def _gamma(count: Floats, exposure: float) -> tuple[float, float]:
    """Shape and rate of the gamma from which the actors' yearly rates come, by moments."""
    rate = count / exposure
    mean = max(float(rate.mean()), 1e-6)
    extra = max(float(rate.var(ddof=1)) - mean / exposure, mean**2 / 10)
    return mean**2 / extra, mean / extra
