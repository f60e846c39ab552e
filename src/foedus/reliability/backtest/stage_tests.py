"""The stages beside the headline, scored like it: being asked, and acting against."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from foedus.domain.backtests import Trial
from foedus.reliability.backtest.folds import folds
from foedus.reliability.backtest.rivals import SIMPLE as SIMPLE_FEATURES
from foedus.reliability.backtest.scores import FORCES, Flags, Outcomes
from foedus.reliability.backtest.tables import BASE, OURS, SIMPLE, forces_or_none, trial
from foedus.reliability.cases import Cases, Ints
from foedus.reliability.features.groups import NAMES
from foedus.reliability.logit import chance, fit_logit
from foedus.reliability.ordered import Floats
from foedus.reliability.scaling import Scaling, scaling
from foedus.reliability.stages import SHIFTS, fit_against, fit_asked
from foedus.reliability.two_level import FEWEST_TOLD, NOT_IN_MODEL

_RIVAL_SCALE = 0.5

Stage = Callable[[Cases, int, Scaling, Floats], Floats]
"""(rows that may be learned from, day, scaling, features to score) -> P(yes)."""


def stage_tests(cases: Cases, eras: Callable[[Ints], list[tuple[str, Flags]]]) -> list[Trial]:
    """Both stages, rolling within the register; `eras` names the eras of the scored rows."""
    told = cases.registered
    asked = _rolling(
        cases,
        np.flatnonzero(told & (cases.asked >= 0)),
        cases.asked,
        _asked,
    )
    against = _rolling(cases, np.flatnonzero(told & (cases.opposed >= 0)), cases.opposed, _against)
    found = []
    for name, about, (rows, shares), value in (
        (
            "Being asked (rolling)",
            "rows of the register that tell whether the ally was asked; fitted as if the others"
            " were like them, which these rows cannot test.",
            asked,
            cases.asked,
        ),
        (
            "Acting against the beneficiary (rolling)",
            "all rows of the register; learned from it and from ICB.",
            against,
            cases.opposed,
        ),
    ):
        yes = value[rows] == 1
        _, call = np.unique(cases.call[rows], return_inverse=True)
        outcome = Outcomes(np.where(yes, 4, 0), np.where(yes, 4, 3), call)
        found.append(
            trial(
                name,
                about,
                shares,
                outcome,
                eras(rows),
                rung=FORCES,
                thresholds=(3,),
                target=name.removesuffix(" (rolling)").lower(),
            )
        )
    return found


def _asked(known: Cases, day: int, scaled: Scaling, x: Floats) -> Floats:
    beta = fit_asked(known, day, scaled)[SHIFTS.index(0.0)]
    return chance(scaled.columns(x), beta)


def _against(known: Cases, day: int, scaled: Scaling, x: Floats) -> Floats:
    beta = fit_against(known, day, scaled)
    return chance(np.hstack([scaled.columns(x), np.zeros((len(x), 1))]), beta)


def _rolling(
    cases: Cases, scored: Ints, value: Ints, stage: Stage
) -> tuple[Ints, dict[str, Floats]]:
    """Rows scored and each model's chances: each call by what had ended a year before it."""
    kept: list[Ints] = []
    found: dict[str, list[Floats]] = {BASE: [], SIMPLE: [], OURS: []}
    few = [NAMES.index(name) for name in SIMPLE_FEATURES]
    may_learn = cases.registered | cases.in_icb
    for fold in folds(cases, "rolling", scored):
        own = np.intersect1d(np.flatnonzero(fold.known & cases.registered), scored)
        if len(own) < FEWEST_TOLD:
            continue
        y = (value[own] == 1).astype(np.float64)
        after = cases.x[fold.test]
        whole = scaling(cases.x[own], NOT_IN_MODEL)
        narrow = scaling(cases.x[own][:, few])
        x = narrow.columns(cases.x[own][:, few])
        beta = fit_logit(x, y, np.ones(len(own)), np.full(x.shape[1], _RIVAL_SCALE))
        kept.append(fold.test)
        found[BASE].append(np.full(len(after), (y.sum() + 0.5) / (len(y) + 1)))
        found[SIMPLE].append(chance(narrow.columns(after[:, few]), beta))
        known = cases.where(fold.known & may_learn)
        found[OURS].append(stage(known, fold.day, whole, after))
    return np.concatenate(kept), {
        name: forces_or_none(np.concatenate(parts)) for name, parts in found.items()
    }
