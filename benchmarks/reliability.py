"""Reliability model: time and memory of the fit, of one prediction after load, and of a network.

Limits: fit under 60 s and 2 GB, one prediction under 0.05 s after load.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from datetime import date, timedelta

import numpy as np

from foedus.catalog.facts import Facts
from foedus.reliability.cases import Asked, asked_features
from foedus.reliability.current import fitted_on, model_on
from foedus.reliability.fit import REGISTER_CLOSED
from foedus.reliability.willingness import drawn_probabilities, willingness

TODAY = date(2026, 11, 21)


def timed(name: str, limit: float | None, run: Callable[[], object], times: int = 1) -> None:
    """One row: the median of some runs."""
    found = []
    for _ in range(times):
        begun = time.perf_counter()
        run()
        found.append(time.perf_counter() - begun)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    bound = "" if limit is None else f"{limit:g}"
    print(f"| {name} | {np.median(found):.3f} | {memory} | {bound} |")


def main() -> None:
    """Print the table."""
    print("| step | s | MB so far | limit s |\n|---|---|---|---|")
    facts = Facts(TODAY)
    stored = model_on(facts)
    assert stored is not None
    day = TODAY + timedelta(days=1)
    asked = [Asked("RUS", "IRN", ("USA",))]
    rng = np.random.default_rng(1)

    def one_prediction() -> None:
        x = asked_features(facts, asked, day)
        drawn_probabilities(stored.windows[1], x, 2000, rng)

    timed("one prediction, first: tables of what is known are made", None, one_prediction)
    timed("one prediction, second: queries are planned", None, one_prediction)
    timed("one prediction after load, features and 2,000 draws", 0.05, one_prediction, 15)
    x = asked_features(facts, asked, day)
    timed("draws of it alone", None,
          lambda: drawn_probabilities(stored.windows[1], x, 2000, rng), 5)  # fmt: skip
    rows = facts.rows(
        "SELECT DISTINCT guarantor, beneficiary FROM commitments WHERE ended_last IS NULL"
        " AND in_force_last <= getvariable('as_of')"
        " AND (known_until IS NULL OR known_until >= getvariable('as_of'))"
    )
    pairs = [(row["guarantor"], row["beneficiary"]) for row in rows]
    timed(f"willingness of {len(pairs):,} pairs, 200 draws", None,
          lambda: willingness(facts, pairs, draws=200))  # fmt: skip
    timed("features and fit of both windows", 60, lambda: fitted_on(Facts(REGISTER_CLOSED)))


if __name__ == "__main__":
    main()
