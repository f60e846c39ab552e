"""Windows of a forecast, from draws."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from foedus.domain.estimates import Estimate, RungProbability, Window
from foedus.domain.likelihood import term
from foedus.domain.rungs import Rung
from foedus.reliability.ordered import Floats


def windows(drawn: Mapping[int, Floats]) -> tuple[Window, ...]:
    """The windows of draws (d, 5) by days, shortest first."""
    return tuple(window(days, draws) for days, draws in sorted(drawn.items()))


def window(days: int, draws: Floats) -> Window:
    """One window's rungs with means and 90% intervals, from draws (d, 5)."""
    tails = np.cumsum(draws[:, ::-1], axis=1)[:, ::-1].clip(0, 1)
    return Window(
        days=30 if days == 30 else 365,
        rungs=tuple(
            RungProbability(
                rung=rung,
                label=rung.label,
                exactly=_estimate(draws[:, rung]),
                at_least=_estimate(tails[:, rung]),
            )
            for rung in Rung
        ),
    )


def _estimate(draws: Floats) -> Estimate:
    low, high = np.quantile(draws, [0.05, 0.95])
    mean = float(draws.mean())
    return Estimate(probability=mean, low=float(low), high=float(high), term=term(mean))
