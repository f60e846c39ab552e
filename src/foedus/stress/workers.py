"""Workers: batches on this process, on several, or on a Dask cluster; a lost batch is redone."""

from __future__ import annotations

import signal
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from importlib import import_module
from multiprocessing import get_context
from typing import Any

from foedus.errors import FoedusError, InputError
from foedus.stress.kernel import simulate
from foedus.stress.network import Network
from foedus.stress.plan import Plan
from foedus.stress.prepared import Held
from foedus.stress.tally import Tally

MOST_LOSSES = 20
"""How often a worker may be lost before the run is given up."""


@dataclass(frozen=True)
class Task:
    """One batch, as workers take it; `stream` is the batch whose random numbers it draws."""

    batch: int
    runs: int
    values: dict[str, float]
    stream: int | None = None


Done = Iterator[tuple[Task, Tally]]


class Job:
    """One network, plan and seed, with what they share prepared once for all batches."""

    def __init__(self, network: Network, plan: Plan, seed: int) -> None:
        self._network, self._plan, self._seed = network, plan, seed
        self._held: Held | None = None

    def __call__(self, task: Task) -> Tally:
        """The tally of one batch."""
        if self._held is None:
            self._held = Held(self._network, self._plan)
        batch = task.batch if task.stream is None else task.stream
        return simulate(
            self._network, self._plan, task.values, task.runs, self._seed, batch, self._held
        )

    def __getstate__(self) -> dict[str, Any]:
        return {**vars(self), "_held": None}


def here(job: Job, tasks: Iterable[Task]) -> Done:
    """Batches one after another, in this process."""
    for task in tasks:
        yield task, job(task)


def processes(job: Job, tasks: list[Task], workers: int) -> Done:
    """Batches as they are finished by `workers` processes of this machine.

    Raises:
        FoedusError: workers were lost again and again.
    """
    left = {task.batch: task for task in tasks}
    for _ in range(MOST_LOSSES):
        pool = ProcessPoolExecutor(workers, get_context("spawn"), _start, (job,))
        try:
            waiting: set[Future[tuple[int, Tally]]] = {
                pool.submit(_work, task) for task in left.values()
            }
            while waiting:
                finished, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                for future in finished:
                    batch, tally = future.result()
                    yield left.pop(batch), tally
            return
        except BrokenProcessPool:
            continue
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
    raise FoedusError(
        f"Workers were lost {MOST_LOSSES} times. Is memory short? Give fewer --workers."
    )


_JOB: list[Job] = []


def _start(job: Job) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _JOB[:] = [job]


def _work(task: Task) -> tuple[int, Tally]:
    return task.batch, _JOB[0](task)


def cluster(job: Job, tasks: list[Task], address: str) -> Done:
    """Batches as they are finished by the Dask cluster at `address`, which redoes lost ones.

    Raises:
        InputError: Dask is not installed, or nothing answers at the address.
    """
    try:
        distributed: Any = import_module("distributed")
    except ImportError as error:
        raise InputError(
            "A cluster needs Dask, which is not installed. Run pip install 'foedus[scale]', or"
            " use --workers."
        ) from error
    try:
        client = distributed.Client(address, timeout="5s", set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise InputError(
            f"No Dask scheduler answers at {address!r} ({error}). Give an address such as"
            " tcp://host:8786."
        ) from error
    with client:
        shared = client.scatter(job, broadcast=True, hash=False)
        sent = {
            client.submit(_on_cluster, shared, task, pure=False, retries=MOST_LOSSES): task
            for task in tasks
        }
        try:
            for future in distributed.as_completed(sent, loop=client.loop):
                yield sent[future], future.result()
                future.release()
        finally:
            client.cancel(list(sent))


def _on_cluster(job: Job, task: Task) -> Tally:
    return job(task)
