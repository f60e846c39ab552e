"""The directed panel 1816-2010 with peace years, in memory from the packaged tables.

A child process imports everything, then builds the panel RUNS times. The peers' times are
medians; the first is shown as well, since most users build it once. It also waits for the
system to hand out fresh memory, and so does the ceiling's first. The ceiling is a plain gather
with NumPy in a child of its own: the same number of columns of the same types, from a dense
table that already lies in memory. The peers' times were taken once, on a machine with two cores.
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
from typing import Any

import numpy as np

from foedus.catalog.facts import Facts
from foedus.record.panel.panel import Panel, panel
from foedus.record.panel.units import keys

RUNS = 5
YEARS = (1816, 2010)
PARTS = ("alliances", "mids", "capability", "contiguity", "majors", "regime", "peace_years")
LIMIT_SECONDS, LIMIT_MB = 1.5, 2000

PEERS = {
    "peacesciencer, same columns": (16.3, 2.6 * 1024),
    "peacesciencer, peace years": (7.4, None),
    "DuckDB, two threads, same columns": (3.2, None),
    "Polars, same columns": (1.8, None),
}


def _panel() -> Panel:
    """The 57 columns and peace years, with the catalog opened anew."""
    return panel("directed-dyad", YEARS, PARTS)


def _ceiling() -> Callable[[], list[np.ndarray[Any, Any]]]:
    """The bare columns; what they are gathered from is made here, outside the time that counts.

    The columns of each state are gathered from a table of states by years. Those of a pair are
    filled with one value, of the panel's own types, without looking anything up.
    """
    rows = keys("directed-dyad", *YEARS, Facts(date.today()))
    states, years = rows.present.shape
    table = np.ones(states * years)
    present = rows.present[:, None, :] & rows.present[None, :, :]
    of_states, of_pairs = [], []
    for name, values in panel("directed-dyad", (1950, 1950), PARTS).items():
        if np.issubdtype(values.dtype, np.floating):
            of_states.append(name)
        elif not name.startswith(("ccode", "year")):
            of_pairs += [values.dtype] + [np.dtype(np.bool_)] * np.ma.isMaskedArray(values)

    def gather() -> list[np.ndarray[Any, Any]]:
        cells = np.flatnonzero(present)
        pairs, year = np.divmod(cells, years)
        one, other = np.divmod(pairs, states)
        first, second = one * years + year, other * years + year
        found = [array.astype(np.int16) for array in (one, other, year)]
        found += [table.take(first if name.endswith("_1") else second) for name in of_states]
        return found + [np.full(len(cells), 1, dtype=kind) for kind in of_pairs]

    return gather


def _child(job: str) -> None:
    """Time one job RUNS times in this process; print seconds and peak MB as JSON."""
    import duckdb  # noqa: F401

    make: Callable[[], object] = _panel if job == "panel" else _ceiling()
    seconds = []
    for _ in range(RUNS):
        started = time.perf_counter()
        made = make()
        seconds.append(time.perf_counter() - started)
        del made
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    scale = 1024 * 1024 if sys.platform == "darwin" else 1024
    print(json.dumps({"seconds": seconds, "peak": peak / scale}))


def _measured(job: str) -> tuple[float, float, float]:
    """Seconds of the first and of the median run, and peak MB, in a process of its own."""
    done = subprocess.run(
        [sys.executable, str(Path(__file__).resolve()), job],
        capture_output=True,
        text=True,
        check=True,
    )
    told = json.loads(done.stdout)
    return told["seconds"][0], statistics.median(told["seconds"]), told["peak"]


def main() -> None:
    """Print one line for each: seconds, peak memory, ratio to the ceiling."""
    first, median, peak = _measured("panel")
    ceiling_first, ceiling, ceiling_peak = _measured("ceiling")
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    print(f"{'':36}{'first s':>9}{'median s':>10}{'MB':>7}{'ratio':>8}")
    print(f"{'foedus.panel':36}{first:9.2f}{median:10.2f}{peak:7.0f}{median / ceiling:8.1f}")
    print(
        f"{'ceiling: NumPy gather, one core':36}{ceiling_first:9.2f}{ceiling:10.2f}"
        f"{ceiling_peak:7.0f}{1:8.1f}"
    )
    for name, (seconds, memory) in PEERS.items():
        told = f"{memory:7.0f}" if memory else f"{'':7}"
        print(f"{name + ' (recorded)':36}{'':9}{seconds:10.2f}{told}{seconds / median:7.0f}x ours")
    for run, seconds in (("first", first), ("median", median)):
        within = "met" if seconds < LIMIT_SECONDS and peak < LIMIT_MB else "MISSED"
        print(f"limit {LIMIT_SECONDS} s and {LIMIT_MB} MB, {run}: {within}")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        _child(sys.argv[1])
    else:
        main()
