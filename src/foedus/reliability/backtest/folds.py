"""Folds: which rows are scored together, and which may be learned from for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from foedus.reliability.cases import Cases, Flags, Ints

SCHEMES = ("rolling", "leave-one-call-out", "leave-one-war-out", "leave-one-guarantor-out")
A_YEAR = 365
SAME_WAR_DAYS = 365


@dataclass(frozen=True)
class Fold:
    """Rows to score (indices), rows that may be learned from (mask), and the day of the fit."""

    name: str
    test: Ints
    known: Flags
    day: int


def folds(cases: Cases, scheme: str, scored: Ints) -> Iterator[Fold]:
    """The folds of one scheme over the scored rows."""
    everything = np.ones(len(cases), dtype=bool)
    latest = int(cases.day[scored].max())
    calls = cases.call[scored]
    if scheme == "rolling":
        for call in _in_order(cases, scored):
            rows = scored[calls == call]
            day = int(cases.day[rows[0]])
            yield Fold(str(call), rows, cases.ended <= day - A_YEAR, day)
    elif scheme == "leave-one-call-out":
        for call in np.unique(calls):
            yield Fold(str(call), scored[calls == call], everything & (cases.call != call), latest)
    elif scheme == "leave-one-war-out":
        for number, war in enumerate(wars(cases, scored)):
            inside = np.isin(cases.call, war)
            yield Fold(f"war {number}", scored[np.isin(calls, war)], ~inside, latest)
    else:
        for giver in np.unique(cases.guarantor[scored]):
            rows = scored[cases.guarantor[scored] == giver]
            yield Fold(str(giver), rows, cases.guarantor != giver, latest)


def _in_order(cases: Cases, scored: Ints) -> list[str]:
    first = {str(call): int(day) for call, day in zip(cases.call[scored], cases.day[scored],
                                                      strict=True)}  # fmt: skip
    return sorted(first, key=lambda call: (first[call], call))


def wars(cases: Cases, scored: Ints) -> list[list[str]]:
    """Calls in groups: those of one beneficiary that begin within a year of each other."""
    by_beneficiary: dict[str, list[tuple[int, str]]] = {}
    for call in np.unique(cases.call[scored]):
        row = int(np.flatnonzero(cases.call == call)[0])
        by_beneficiary.setdefault(str(cases.beneficiary[row]), []).append(
            (int(cases.day[row]), str(call))
        )
    found: list[list[str]] = []
    for held in by_beneficiary.values():
        last = None
        for day, call in sorted(held):
            if last is None or day - last > SAME_WAR_DAYS:
                found.append([])
            found[-1].append(call)
            last = day
    return found
