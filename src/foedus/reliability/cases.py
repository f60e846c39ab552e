"""Cases as arrays: what was recorded of each candidate, and its features the day before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from foedus.catalog.facts import Facts
from foedus.catalog.literals import literal
from foedus.reliability.case_steps import CALLS, CANDIDATES, CASES, GIVEN, PAST_ANSWERS
from foedus.reliability.features.base_tables import BASE_TABLES
from foedus.reliability.features.groups import GROUPS, NAMES

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Texts = npt.NDArray[np.str_]
Flags = npt.NDArray[np.bool_]

DIGITS = 9
"""Decimals kept of a feature: sums over many rows come in no fixed order."""

STILL_OPEN = date.max.toordinal()
"""Last day of a call that is not known to have ended."""


@dataclass(frozen=True)
class Cases:
    """Columns of equal length n, one row per call and candidate; days are ordinals.

    `low[w]` and `high[w]` (3, n) bound the rung within 30 days, 365 days and the whole call;
    `x` (n, f) holds the features of `features.groups.NAMES`, NaN where unknown.
    """

    call: Texts
    guarantor: Texts
    beneficiary: Texts
    stream: Texts
    day: Ints
    ended: Ints
    hostility: Ints
    by_rule: Flags
    listed: Flags
    registered: Flags
    in_icb: Flags
    asked: Ints
    opposed: Ints
    low: Ints
    high: Ints
    x: Floats

    def __len__(self) -> int:
        return len(self.call)

    def where(self, chosen: Flags | Ints) -> Cases:
        """The chosen rows."""
        return Cases(
            **{
                name: value[:, chosen] if name in ("low", "high") else value[chosen]
                for name, value in self.__dict__.items()
            }
        )


@dataclass(frozen=True)
class Asked:
    """One thing to forecast: what `guarantor` does if `challengers` attack `beneficiary`.

    `sudden` marks a coup or a strike at the leader.
    """

    guarantor: str
    beneficiary: str
    challengers: tuple[str, ...]
    sudden: bool = False


def past_cases(facts: Facts) -> Cases:
    """Every case that can be learned from as of the facts' day."""
    _history(facts)
    _make(facts, "called", CALLS)
    _make(facts, "given", GIVEN)
    _make(facts, "named_candidates", CANDIDATES)
    _make(facts, "cases", CASES)
    return _gathered(facts)


def asked_features(facts: Facts, asked: Sequence[Asked], day: date | Sequence[date]) -> Floats:
    """Features (n, f) of calls that would begin on `day`, from what is known before it.

    `day` is one for all, or one for each.
    """
    _history(facts)
    days = [day] * len(asked) if isinstance(day, date) else list(day)
    rows = [
        {
            "row": number,
            "call": f"{one.beneficiary}<{'+'.join(one.challengers)} {days[number]}",
            "day": days[number],
            "guarantor": one.guarantor,
            "beneficiary": one.beneficiary,
            "challengers": list(one.challengers),
            "sudden": one.sudden,
        }
        for number, one in enumerate(asked)
    ]
    values = ", ".join(
        f"({row['row']}, {literal(row['call'])}, {literal(row['guarantor'])},"
        f" {literal(row['beneficiary'])}, {literal(row['challengers'])}::VARCHAR[],"
        f" {literal(row['day'])}, {literal(row['sudden'])})"
        for row in rows
    )
    columns = "row, call, guarantor, beneficiary, challengers, day, sudden"
    _make(facts, "cases", f"FROM (VALUES {values}) AS t({columns})")
    _make(
        facts,
        "called",
        "SELECT DISTINCT call, beneficiary, challengers, day FROM cases",
    )
    _make(facts, "named_candidates", CANDIDATES)
    return _features(facts)


def _history(facts: Facts) -> None:
    """Past answers, once for each set of facts."""
    made = facts.rows("SELECT count(*) AS n FROM duckdb_tables() WHERE table_name = 'past_answers'")
    if not made[0]["n"]:
        _make(facts, "past_answers", PAST_ANSWERS)


def _make(facts: Facts, name: str, query: str) -> None:
    facts.connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {query}")


def _features(facts: Facts) -> Floats:
    for name, query in BASE_TABLES.items():
        _make(facts, name, query)
    found: dict[str, Floats] = {}
    for group in GROUPS:
        columns = facts.arrays(f"FROM ({group.sql}) ORDER BY row")
        found |= {one.name: _numbers(columns[one.name]) for one in group.features}
    table: Floats = np.column_stack([found[name] for name in NAMES])
    return table.round(DIGITS)


_KEYS = ("call", "guarantor", "beneficiary", "stream")


def _gathered(facts: Facts) -> Cases:
    table = facts.arrays("FROM cases ORDER BY row")
    windows = ("30", "365", "")
    listed = _flags(table["listed"])
    absent = np.where(table["stream"] == "cow", 3, 4)
    low = np.stack([_whole(table[f"low{name}"], 0) for name in windows])
    high = np.stack([_whole(table[f"high{name}"], 4) for name in windows])
    return Cases(
        **{name: np.asarray(table[name], dtype=np.str_) for name in _KEYS},
        day=_days(table["day"]),
        ended=_days(table["ended_last"]),
        hostility=_whole(table["hostility"], 0),
        by_rule=_flags(table["by_rule"]),
        listed=listed,
        registered=_flags(table["registered"]),
        in_icb=_flags(table["in_icb"]),
        asked=_whole(table["asked"], -1),
        opposed=_whole(table["opposed"], -1),
        low=low,
        high=np.where(listed, high, absent),
        x=_features(facts),
    )


def _numbers(values: np.ndarray[Any, Any]) -> Floats:
    return np.ma.filled(np.ma.asarray(values).astype(np.float64), np.nan)


def _whole(values: np.ndarray[Any, Any], missing: int) -> Ints:
    return np.ma.filled(np.ma.asarray(values).astype(np.int64), missing)


def _flags(values: np.ndarray[Any, Any]) -> Flags:
    return np.ma.filled(np.ma.asarray(values).astype(bool), False)


_EPOCH = date(1970, 1, 1).toordinal()


def _days(values: np.ndarray[Any, Any]) -> Ints:
    held = np.ma.asarray(values)
    days = np.ma.getdata(held).astype("datetime64[D]").astype(np.int64) + _EPOCH
    return np.where(np.ma.getmaskarray(held), STILL_OPEN, days)
