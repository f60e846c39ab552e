r"""The reliability model: old sources give a direction, sources that tell the rung the scale.

Level A, over COW wars and disputes, ICB and UCDP external support, each with its intercept:
$\eta^A_i = \alpha_{s(i)} + x_i'\beta^A$, rows of a call weighted by $n_{call}^{-1/2}$.
Level B, over rows whose source says of every candidate what it gave (the register, and before
it has enough of them ICB):

$$\eta_i = \gamma z_i + x_i'\beta + u_{call(i)}, \quad z_i = x_i'\hat\beta^A, \quad
  \beta_p \sim N(0, s^2), \quad u \sim N(0, \tau^2),$$

with $\tau$ by expectation-maximisation under the Laplace approximation. Rows lose half of their
weight in `HALF_LIFE` years, so that the level follows the era. A probability averages over u
for a new call. Both levels use `ordered`.

Source: partially pooled call effects as in Gelman et al. 2013, ch. 15; discounting of past data
as in West and Harrison 1997, Bayesian Forecasting and Dynamic Models, ch. 2.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foedus.reliability.cases import Cases, Flags, Texts
from foedus.reliability.features.groups import NAMES
from foedus.reliability.ordered import (
    CUTS,
    Fitted,
    Floats,
    fit,
    rung_probabilities,
    seen_in_range,
)
from foedus.reliability.scaling import Scaling, scaling

NAME, VERSION = "reliability", "1"
SCALE_A, SCALE_B = 0.15, 0.1
"""Prior scales of standardised features: chosen on tests before 2004 (docs/reliability.md)."""
DIRECTION_SCALE = 0.3
FURTHER_SCALE = 0.5
HALF_LIFE = 40.0
FEWEST_TOLD = 60
UCDP_FINDS = 0.67
"""P(UCDP lists a supporter | material help or more): 10 of 15 cases seen by two sources."""
YEAR = 365.25
NOT_IN_MODEL = (NAMES.index("carried"),)
"""The age of the capability data widens intervals and moves nothing: it grows with the calendar."""
OLD = ("cow", "icb", "esd")


@dataclass(frozen=True)
class Direction:
    """Level A: the scaling and the coefficients (columns,) that make z."""

    scaling: Scaling
    beta: Floats
    centre: float

    def z(self, x: Floats) -> Floats:
        """The direction's value (n,) for features (n, f)."""
        return np.asarray(self.scaling.columns(x) @ self.beta - self.centre)


@dataclass(frozen=True)
class Trained:
    """A fitted model: level A, level B (last coefficient: z), and the calls' spread tau."""

    direction: Direction
    scaling: Scaling
    fitted: Fitted
    spread: float

    def columns(self, x: Floats, more: Floats | None = None) -> Floats:
        """Level B's columns (n, p) of features (n, f) and further columns (n, m)."""
        further = np.zeros((len(x), 0)) if more is None else more
        return np.hstack([self.scaling.columns(x), further, self.direction.z(x)[:, None]])

    def probabilities(self, x: Floats, more: Floats | None = None) -> Floats:
        """Probabilities (n, 5) of the rungs at the maximum, for features (n, f)."""
        eta = self.columns(x, more) @ self.fitted.beta
        return over_calls(self.fitted.cuts, eta, self.spread)


def over_calls(cuts: Floats, eta: Floats, spread: float) -> Floats:
    r"""Rung probabilities (..., 5) averaged over the effect of a new call, N(0, spread^2).

    $E F(c - \eta - u) \approx F((c - \eta) / \sqrt{1 + \pi\tau^2 / 8})$ (MacKay 1992, Neural
    Computation 4:720-736), within .01.
    """
    shrink = 1 / np.sqrt(1 + np.pi * spread**2 / 8)
    return rung_probabilities(shrink * cuts, shrink * eta)


def seen(cases: Cases, window: int) -> Floats:
    """What each case's source tells of the rung, (n, 5): see `ordered`."""
    matrix = seen_in_range(cases.low[window], cases.high[window])
    unlisted = (cases.stream == "esd") & ~cases.listed
    matrix[unlisted] = [1, 1, 1, 1 - UCDP_FINDS, 1 - UCDP_FINDS]
    return matrix


