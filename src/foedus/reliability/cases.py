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
from foedus.reliability.case_steps import CALLS, CASES, GIVEN
from foedus.reliability.features.steps import CALL_TABLES, features, know, make, questions

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Texts = npt.NDArray[np.str_]
Flags = npt.NDArray[np.bool_]

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
    know(facts)
    connection = facts.connection
    for name, query in {"called": CALLS, **CALL_TABLES, "given": GIVEN, "cases": CASES}.items():
        make(connection, name, query)
    return _gathered(facts)


def asked_features(facts: Facts, asked: Sequence[Asked], day: date | Sequence[date]) -> Floats:
    """Features (n, f) of calls that would begin on `day`, from what is known before it.

    `day` is one for all, or one for each.
    """
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
    return questions(facts).features(f"FROM (VALUES {values}) AS t({columns})", len(rows))


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
        x=features(facts.connection),
    )


def _whole(values: np.ndarray[Any, Any], missing: int) -> Ints:
    return np.ma.filled(np.ma.asarray(values).astype(np.int64), missing)


def _flags(values: np.ndarray[Any, Any]) -> Flags:
    return np.ma.filled(np.ma.asarray(values).astype(bool), False)


_EPOCH = date(1970, 1, 1).toordinal()


def _days(values: np.ndarray[Any, Any]) -> Ints:
    held = np.ma.asarray(values)
    days = np.ma.getdata(held).astype("datetime64[D]").astype(np.int64) + _EPOCH
    return np.where(np.ma.getmaskarray(held), STILL_OPEN, days)
