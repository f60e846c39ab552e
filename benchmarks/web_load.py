"""The workbench under 50 readers and 5 reviewers: p95 of pages and API reads beside their limits.

`python benchmarks/web_load.py [SECONDS [PAUSE]]`; a reader pauses 0 to 2 x PAUSE seconds between
looks (1 unless given). Server and visitors share this machine's cores. Each address is asked for
once before the clock starts.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "web"))
READERS, REVIEWERS = 50, 5
LIMITS = {"pages": 300, "api": 100}


def main() -> int:
    """Print the figures; 1 where an answer failed or an acknowledged review is not there."""
    from web_load import PAGES, READS, load, lost
    from web_server import WebServer

    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
    pause = float(sys.argv[2]) if len(sys.argv) > 2 else 1.0
    with tempfile.TemporaryDirectory() as scratch:
        where = Path(scratch) / "w.sqlite"
        command = [sys.executable, "-c", "from foedus.cli import main; main()", "assess", "Russia",
                   "Iran", "--read", str(ROOT / "examples" / "documents"), "--workspace",
                   str(where)]  # fmt: skip
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        with WebServer(where) as server:
            for path in (*PAGES, *READS):
                server.get(path)
            before = server.cpu_seconds()
            outcome = load(
                server.address, seconds, readers=READERS, reviewers=REVIEWERS, pause=pause
            )
            worked = server.cpu_seconds() - before
        gone = lost(str(where), outcome)
    print(f"{READERS} readers (pause 0 to {2 * pause:g} s), {REVIEWERS} reviewers,"
          f" {seconds:g} s, {os.cpu_count()} cores")  # fmt: skip
    for kind, limit in LIMITS.items():
        took = 1000 * np.array(getattr(outcome, kind))
        if not took.size:
            continue
        middle, high = np.quantile(took, (0.5, 0.95))
        said = "met" if high <= limit else "MISSED"
        print(f"{kind:<6}{took.size:>7} answers  median {middle:>6.0f} ms  p95 {high:>6.0f} ms"
              f"  limit {limit} ms: {said}")  # fmt: skip
    print(f"reviews {len(outcome.reviews)} acknowledged, {outcome.conflicts} conflicts told,"
          f" {len(gone)} lost; faults {len(outcome.faults)}")  # fmt: skip
    asked = len(outcome.pages) + len(outcome.api) + 2 * len(outcome.reviews)
    print(f"server {1000 * worked / asked:.1f} ms of CPU an answer,"
          f" {worked / seconds:.0%} of one core")  # fmt: skip
    for fault in sorted(set(outcome.faults)):
        print(f"  {fault}")
    return int(bool(gone or outcome.faults))


if __name__ == "__main__":
    raise SystemExit(main())
