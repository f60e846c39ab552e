"""Many batches of runs on one or more workers: the same numbers however they are spread."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np

from foedus.stress.kernel import simulate
from foedus.stress.network import Floats, Network
from foedus.stress.plan import Plan
from foedus.stress.prepared import Held
from foedus.stress.streams import stream
from foedus.stress.tally import Tally

BATCH = 1000
"""Runs in one batch, whatever the number of workers: it is part of the result's definition."""
Progress = Callable[[int, int], None]
"""Called with the runs done and the runs wanted."""


@dataclass
class Outcome:
    """The tally of all finished batches, and of each one what intervals are made of.

    `fallen` (batches, n) and `failed` (batches, p) are shares of the batch's runs. `wanted` is
    the number of runs asked for; fewer are in the tally after an interruption.
    """

    tally: Tally
    wanted: int
    values: list[dict[str, float]] = field(default_factory=list)
    fallen: list[Floats] = field(default_factory=list)
    failed: list[Floats] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        """Whether every run wanted is in the tally."""
        return self.tally.runs == self.wanted


@dataclass(frozen=True)
class Task:
    """One batch, as workers take it."""

    batch: int
    runs: int
    values: dict[str, float]


def tasks(
    network: Network, runs: int, seed: int, *, fixed: dict[str, float] | None = None
) -> list[Task]:
    """The batches of `runs` runs; each draws its parameters from their ranges, unless `fixed`."""
    sizes = [BATCH] * (runs // BATCH) + ([runs % BATCH] if runs % BATCH else [])
    return [
        Task(at, size,
             fixed or network.parameters.draw(stream(seed, at, 0, "parameters")))
        for at, size in enumerate(sizes)
    ]  # fmt: skip


def run(
    network: Network,
    plan: Plan,
    *,
    runs: int,
    seed: int,
    workers: int = 1,
    fixed: dict[str, float] | None = None,
    progress: Progress | None = None,
) -> Outcome:
    """Simulate `runs` futures. An interruption (Ctrl-C) gives what the finished batches found."""
    todo = tasks(network, runs, seed, fixed=fixed)
    done = Outcome(Tally.empty(network, plan.horizon), runs)
    try:
        for task, tally in _results(network, plan, todo, seed, workers):
            done.tally.add(tally)
            done.values.append(task.values)
            done.fallen.append(tally.fallen / tally.runs)
            done.failed.append(tally.failed / tally.runs)
            if progress is not None:
                progress(done.tally.runs, runs)
    except KeyboardInterrupt:
        if not done.tally.runs:
            raise
    return done


def _results(
    network: Network, plan: Plan, todo: list[Task], seed: int, workers: int
) -> Iterator[tuple[Task, Tally]]:
    """Batches in their order, so that sums come out the same however many work on them."""
    if workers <= 1 or len(todo) == 1:
        held = Held(network, plan)
        for task in todo:
            yield task, simulate(network, plan, task.values, task.runs, seed, task.batch, held)
        return
    with _pool(network, plan, seed, workers) as pool:
        yield from zip(todo, pool.map(_work, todo), strict=True)


@contextmanager
def _pool(network: Network, plan: Plan, seed: int, workers: int) -> Iterator[ProcessPoolExecutor]:
    pool = ProcessPoolExecutor(workers, initializer=_start, initargs=(network, plan, seed))
    try:
        yield pool
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    pool.shutdown()


_JOB: list[tuple[Network, Plan, int, Held]] = []


def _start(network: Network, plan: Plan, seed: int) -> None:
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ[name] = "1"
    _JOB[:] = [(network, plan, seed, Held(network, plan))]
    np.seterr(all="ignore")


def _work(task: Task) -> Tally:
    network, plan, seed, held = _JOB[0]
    return simulate(network, plan, task.values, task.runs, seed, task.batch, held)
