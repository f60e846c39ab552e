"""Differences between two sets of runs that chance alone does not explain."""

from __future__ import annotations

import numpy as np

from foedus.stress.network import Bools, Floats
from foedus.stress.run import Outcome

BEYOND = 4.0
"""Standard errors: among some thousand pairs fewer than one passes by chance."""


def of_runs(first: Floats, second: Floats, runs: int) -> Floats:
    """Standard error of the difference of two shares of `runs` runs each, none of it 0.

    Source: Agresti & Caffo 2000, The American Statistician 54:280-288 (one more success and
    failure).
    """
    mean = (runs * (first + second) + 1) / (2 * runs + 2)
    return np.asarray(np.sqrt(2 * mean * (1 - mean) / runs))


def rises(baseline: Outcome, scenario: Outcome) -> tuple[Floats, Bools]:
    """How much more often each pair (p) fails in the scenario, and whether beyond chance.

    Beyond chance is more than `BEYOND` standard errors, of the runs and of the draws of the
    parameters.
    """
    first = baseline.tally.failed / baseline.tally.runs
    second = scenario.tally.failed / scenario.tally.runs
    rise = second - first
    error = of_runs(first, second, min(baseline.tally.runs, scenario.tally.runs))
    if len(scenario.failed) > 1:
        by_draw = np.array(scenario.failed) - np.array(baseline.failed)
        error = np.maximum(error, by_draw.std(axis=0, ddof=1) / np.sqrt(len(by_draw)))
    return rise, rise > BEYOND * error
