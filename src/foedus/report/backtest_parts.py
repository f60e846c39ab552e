"""The parts of `make backtest`: each run in a process of its own, kept as soon as it is done."""

from __future__ import annotations

import hashlib
import os
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from multiprocessing import Manager, get_context
from pathlib import Path
from queue import Empty, Queue
from typing import Any

from foedus.domain.backtests import Backtest
from foedus.domain.frozen import Frozen

Run = tuple[str, str]
"""Scheme and variant."""

_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
"""Matrices are small: more threads for each process would only wait for each other."""


class Part(Frozen):
    """One run, what made it (a hash of catalog and code), and its cost in seconds."""

    made_by: str
    seconds: float
    processor_seconds: float
    backtest: Backtest


def parts(runs: Sequence[Run], folder: Path, workers: int = 2) -> Iterator[Part]:
    """Each run's part as it gets done; those in `folder` of the same catalog and code are read."""
    made_by = _made_by()
    left = []
    for run in runs:
        held = _kept(_path(folder, run), made_by)
        if held is not None:
            yield held
        else:
            left.append(run)
    if left:
        yield from _made(left, folder, made_by, workers)


def _made(runs: Sequence[Run], folder: Path, made_by: str, workers: int) -> Iterator[Part]:
    folder.mkdir(parents=True, exist_ok=True)
    os.environ |= dict.fromkeys(_ONE_THREAD, "1")
    with (
        Manager() as manager,
        ProcessPoolExecutor(workers, get_context("spawn"), max_tasks_per_child=1) as pool,
        _bars(runs) as bars,
    ):
        steps: Queue[Any] = manager.Queue()
        waiting: set[Future[Part]] = {
            pool.submit(_run, run, _path(folder, run), made_by, steps) for run in runs
        }
        while waiting:
            done, waiting = wait(waiting, timeout=0.5, return_when=FIRST_COMPLETED)
            bars(steps)
            for one in done:
                yield one.result()


def _run(run: Run, path: Path, made_by: str, steps: Queue[Any]) -> Part:
    from foedus.reliability.backtest.run import run as backtest

    begun, worked = time.perf_counter(), time.process_time()
    found = backtest(*run, lambda name, number, of: steps.put((run, name, number, of)))
    part = Part(
        made_by=made_by,
        seconds=time.perf_counter() - begun,
        processor_seconds=time.process_time() - worked,
        backtest=found,
    )
    partial = path.with_suffix(".partial")
    partial.write_text(part.model_dump_json(), encoding="utf-8")
    partial.replace(path)
    steps.put((run, f"done in {part.seconds:.0f} s", 1, 1))
    return part


def _path(folder: Path, run: Run) -> Path:
    return folder / f"{'-'.join(run)}.json"


def _kept(path: Path, made_by: str) -> Part | None:
    try:
        part = Part.model_validate_json(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return part if part.made_by == made_by else None


def _made_by() -> str:
    """Hash (16 hex digits) of the package's code and tables, but for what shows them."""
    home = Path(__file__).parents[1]
    digest = hashlib.sha256()
    for name in ("catalog", "domain", "record", "reliability"):
        for path in sorted((home / name).rglob("*")):
            if path.suffix in (".py", ".parquet", ".csv", ".json", ".toml"):
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def _bars(runs: Sequence[Run]) -> Iterator[Any]:
    """A bar for each run on standard error; where nobody looks, a line when it is done."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    progress = Progress(console=console, disable=not sys.stderr.isatty())
    with progress:
        tasks = {run: progress.add_task(", ".join(run), total=None) for run in runs}

        def show(steps: Queue[Any]) -> None:
            while True:
                try:
                    run, name, number, of = steps.get_nowait()
                except Empty:
                    return
                text = f"{', '.join(run)}: {name}"
                progress.update(tasks[run], description=text, completed=number, total=of)
                if progress.disable and name.startswith("done"):
                    console.print(text)

        yield show
