"""Time and memory of the main job as whole processes, beside the limits set for it.

Each command runs once to warm the disk and then RUNS times; the median counts. The reference
is the interpreter itself with the same environment (`python -c pass`), from the same run.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RUNS = 5
FOEDUS = str(Path(sys.executable).with_name("foedus"))


def _run(command: list[str], scratch: str) -> tuple[float, float]:
    """Wall seconds and peak MB of one process."""
    environment = {**os.environ, "FOEDUS_WORKSPACE": f"{scratch}/default.sqlite"}
    started = time.perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, command
    scale = 1024 * 1024 if sys.platform == "darwin" else 1024
    return time.perf_counter() - started, usage.ru_maxrss / scale


def main() -> None:
    """Print one line for each command: median seconds, peak memory, limit."""
    shared = Path(os.environ.get("FOEDUS_SHARED", ROOT.parent / "shared"))
    documents = shared / "documents"
    if not documents.is_dir():
        documents = ROOT / "examples" / "documents"
    with tempfile.TemporaryDirectory() as scratch:
        fresh_workspace = ["--workspace", f"{scratch}/NEW.sqlite"]
        jobs: list[tuple[str, list[str], float | None]] = [
            ("python -c pass", [sys.executable, "-c", "pass"], None),
            ("foedus --help", [FOEDUS, "--help"], 0.4),
            ("assess, no documents", [FOEDUS, "assess", "Russia", "Iran"], 2.5),
            (
                f"assess --read {documents.parent.name}/{documents.name}",
                [FOEDUS, "assess", "Russia", "Iran", "--read", str(documents), *fresh_workspace],
                4.0,
            ),
            (
                "assess, no documents, --out",
                [FOEDUS, "assess", "Russia", "Iran", "--out", f"{scratch}/r.html"],
                None,
            ),
        ]
        print(f"{'whole process, median of ' + str(RUNS):<40}{'s':>8}{'MB':>8}{'limit s':>9}")
        for name, command, limit in jobs:
            times, peaks = [], []
            for number in range(RUNS + 1):
                fresh = [part.replace("NEW", str(number)) for part in command]
                seconds, megabytes = _run(fresh, scratch)
                if number:
                    times.append(seconds)
                    peaks.append(megabytes)
            shown = "" if limit is None else f"{limit:.1f}"
            print(f"{name:<40}{statistics.median(times):>8.2f}{max(peaks):>8.0f}{shown:>9}")


if __name__ == "__main__":
    main()
