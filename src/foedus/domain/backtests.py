"""A backtest: models on identical rows, with scores, intervals and what each set of rows is."""

from __future__ import annotations

from foedus.domain.frozen import Frozen

FEWEST_CALLS = 10
"""Below so many calls a trial gives no interval, slope or verdict."""


class Interval(Frozen):
    """A value with its 95% interval over resampled calls."""

    value: float
    low: float
    high: float


class ModelScores(Frozen):
    """One model's scores on one set of rows; null where they cannot be computed.

    `gain_log` and `gain_rps` are the mean improvement per row over the simple logit, in log score
    and in ranked probability score; above zero is better. `calls_*` give each call one vote.
    `gain_log_corrected` (ours alone) has the interval that a Bonferroni correction for the
    configurations viewed on the register asks for.
    """

    model: str
    log_score: float
    rps: float
    skill: float
    calls_log_score: float
    calls_rps: float
    gain_log: Interval | None
    gain_rps: Interval | None
    within_call: float | None
    brier_material: float | None
    auc_material: float | None
    brier_forces: float | None
    auc_forces: float | None
    slope: float | None
    intercept: float | None
    ece: float | None
    calls_slope: float | None
    gain_log_corrected: Interval | None = None


class Bin(Frozen):
    """One point of a reliability diagram."""

    forecast: float
    observed: float
    rows: int


class EraScores(Frozen):
    """Our model in one era or source."""

    name: str
    rows: int
    calls: int
    rps: float
    skill: float
    auc: float | None
    slope: Interval | None
    mean_forecast: float
    observed: float


class Trial(Frozen):
    """One set of rows, every model scored on all of them. `about` says what may be known."""

    name: str
    about: str
    rows: int
    calls: int
    target: str
    models: tuple[ModelScores, ...]
    eras: tuple[EraScores, ...]
    bins: tuple[Bin, ...]


class Criterion(Frozen):
    """One criterion of success, and whether it is met."""

    text: str
    measured: str
    met: bool | None


class Backtest(Frozen):
    """What `foedus backtest` prints."""

    scheme: str
    variant: str
    catalog_version: str
    keys: str
    tests: tuple[Trial, ...]
    criteria: tuple[Criterion, ...]
    notes: tuple[str, ...]
