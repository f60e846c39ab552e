r"""Two stages beside the headline: being asked, and acting against the beneficiary.

*Asked*: a penalised logit on the register alone, the only source that tells. Where it does not
tell, whether an ally was asked is missing not at random: more often where nothing came. There the
log-odds of having been asked are those of a like row that tells, plus $\delta$, which cannot be
learned: the answer is given at each of `SHIFTS` (pattern mixture; Little 1993, JASA 88:125-134).
*If asked*, *if not asked*: level B with columns for asked and for unknown.
*Acted against*: a penalised logit on the register and, with an intercept of its own, ICB.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foedus.domain.asking import Against, Asking
from foedus.domain.rungs import Rung
from foedus.reliability.backtest.variants import further
from foedus.reliability.cases import Cases
from foedus.reliability.logit import chance, fit_logit
from foedus.reliability.ordered import Floats
from foedus.reliability.scaling import Scaling
from foedus.reliability.two_level import (
    FEWEST_TOLD,
    HALF_LIFE,
    SCALE_B,
    YEAR,
    Direction,
    Trained,
    train,
)

REVISION = "stages 1"
SHIFTS = (-2.0, -1.0, 0.0)
"""Log-odds of asking where the register does not tell, against like rows that tell: judgement."""
STATED = 1
"""Place of the shift whose answer is stated first."""
_ROUNDS = 100


@dataclass(frozen=True)
class Stages:
    """Coefficients over `scaling`'s columns: asked (shifts, p + 1), against (p + 2).

    `answered` is the year's model with the columns asked and unknown; `against_rate` is the
    share of the register's responses that acted against the beneficiary.
    """

    scaling: Scaling
    asked: Floats
    against: Floats
    against_rate: float
    answered: Trained


def fit_stages(cases: Cases, day: int, known: Direction, scaling: Scaling) -> Stages | None:
    """Both stages fitted to `cases`; None where the register has too few rows by then."""
    if cases.registered.sum() < FEWEST_TOLD or not (cases.asked[cases.registered] == 0).any():
        return None
    return Stages(
        scaling=scaling,
        asked=fit_asked(cases, day, scaling),
        against=fit_against(cases, day, scaling),
        against_rate=float((cases.opposed[cases.registered] == 1).mean()),
        answered=train(cases, day, 1, known, further(cases, "asked")),
    )


def fit_asked(cases: Cases, day: int, scaling: Scaling) -> Floats:
    """Coefficients (shifts, p + 1) of P(asked), one row for each of `SHIFTS`."""
    rows = np.flatnonzero(cases.registered)
    x = scaling.columns(cases.x[rows])
    told = cases.asked[rows] >= 0
    weight = _weights(cases, rows, day)
    scale = np.full(x.shape[1], SCALE_B)
    found = []
    for shift in SHIFTS:
        y = np.where(told, cases.asked[rows] == 1, 0.5).astype(np.float64)
        beta = fit_logit(x[told], y[told], weight[told], scale)
        for _ in range(_ROUNDS):
            odds = chance(x[~told], beta)
            odds = odds / (1 - odds) * np.exp(shift)
            y[~told] = odds / (1 + odds)
            better = fit_logit(x, y, weight, scale)
            moved, beta = float(np.abs(better - beta).max()), better
            if moved < 1e-6:
                break
        found.append(beta)
    return np.stack(found)


def fit_against(cases: Cases, day: int, scaling: Scaling) -> Floats:
    """Coefficients (p + 2) of P(acted against); the one before the intercept is ICB's own."""
    use = (cases.registered | (cases.in_icb & cases.listed)) & (cases.opposed >= 0)
    rows = np.flatnonzero(use)
    x = np.column_stack([scaling.columns(cases.x[rows]), ~cases.registered[rows]])
    scale = np.append(np.full(x.shape[1] - 1, SCALE_B), 2.0)
    y = (cases.opposed[rows] == 1).astype(np.float64)
    return fit_logit(x, y, _weights(cases, rows, day), scale)


def against_chance(stages: Stages, x: Floats) -> Floats:
    """P(acts against the beneficiary), (n,), for features (n, f), on the register's scale."""
    columns = stages.scaling.columns(x)
    return chance(np.hstack([columns, np.zeros((len(x), 1))]), stages.against)


def asking(stages: Stages, x: Floats, weight: Floats) -> Asking:
    """P(asked) under each shift, and what is given if asked and if not; x (n, f), weight (n,)."""
    columns = stages.scaling.columns(x)
    asked = [float(weight @ chance(columns, beta)) for beta in stages.asked]
    yes, no = (
        weight @ stages.answered.probabilities(x, np.tile([flag, 0.0], (len(x), 1)))
        for flag in (1.0, 0.0)
    )
    return Asking(
        asked=asked[STATED],
        asked_low=min(asked),
        asked_high=max(asked),
        material_if_asked=float(yes[Rung.MATERIAL :].sum()),
        forces_if_asked=float(yes[Rung.FORCES]),
        material_if_not=float(no[Rung.MATERIAL :].sum()),
        forces_if_not=float(no[Rung.FORCES]),
    )


def against(stages: Stages, x: Floats, weight: Floats) -> Against:
    """P(acts against the beneficiary) beside the register's rate; x (n, f), weight (n,)."""
    return Against(
        probability=float(weight @ against_chance(stages, x)), past_rate=stages.against_rate
    )


def _weights(cases: Cases, rows: np.ndarray[tuple[int], np.dtype[np.int64]], day: int) -> Floats:
    """The half-life's weights (n,), each call's rows together worth the root of their number."""
    _, place, size = np.unique(cases.call[rows], return_inverse=True, return_counts=True)
    age = (day - cases.day[rows]) / YEAR
    return np.asarray(0.5 ** (age / HALF_LIFE) * size[place] ** -0.5, dtype=np.float64)
