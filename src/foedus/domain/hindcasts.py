"""A hindcast: the stress model run from past years, scored beside simpler forecasts."""

from __future__ import annotations

from foedus.domain.frozen import Frozen


class Range(Frozen):
    """A value with its 95% interval over resampled blocks of five origins; null if undefined."""

    value: float | None
    low: float | None
    high: float | None


class ForecastLine(Frozen):
    """One forecast of one outcome. `expected` and `observed` are events over all origins.

    `ratio` is expected over observed. `rps` and `brier` are means over units, lower is better;
    `gain` is the mean RPS of the logistic hazard less this one's, on the same units: above
    zero is better than the logistic hazard. Null where a forecast gives ranks alone.
    """

    outcome: str
    forecast: str
    units: int
    expected: float | None
    observed: float
    ratio: Range | None
    rps: float | None
    brier: float | None
    auc: float | None
    gain: Range | None


class CauseLine(Frozen):
    """Endings by cause: as expected from the causes before each origin, and observed."""

    cause: str
    expected: float
    observed: float


class JudgedLine(Frozen):
    """What one judged parameter does to the mean five-year totals at its two ends, as ratios."""

    name: str
    low: float
    high: float
    calls_low: float
    calls_high: float
    forces_low: float
    forces_high: float
    ends_low: float
    ends_high: float


class Endings(Frozen):
    """Alliances (ATOP instruments) ended 1950-2018: what terminations can and cannot identify."""

    ended: int
    replaced: int
    war_or_violation: int
    share_1989_1992: float


class Hindcast(Frozen):
    """Runs from the network of each origin (the year's first day) over five years."""

    schema_version: int = 1
    catalog_version: str
    origins: tuple[int, ...]
    runs: int
    seed: int
    lines: tuple[ForecastLine, ...]
    later_from: int
    later: tuple[ForecastLine, ...]
    """The same over the origins from `later_from` on, whose outcomes no choice was made by."""
    causes: tuple[CauseLine, ...]
    judged: tuple[JudgedLine, ...]
    endings: Endings
    notes: tuple[str, ...]
