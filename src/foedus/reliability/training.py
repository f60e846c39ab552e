"""Training rows: one per attack and candidate, known to have ended by the as-of date."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from foedus.catalog.facts import Facts
from foedus.record.candidates import query

Ints = npt.NDArray[np.int64]

ERAS: tuple[tuple[int, str], ...] = (
    (1945, "before 1945"),
    (1990, "1945 to 1989"),
    (2004, "1990 to 2003"),
    (10_000, "since 2004"),
)
"""First year that no longer belongs to the era, and the era's name."""

OBLIGATIONS: tuple[str, ...] = ("none", "paper", "lesser", "defence")
"""Strongest promise held: no text at all (a candidate that the register lists), a text that
promises no help (non-aggression or less), consultation/neutrality/offence, or defence."""


def era(year: int) -> int:
    """Index into `ERAS` of the era that `year` belongs to."""
    return next(index for index, (bound, _) in enumerate(ERAS) if year < bound)


@dataclass(frozen=True)
class Training:
    """Columns of equal length n, one row per attack x candidate; rungs are 0..4.

    `call` numbers the attack, so that rows of one attack can share one vote. `low[w]` and
    `high[w]` bound the rung within window w (0: 30 days, 1: 365 days). `systematic` rows come
    from a source that says of every candidate what it gave (register, ICB); of the others only
    forces or no forces may be used, because what else they tell is told of those who came.
    """

    call: Ints
    obligation: Ints
    era: Ints
    multilateral: Ints
    severity: Ints
    systematic: npt.NDArray[np.bool_]
    low: Ints
    high: Ints

    @property
    def rows(self) -> int:
        """Number of attack x candidate rows."""
        return len(self.call)

    @property
    def calls(self) -> int:
        """Number of distinct attacks."""
        return len(np.unique(self.call))


def training(facts: Facts, *, collective: bool = False) -> Training:
    """Every candidate that held a commitment at the outset, or that the register lists.

    Joiners without a commitment are left out where a source lists only those who came, and so
    are attacks known from external support alone: both are chosen by their outcome. With
    `collective`, one row stands for all holders of
    multilateral commitments together, and its rung is the highest that any of them reached.
    """
    columns = facts.arrays(_COLUMNS, {"collective": collective})
    numbers = {name: np.asarray(values, dtype=np.int64) for name, values in columns.items()}
    rows = Training(
        call=numbers["call"],
        obligation=numbers["obligation"],
        era=np.searchsorted([bound for bound, _ in ERAS], numbers["year"], side="right"),
        multilateral=numbers["multilateral"],
        severity=numbers["hostility"],
        systematic=numbers["systematic"].astype(bool),
        low=np.stack([numbers["rung30_low"], numbers["rung365_low"]]),
        high=np.stack([numbers["rung30_high"], numbers["rung365_high"]]),
    )
    return _together(rows) if collective else rows


_COLUMNS = query(
    "candidates",
    f"""
    SELECT dense_rank() OVER (ORDER BY call) - 1 AS call,
           list_position({list(OBLIGATIONS)}, obligation) - 1 AS obligation,
           multilateral::INT AS multilateral, systematic::INT AS systematic,
           year(started_first) AS year, hostility,
           rung30_low, rung30_high, rung365_low, rung365_high
    WHERE (systematic OR source_table <> 'ucdp-esd-18.1')
      AND CASE WHEN $collective THEN held_at_start AND multilateral
               ELSE held_at_start OR registered END
    ORDER BY call, guarantor
    """,
)


def _together(rows: Training) -> Training:
    """One row for each attack: the highest rung that any holder reached.

    Where a systematic source covers the attack, holders that it does not list are taken to
    have given no more than those it lists; else only forces or no forces are known.
    """
    covered = np.zeros(rows.call.max(initial=-1) + 1, dtype=bool)
    covered[rows.call[rows.systematic]] = True
    kept = np.flatnonzero(rows.systematic | ~covered[rows.call])
    calls, first, place = np.unique(rows.call[kept], return_index=True, return_inverse=True)
    low = np.zeros((2, len(calls)), dtype=np.int64)
    high = np.zeros((2, len(calls)), dtype=np.int64)
    for window in (0, 1):
        np.maximum.at(low[window], place, rows.low[window, kept])
        np.maximum.at(high[window], place, rows.high[window, kept])
    obligation = np.zeros(len(calls), dtype=np.int64)
    np.maximum.at(obligation, place, rows.obligation[kept])
    chosen = kept[first]
    return Training(
        call=calls,
        obligation=obligation,
        era=rows.era[chosen],
        multilateral=rows.multilateral[chosen],
        severity=rows.severity[chosen],
        systematic=covered[calls],
        low=low,
        high=high,
    )
