"""Every measure of similarity of every pair of states, 1816-2018, from the packaged tables.

A child process imports everything, opens the catalog and computes RUNS times. The ceiling is
seven measures by bare NumPy matrix products in a child of its own, from matrices of obligations
that already lie in memory, for whole square matrices, kept nowhere. The peers' times were taken
once: by the author of svmiller/fpsim on half his cores, and here on two.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np

from foedus.catalog.facts import Facts
from foedus.record.similarity.obligations import obligation_portfolios, obligation_years
from foedus.record.similarity.similarity import SOURCES, similarity

RUNS = 5
LIMIT_SECONDS = 2.0
PEERS = {
    "svmiller/fpsim, all years": 9750.0,
    "svmiller/fpsim, 1950 alone": 223.0,
    "NumPy with BLAS, 7 measures": 0.45,
}


def _ours(source: str) -> Callable[[], object]:
    """Every measure of every year, with the catalog opened anew."""

    def compute() -> object:
        facts = Facts(date.today())
        return similarity(SOURCES[source].years(facts), source, facts=facts)

    return compute


def _ceiling() -> Callable[[], object]:
    """Three of S, two of pi and two of kappa; the matrices are made here, outside the time."""
    facts = Facts(date.today())
    held = [year.levels for year in obligation_portfolios(facts, obligation_years(facts))]

    def compute() -> object:
        with np.errstate(all="ignore"):
            return [_seven(levels) for levels in held][-1]

    return compute


def _seven(
    levels: np.ndarray[tuple[int, int], np.dtype[np.int8]],
) -> list[np.ndarray[tuple[int, int], np.dtype[np.float64]]]:
    n = len(levels)
    values = levels.astype(np.float32)
    steps = np.concatenate([values >= cut for cut in (1, 2, 3)], axis=1).astype(np.float32)
    alike = np.concatenate([values == level for level in range(4)], axis=1).astype(np.float32)
    tied = steps[:, :n]
    total, squares, ties = values.sum(1), (values**2).sum(1), tied.sum(1)
    used = alike.reshape(n, 4, n).sum(2)
    squared = np.add.outer(squares, squares) - 2 * (values @ values.T)
    absolute = np.add.outer(total, total) - 2 * (steps @ steps.T)
    binary = np.add.outer(ties, ties) - 2 * (tied @ tied.T)
    agreed = (alike @ alike.T).astype(np.float64) / n
    pooled = np.square(used[:, None] + used).sum(2) / (4.0 * n * n)
    share = np.add.outer(ties, ties) / (2.0 * n)
    expected = n * np.add.outer(squares, squares) - 2.0 * np.multiply.outer(total, total)
    crossed = n * np.add.outer(ties, ties) - 2.0 * np.multiply.outer(ties, ties)
    return [
        1 - 2 * squared / (9.0 * n),
        1 - 2 * absolute / (3.0 * n),
        1 - 2 * binary / (1.0 * n),
        (agreed - pooled) / (1 - pooled),
        1 - binary / (2.0 * n * share * (1 - share)),
        1 - n * squared / expected,
        1 - n * binary / crossed,
    ]


def _child(job: str) -> None:
    """Time one job RUNS times in this process; print seconds and peak MB as JSON."""
    import duckdb  # noqa: F401

    make = _ceiling() if job == "ceiling" else _ours(job)
    seconds, processor = [], []
    for _ in range(RUNS):
        started, worked = time.perf_counter(), time.process_time()
        made = make()
        seconds.append(time.perf_counter() - started)
        processor.append(time.process_time() - worked)
        del made
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    scale = 1024 * 1024 if sys.platform == "darwin" else 1024
    print(json.dumps({"seconds": seconds, "processor": processor, "peak": peak / scale}))


def _measured(job: str) -> tuple[float, float, float, float]:
    """Seconds of the first and the median run, the median's processor seconds, and peak MB."""
    done = subprocess.run(
        [sys.executable, str(Path(__file__).resolve()), job],
        capture_output=True,
        text=True,
        check=True,
    )
    told = json.loads(done.stdout)
    middle = statistics.median
    return told["seconds"][0], middle(told["seconds"]), middle(told["processor"]), told["peak"]


def main() -> None:
    """Print one line for each: seconds, processor seconds, peak memory, ratio to the ceiling."""
    lines = {
        f"foedus, {len(SOURCES['alliances'].measures)} measures, obligations": "alliances",
        "ceiling: NumPy with BLAS, 7 measures": "ceiling",
        f"foedus, {len(SOURCES['votes'].measures)} measures, UN votes": "votes",
    }
    measured = {name: _measured(job) for name, job in lines.items()}
    (first, median, *_), (_, ceiling, *_), _ = measured.values()
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    print(f"{'':40}{'first s':>9}{'median s':>10}{'CPU s':>8}{'MB':>7}{'ratio':>8}")
    for name, (once, middle, worked, peak) in measured.items():
        ratio = middle / ceiling
        print(f"{name:40}{once:9.2f}{middle:10.2f}{worked:8.2f}{peak:7.0f}{ratio:8.1f}")
    for name, seconds in PEERS.items():
        print(f"{name + ' (recorded)':40}{'':9}{seconds:10.2f}{'':15}{seconds / median:7.1f}x ours")
    within = "within" if first < LIMIT_SECONDS else "OVER"
    print(f"first run {within} the limit of {LIMIT_SECONDS:g} s")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        _child(sys.argv[1])
    else:
        main()
