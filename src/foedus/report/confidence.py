"""Analytic confidence, stated apart from likelihood."""

from __future__ import annotations

from typing import Literal, NamedTuple

from foedus.domain.assessments import Assessment, Forecast, ReferenceClass
from foedus.domain.estimates import Estimate, Window
from foedus.domain.rungs import Rung
from foedus.report.figures import count, listed

WIDE = 0.30
"""A 90% interval wider than this leaves three or more ICD 203 terms open."""
FEW_CALLS = 20


class Confidence(NamedTuple):
    """How far the judgement can be leaned on, and why."""

    level: Literal["moderate", "low"]
    reasons: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """The sentence that stands apart from the likelihood sentence."""
        why = f": {listed(self.reasons)}" if self.reasons else ""
        return f"Confidence in this judgement is {self.level}{why}."


def year_window(forecast: Forecast) -> Window:
    """The longest window of a forecast."""
    return max(forecast.windows, key=lambda window: window.days)


def at_least(window: Window, rung: Rung) -> Estimate:
    """The probability that `rung` or a higher one is reached."""
    return next(row.at_least for row in window.rungs if row.rung == rung)


def _settled(closest: ReferenceClass) -> int:
    """Responses whose source tells the rung exactly."""
    return closest.responses - closest.open


def confidence(assessment: Assessment) -> Confidence | None:
    """Low or moderate, by the width of the intervals and the N of the closest class.

    A base rate knows nothing of the pair itself, so its confidence is low. Null where
    there is no forecast.

    Source: Intelligence Community Directive 203, 2 January 2015, section D.6.e(2)(b):
    likelihood and confidence do not share a sentence.
    """
    forecast = assessment.forecast
    if forecast is None:
        return None
    window = year_window(forecast)
    widths = [
        estimate.high - estimate.low
        for estimate in (at_least(window, Rung.FORCES), at_least(window, Rung.MATERIAL))
    ]
    reasons = []
    if max(widths) > WIDE:
        reasons.append(f"a 90% interval is {max(widths) * 100:.0f} points wide")
    if forecast.reference_classes and forecast.reference_classes[-1].calls < FEW_CALLS:
        closest = forecast.reference_classes[-1]
        reasons.append(f"the closest reference class holds {count(closest.calls, 'call')}")
    elif forecast.reference_classes and _settled(forecast.reference_classes[-1]) < FEW_CALLS:
        settled = _settled(forecast.reference_classes[-1])
        reasons.append(
            f"in the closest reference class only {count(settled, 'response')} can be told to the"
            " rung"
        )
    level: Literal["moderate", "low"] = "low" if reasons else "moderate"
    if forecast.model == "base-rate":
        level = "low"
        reasons.append("the probabilities are base rates of a class, not a reading of this pair")
    return Confidence(level, tuple(reasons))
