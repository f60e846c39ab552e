"""Tests outside the register: disputes and wars since 1950, and before 2004 against after."""

from __future__ import annotations

from datetime import date

import numpy as np

from foedus.reliability.backtest.recalibration import HALF_LIFE as RECALIBRATION_HALF_LIFE
from foedus.reliability.backtest.recalibration import recalibrated
from foedus.reliability.backtest.rivals import rivals
from foedus.reliability.backtest.scores import FORCES
from foedus.reliability.backtest.tables import OURS, collapsed, forces_or_none
from foedus.reliability.backtest.within_register import Progress
from foedus.reliability.cases import Cases, Flags, Ints
from foedus.reliability.ordered import Fitted, Floats, fit, rung_probabilities, seen_in_range
from foedus.reliability.two_level import (
    HALF_LIFE,
    YEAR,
    Direction,
    call_weight,
    direction,
    train,
)

FIRST_FORECAST, FIRST_YEAR, LAST_YEAR, BLOCK = 1900, 1950, 2015, 5
"""Ours is recalibrated by its forecasts from the first year on; all are scored from the second."""
ZERO_SHOT_FROM = date(2004, 1, 1).toordinal()
DIRECTION_ALONE = 1.0


def predict_disputes(
    cases: Cases, progress: Progress | None = None
) -> tuple[Ints, dict[str, Floats]]:
    """Candidates of disputes and wars in blocks of five years, from what had ended before each.

    Ours is level A with its level set on the same rows, an ordered model of forces or none on z,
    recalibrated by its own forecasts for earlier blocks.
    """
    cow = (cases.stream == "cow") & cases.by_rule
    named = rivals()
    found: dict[str, list[Floats]] = {name: [] for name in (*named, OURS)}
    kept: list[Ints] = []
    raw = np.full(len(cases), np.nan)
    last: Fitted | None = None
    years = range(FIRST_FORECAST, LAST_YEAR, BLOCK)
    for number, year in enumerate(years):
        if progress:
            progress(f"disputes from {year}", number, len(years))
        start, end = (date(y, 1, 1).toordinal() for y in (year, year + BLOCK))
        test = np.flatnonzero(cow & (cases.day >= start) & (cases.day < end))
        known = cases.ended < start
        first, last = direction(cases.where(known & (cases.stream != "register")), last)
        learn = np.flatnonzero(known & cow)
        before, after = forces_alone(cases.where(learn)), cases.where(test)
        raw[test] = _on_direction(first, before, after, start)
        if year < FIRST_YEAR:
            continue
        kept.append(test)
        earlier = learn[~np.isnan(raw[learn])]
        chance = recalibrated(
            raw[earlier],
            cases.low[1][earlier] >= FORCES,
            _weight(cases.where(earlier), start, RECALIBRATION_HALF_LIFE),
            raw[test],
        )
        found[OURS].append(forces_or_none(chance))
        none, none_after = np.zeros((len(learn), 0)), np.zeros((len(test), 0))
        for name, rival in named.items():
            found[name].append(rival(before, after, none, none_after))
    return np.concatenate(kept), {name: np.concatenate(parts) for name, parts in found.items()}


def forces_alone(cases: Cases) -> Cases:
    """The cases as a source would tell them that sees forces and nothing else."""
    came = cases.low >= FORCES
    low, high = np.where(came, 4, 0), np.where(came, 4, 3)
    return Cases(**{**cases.__dict__, "low": low, "high": high})


def _on_direction(first: Direction, before: Cases, after: Cases, day: int) -> Floats:
    """P(forces) of each row after, (n,)."""
    found = fit(
        first.z(before.x)[:, None],
        seen_in_range(before.low[1], before.high[1]),
        _weight(before, day, HALF_LIFE),
        np.array([DIRECTION_ALONE]),
    )
    return rung_probabilities(found.cuts, first.z(after.x)[:, None] @ found.beta)[:, FORCES]


def _weight(cases: Cases, day: int, half_life: float) -> Floats:
    return np.asarray(0.5 ** ((day - cases.day) / YEAR / half_life) * call_weight(cases.call))


def predict_zero_shot(cases: Cases, scored: Ints) -> dict[str, Floats]:
    """The register's rows from calls that had ended before 2004, collapsed to {0-2, 3, 4}."""
    known: Flags = (cases.ended < ZERO_SHOT_FROM) & (cases.stream != "register")
    before, after = cases.where(known), cases.where(scored)
    found = {OURS: train(before, ZERO_SHOT_FROM).probabilities(after.x)}
    told = before.where(before.in_icb)
    none, none_after = np.zeros((len(told), 0)), np.zeros((len(after), 0))
    for name, rival in rivals().items():
        found[name] = rival(told, after, none, none_after)
    return {name: collapsed(shares) for name, shares in found.items()}