def told(cases: Cases) -> Flags:
    """Rows of level B: the register's, or ICB's where the register has too few."""
    registered = cases.registered
    return registered if registered.sum() >= FEWEST_TOLD else cases.in_icb


def call_weight(call: Texts) -> Floats:
    """Weights (n,) of rows by their call, $n_{call}^{-1/2}$: rows of a call are not independent."""
    _, place, size = np.unique(call, return_inverse=True, return_counts=True)
    return np.asarray(size[place] ** -0.5, dtype=np.float64)


def direction(cases: Cases, start: Fitted | None = None) -> tuple[Direction, Fitted]:
    """Level A fitted to all rows of old sources; wars and disputes tell forces or no forces."""
    matrix = seen(cases, 1)
    use = np.flatnonzero(np.isin(cases.stream, OLD) & (matrix.min(axis=1) < 1))
    scaled = scaling(cases.x[use], NOT_IN_MODEL)
    columns = scaled.columns(cases.x[use])
    streams = np.column_stack([cases.stream[use] == name for name in OLD[1:]]).astype(np.float64)
    scale = np.concatenate([np.full(columns.shape[1], SCALE_A), np.full(streams.shape[1], 2.0)])
    if start is not None and len(start.beta) != len(scale):
        start = None
    fitted = fit(
        np.hstack([columns, streams]),
        matrix[use],
        call_weight(cases.call[use]),
        scale,
        start=start,
    )
    beta = fitted.beta[: columns.shape[1]]
    return Direction(scaled, beta, float((columns @ beta).mean())), fitted


def train(
    cases: Cases,
    day: int,
    window: int = 1,
    known: Direction | None = None,
    more: Floats | None = None,
) -> Trained:
    """The model fitted to `cases`, all of them over or told by `day` (an ordinal).

    `more` (n, m) are further columns of level B, as they are: those of a backtest's variant.

    Raises:
        ValueError: fewer than `FEWEST_TOLD` rows tell the rung.
    """
    first = known or direction(cases)[0]
    matrix = seen(cases, window)
    use = np.flatnonzero(told(cases) & (matrix.min(axis=1) < 1))
    if len(use) < FEWEST_TOLD:
        raise ValueError(f"{len(use)} rows tell the rung; {FEWEST_TOLD} are needed")
    scaled = scaling(cases.x[use], NOT_IN_MODEL)
    further = np.zeros((len(use), 0)) if more is None else more[use]
    columns = np.hstack([scaled.columns(cases.x[use]), further, first.z(cases.x[use])[:, None]])
    calls, place = np.unique(cases.call[use], return_inverse=True)
    effects = np.eye(len(calls))[place]
    weight = 0.5 ** ((day - cases.day[use]) / YEAR / HALF_LIFE)
    scale = np.full(columns.shape[1], SCALE_B)
    scale[-1] = DIRECTION_SCALE
    scale[-1 - further.shape[1] : -1] = FURTHER_SCALE
    x, spread, fitted = np.hstack([columns, effects]), 0.7, None
    for _ in range(12):
        prior = np.concatenate([scale, np.full(len(calls), spread)])
        fitted = fit(x, matrix[use], weight, prior, start=fitted, tolerance=1e-3)
        own = slice(CUTS + columns.shape[1], None)
        variance = np.diag(fitted.covariance)[own]
        better = float(
            np.sqrt(
                ((fitted.beta[columns.shape[1] :] ** 2 + variance).sum() + 0.5) / (len(calls) + 2)
            )
        )
        done, spread = abs(np.log(better / spread)) < 0.02, better
        if done:
            break
    assert fitted is not None
    kept = CUTS + columns.shape[1]
    return Trained(
        first,
        scaled,
        Fitted(
            fitted.cuts,
            fitted.beta[: columns.shape[1]],
            fitted.covariance[:kept, :kept],
            fitted.log_likelihood,
            fitted.steps,
        ),
        spread,
    )
