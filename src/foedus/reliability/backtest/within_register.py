"""The test within the register: each call scored by what had ended a year before it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from foedus.reliability.backtest.folds import A_YEAR, Fold, folds
from foedus.reliability.backtest.rivals import rivals
from foedus.reliability.backtest.tables import OURS
from foedus.reliability.backtest.variants import further
from foedus.reliability.cases import Cases, Flags, Ints
from foedus.reliability.ordered import Fitted, Floats
from foedus.reliability.two_level import FEWEST_TOLD, Direction, direction, seen, train

Progress = Callable[[str, int, int], None]
_YEAR_DAYS = 365


class Directions:
    """Level A by the rows it may know, fitted once for each set of them."""

    def __init__(self, cases: Cases) -> None:
        self._cases = cases
        self._known: dict[object, Direction] = {}
        self._last: Fitted | None = None

    def of(self, fold: Fold, scheme: str) -> Direction:
        """Rolling folds share a fit within a year: it knows what ended before that year."""
        if scheme == "rolling":
            cut = (fold.day - A_YEAR) // _YEAR_DAYS * _YEAR_DAYS
            key: object = int((self._old(cut)).sum())
            rows = self._old(cut)
        elif scheme == "leave-one-guarantor-out":
            key, rows = fold.name, fold.known
        else:
            key, rows = "all", np.ones(len(self._cases), dtype=bool)
        if key not in self._known:
            chosen = self._cases.where(rows & (self._cases.stream != "register"))
            self._known[key], self._last = direction(chosen, self._last)
        return self._known[key]

    def _old(self, cut: int) -> Flags:
        return np.asarray((self._cases.ended <= cut) & (self._cases.stream != "register"))


def predict(
    cases: Cases,
    scheme: str,
    variant: str,
    progress: Progress | None = None,
    scored: Ints | None = None,
    with_rivals: bool = True,
) -> tuple[Ints, dict[str, Floats]]:
    """Rows scored, and each model's rung probabilities (rows, 5) out of sample.

    Rows are scored once their fold has `FEWEST_TOLD` rows of the register to learn from.
    """
    matrix = seen(cases, 1)
    told = cases.registered & (matrix.min(axis=1) < 1)
    rows = np.flatnonzero(told) if scored is None else scored
    more = further(cases, variant)
    directions = Directions(cases)
    named = rivals() if with_rivals else {}
    found: dict[str, list[Floats]] = {name: [] for name in (*named, OURS)}
    kept: list[Ints] = []
    plan = list(folds(cases, scheme, rows))
    for number, fold in enumerate(plan):
        if progress:
            progress(f"register, {scheme}: {fold.name}", number, len(plan))
        learn = np.flatnonzero(fold.known & told)
        if len(learn) < FEWEST_TOLD:
            continue
        known = directions.of(fold, scheme)
        before, after = cases.where(learn), cases.where(fold.test)
        kept.append(fold.test)
        model = train(before, fold.day, 1, known, more[learn])
        found[OURS].append(model.probabilities(after.x, more[fold.test]))
        for name, rival in named.items():
            found[name].append(rival(before, after, more[learn], more[fold.test]))
    return np.concatenate(kept), {name: np.concatenate(parts) for name, parts in found.items()}
