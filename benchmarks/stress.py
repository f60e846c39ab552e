"""Stress kernel: time by runs, level and workers, on the full network of the end of 2018.

Run: python benchmarks/stress.py [--runs 100000] [--as-of 2018-12-31]
"""

from __future__ import annotations

import argparse
import resource
import time
from datetime import date

from foedus.catalog.facts import Facts
from foedus.stress.build import build
from foedus.stress.network import Network
from foedus.stress.plan import Plan
from foedus.stress.run import run

QUARTERS = 20


def _timed(network: Network, runs: int, workers: int) -> float:
    began = time.perf_counter()
    run(network, Plan(QUARTERS), runs=runs, seed=1, workers=workers)
    return time.perf_counter() - began


def main() -> None:
    """Print N, seconds, runs a second, memory and the gain of a second worker."""
    options = argparse.ArgumentParser()
    options.add_argument("--runs", type=int, default=100_000)
    options.add_argument("--as-of", type=date.fromisoformat, default=date(2018, 12, 31))
    given = options.parse_args()
    for level in ("dyad", "instrument"):
        began = time.perf_counter()
        network = build(Facts(given.as_of), level=level)
        built = time.perf_counter() - began
        held = int((network.pairs.level > 0).sum())
        defence = int((network.pairs.level == 3).sum())
        print(
            f"{level} level, {given.as_of}: {len(network.actors.ids)} actors,"
            f" {network.pairs.count:,} directed pairs ({held:,} held to something,"
            f" {defence:,} to defence), {len(network.instruments.ids):,} texts;"
            f" built in {built:.1f} s"
        )
        print(f"  {'runs':>8} {'workers':>7} {'seconds':>8} {'runs/s':>8} {'agent steps/s':>14}")
        for runs in (given.runs // 4, given.runs // 2, given.runs):
            for workers in (1, 2):
                seconds = _timed(network, runs, workers)
                steps = runs * QUARTERS * len(network.actors.ids) / seconds
                print(
                    f"  {runs:>8,} {workers:>7} {seconds:>8.1f} {runs / seconds:>8,.0f}"
                    f" {steps:>14.2e}"
                )
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    worker = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"peak memory: this process {own:,.0f} MB, the largest worker {worker:,.0f} MB")


if __name__ == "__main__":
    main()
