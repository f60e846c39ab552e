"""Directed pairs and the texts behind them, with how much each pair is held to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from foedus.catalog.facts import Facts

NONE, LESSER, HABIT, DEFENCE = 0, 1, 2, 3
"""What a pair is held to: nothing military, a lesser promise, habit alone, defence."""
HABIT_YEARS = 20

_PROMISES = """
    SELECT id, guarantor, beneficiary, coalesce(defense, false) AS defense,
           coalesce(offense OR neutrality OR consultation, false) AS lesser,
           known_until IS NOT NULL AND known_until < getvariable('as_of') AS carried
    FROM commitments
    WHERE ended_last IS NULL AND in_force_first <= getvariable('as_of')
    ORDER BY id
"""
_HABITS = f"""
    SELECT DISTINCT guarantor, beneficiary FROM (
        SELECT r.guarantor, c.beneficiary FROM responses r JOIN calls c ON c.id = r.call
        WHERE r.rung_low >= 3 AND NOT coalesce(r.opposed, false)
          AND c.started_first >= getvariable('as_of') - INTERVAL {HABIT_YEARS} YEAR
        UNION ALL SELECT guarantor, armed_group FROM proxies WHERE ended_last IS NULL
        UNION ALL SELECT armed_group, unnest(acts_for) FROM proxies WHERE ended_last IS NULL
        UNION ALL SELECT guarantor, unnest(serves) FROM platforms WHERE ended_last IS NULL)
    WHERE guarantor <> beneficiary ORDER BY ALL
"""


@dataclass(frozen=True)
class Tie:
    """One directed pair of actor positions: its texts, and the class that it is held to."""

    guarantor: int
    beneficiary: int
    level: int
    texts: tuple[tuple[str, str], ...]
    """Id and hazard class of each text."""


def ties(facts: Facts, place: dict[str, int]) -> tuple[list[Tie], int]:
    """Pairs by beneficiary and guarantor, and how many texts are carried past their source.

    A pair without a text, or with one that promises nothing military, is held to habit where the
    guarantor gave arms or more in a call of the last 20 years, keeps a platform that serves the
    beneficiary, or is its patron or its proxy.
    """
    held: dict[tuple[int, int], list[dict[str, Any]]] = {}
    carried = 0
    for row in facts.rows(_PROMISES):
        if row["guarantor"] in place and row["beneficiary"] in place:
            carried += bool(row["carried"])
            held.setdefault((place[row["beneficiary"]], place[row["guarantor"]]), []).append(row)
    habits = {
        (place[row["beneficiary"]], place[row["guarantor"]])
        for row in facts.rows(_HABITS)
        if row["guarantor"] in place and row["beneficiary"] in place
    }
    found = []
    for key in sorted(held.keys() | habits):
        rows = held.get(key, [])
        level = NONE
        if any(row["defense"] for row in rows):
            level = DEFENCE
        elif key in habits:
            level = HABIT
        elif any(row["lesser"] for row in rows):
            level = LESSER
        texts = tuple((row["id"], _hazard_class(row)) for row in rows)
        found.append(Tie(key[1], key[0], level, texts))
    return found, carried


def _hazard_class(row: dict[str, Any]) -> str:
    return "defence" if row["defense"] else "lesser" if row["lesser"] else "paper"


def starts(beneficiary: np.ndarray, actors: int) -> np.ndarray:
    """Bounds (n + 1) of each beneficiary's rows in a sorted column."""
    return np.searchsorted(beneficiary, np.arange(actors + 1))
