"""Reading a folder of many documents: `python benchmarks/reading_scale.py [N] [--keep FOLDER]`.

Writes N texts (default 1,000) put together from the coded passages, dated over ten years, then
reads them with one worker and with two, each in a fresh process and workspace, and assesses a
pair on the result. The reference is one worker; memory is also measured on a tenth of the
folder, so that growth with the number of documents shows.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import foedus
from foedus.workspace import Workspace

PASSAGES = Path(__file__).resolve().parents[1] / "tests" / "gold" / "development"


def main() -> None:
    """Print documents a second and peak memory, each beside its reference."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("documents", type=int, nargs="?", default=1_000)
    options.add_argument("--keep", type=Path, help="folder to use and leave there")
    options.add_argument("--run", nargs=3, metavar=("FOLDER", "WORKSPACE", "WORKERS"))
    given = options.parse_args()
    if given.run:
        folder, workspace, workers = given.run
        print(json.dumps(_read(Path(folder), Path(workspace), int(workers))))
        return
    with tempfile.TemporaryDirectory() as made:
        place = given.keep or Path(made)
        place.mkdir(parents=True, exist_ok=True)
        _report(place, given.documents)


def _report(place: Path, documents: int) -> None:
    few, many = max(1, documents // 10), documents
    rows = [
        _run(place, few, 1, "one worker, a tenth of the folder"),
        _run(place, many, 1, "one worker"),
        _run(place, many, 2, "two workers"),
    ]
    reference = rows[1]
    print(
        f"{'reading':<36}{'documents':>10}{'docs/s':>9}{'ratio':>7}{'peak MB':>9}{'ratio':>7}"
        f"{'a worker':>10}{'claims':>9}"
    )
    for row in rows:
        speed = row["documents"] / row["seconds"]
        fast = speed / (reference["documents"] / reference["seconds"])
        large = row["peak"] / reference["peak"]
        print(
            f"{row['name']:<36}{row['documents']:>10,}{speed:>9.1f}{fast:>7.2f}{row['peak']:>9.0f}"
            f"{large:>7.2f}{row['worker']:>10.0f}{row['claims']:>9,}"
        )
    print(f"{'assess on all of it':<36}{'':>10}{rows[2]['assess']:>8.1f}s{'':>7}"
          f"{rows[2]['assess_peak']:>9.0f}")  # fmt: skip


def _run(place: Path, documents: int, workers: int, name: str) -> dict[str, float]:
    folder = place / f"texts-{documents}"
    _write(folder, documents)
    with tempfile.TemporaryDirectory(dir=place) as work:
        workspace = Path(work) / "desk.sqlite"
        command = [sys.executable, __file__, "--run", str(folder), str(workspace), str(workers)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        found: dict[str, float] = json.loads(done.stdout)
        again = subprocess.run(
            [sys.executable, "-c", _ASSESS, str(workspace)],
            check=True, capture_output=True, text=True,
        )  # fmt: skip
    seconds, peak = map(float, again.stdout.split())
    return {**found, "name": name, "assess": seconds, "assess_peak": peak}  # type: ignore[dict-item]


def _read(folder: Path, workspace: Path, workers: int) -> dict[str, float]:
    start = time.perf_counter()
    done = foedus.read([folder], workspace=workspace, workers=workers)
    seconds = time.perf_counter() - start
    with Workspace.open(workspace) as desk:
        stored = desk.count_documents()
    if done.failures or stored != len(done.added):
        raise SystemExit(f"{len(done.failures)} failures, {stored} stored: not a measurement")
    return {
        "documents": stored,
        "seconds": seconds,
        "peak": _megabytes(resource.RUSAGE_SELF),
        "worker": _megabytes(resource.RUSAGE_CHILDREN),
        "claims": done.claims + done.abstained,
    }


_ASSESS = """
import resource, sys, time
import foedus
start = time.perf_counter()
foedus.assess("Russia", "Syria", workspace=sys.argv[1], save=False)
print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def _megabytes(who: int) -> float:
    return resource.getrusage(who).ru_maxrss / 1024


def _write(folder: Path, documents: int) -> None:
    """The same texts for the same number: four to nine paragraphs of the coded passages each."""
    if folder.is_dir() and sum(1 for _ in folder.iterdir()) == documents:
        return
    folder.mkdir()
    parts = [
        part.strip()
        for path in sorted(PASSAGES.glob("*.txt"))
        for part in path.read_text("utf-8").split("\n\n")
        if len(part) > 80
    ]
    choose = random.Random(documents)
    for number in range(documents):
        day = date(2015, 1, 1) + timedelta(days=choose.randrange(3650))
        body = choose.sample(parts, choose.randint(4, 9))
        text = "\n\n".join([f"Bulletin {number}, {day:%d %B %Y}", *body])
        (folder / f"{number:06}.txt").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
