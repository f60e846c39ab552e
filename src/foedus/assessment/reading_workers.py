"""Where the work of reading is done: here, in worker processes, or on a Dask cluster."""

from __future__ import annotations

import os
import pickle
import queue
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import date
from pathlib import Path
from typing import IO, Any

from foedus.assessment.reading_work import Coded, Refused, Work, do
from foedus.errors import InputError

Results = list[Coded | Refused]
Submit = Callable[[Work], "Future[Results]"]

_SOURCES = str(Path(__file__).resolve().parents[2])
_TRIES = 2
_PER_WORKER = 4
_BYTES_IN_FLIGHT = 64_000_000
MOST_WORKERS = 256


def here(works: Iterable[Work], today: date) -> Iterator[tuple[Work, Iterator[Coded | Refused]]]:
    """Each piece of work with its results, done one after another in this process."""
    for work in works:
        yield work, do(work, today)


def in_processes(
    works: Iterable[Work], today: date, workers: int
) -> Iterator[tuple[Work, Iterator[Coded | Refused]]]:
    """The same in that many processes; what is finished first comes first.

    A process that dies is replaced and its work done once more; work that ends two of them is
    refused by name.
    """
    processes: queue.SimpleQueue[_Process] = queue.SimpleQueue()
    for _ in range(workers):
        processes.put(_Process(today))

    def run(work: Work) -> Results:
        process = processes.get()
        try:
            return process.run(work)
        finally:
            processes.put(process)

    with ThreadPoolExecutor(workers, "foedus-reading") as threads:
        try:
            yield from in_flight(works, lambda work: threads.submit(run, work), workers)
        finally:
            threads.shutdown(cancel_futures=True)
            while not processes.empty():
                processes.get().close()


def in_flight(
    works: Iterable[Work], submit: Submit, workers: int
) -> Iterator[tuple[Work, Iterator[Coded | Refused]]]:
    """Keep a few pieces of work a worker under way, and no more bytes than memory should hold."""
    waiting: dict[Future[Results], Work] = {}
    held = 0
    for work in works:
        waiting[submit(work)] = work
        held += work.size
        while len(waiting) >= _PER_WORKER * workers or (held > _BYTES_IN_FLIGHT and waiting):
            for future, finished in _finished(waiting):
                held -= finished.size
                yield finished, iter(future.result())
    while waiting:
        for future, finished in _finished(waiting):
            yield finished, iter(future.result())


def _finished(waiting: dict[Future[Results], Work]) -> list[tuple[Future[Results], Work]]:
    done, _ = wait(waiting, return_when=FIRST_COMPLETED)
    return [(future, waiting.pop(future)) for future in done]


def check_workers(workers: int) -> None:
    """A number of processes that makes sense.

    Raises:
        InputError: it does not.
    """
    if not 1 <= workers <= MOST_WORKERS:
        raise InputError(f"Not a number of workers: {workers}. Give 1 to {MOST_WORKERS}.")


class _Process:
    """One worker process with its pipes; used by one thread at a time, started when needed."""

    def __init__(self, today: date) -> None:
        self._today = today
        self._process: subprocess.Popen[bytes] | None = None

    def run(self, work: Work) -> Results:
        code: int | None = None
        for _ in range(_TRIES):
            try:
                return self._ask(work)
            except (OSError, EOFError, pickle.UnpicklingError):
                code = self._ended()
        how = f"signal {-code}" if code is not None and code < 0 else f"exit {code}"
        return [Refused(work.name, f"ended the process that coded it, {_TRIES} times ({how}).")]

    def close(self) -> None:
        if self._process is not None:
            self._ended()

    def _ask(self, work: Work) -> Results:
        process = self._process or self._start()
        if process.stdin is None or process.stdout is None:
            raise EOFError
        send(process.stdin, (work, self._today))
        answer: Any = receive(process.stdout)
        if isinstance(answer, BaseException):
            raise answer
        results: Results = answer
        return results

    def _start(self) -> subprocess.Popen[bytes]:
        path = os.pathsep.join([_SOURCES, *filter(None, sys.path)])
        self._process = subprocess.Popen(
            [sys.executable, "-m", "foedus.assessment.reading_process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": path},
        )
        return self._process

    def _ended(self) -> int | None:
        process, self._process = self._process, None
        if process is None:
            return None
        process.kill()
        code = process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    continue
        return code


def send(pipe: IO[bytes], message: object) -> None:
    """Write one message between two processes of this program."""
    pickle.dump(message, pipe, protocol=pickle.HIGHEST_PROTOCOL)
    pipe.flush()


def receive(pipe: IO[bytes]) -> Any:
    """Read one message; the other side is our own process, on a pipe that nobody else has.

    Raises:
        EOFError: the other side is gone.
    """
    return pickle.load(pipe)  # noqa: S301
