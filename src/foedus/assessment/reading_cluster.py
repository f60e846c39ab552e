"""The work of reading on a Dask cluster."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from datetime import date
from typing import Any

from foedus.assessment.reading_work import Coded, Refused, Work, done
from foedus.assessment.reading_workers import Results, in_flight
from foedus.errors import InputError

_SECONDS = 20


def on_cluster(
    works: Iterable[Work], today: date, address: str
) -> Iterator[tuple[Work, Iterator[Coded | Refused]]]:
    """Each piece of work with its results, done by the workers of the scheduler at `address`.

    Dask does the work of a lost worker again; work that ends worker after worker is refused.
    The workers need the same version of Foedus, and no sight of the folder.

    Raises:
        InputError: the extra is not installed, no scheduler or no worker answers there.
    """
    client = _client(address)
    try:
        threads = max(1, sum(client.nthreads().values()))

        def submit(work: Work) -> Future[Results]:
            theirs = client.submit(done, work, today, pure=False)
            mine: Future[Results] = Future()
            theirs.add_done_callback(lambda future: _pass_on(future, work, mine))
            return mine

        yield from in_flight(works, submit, threads)
    finally:
        client.close()


def _client(address: str) -> Any:
    try:
        import distributed
    except ModuleNotFoundError as error:
        raise InputError("Reading on a cluster needs Dask: pip install 'foedus[scale]'.") from error
    try:
        connect: Any = distributed.Client
        client = connect(address, timeout=_SECONDS, set_as_default=False)
        client.wait_for_workers(1, timeout=_SECONDS)
    except (OSError, TimeoutError, ValueError) as error:
        raise InputError(
            f"No Dask scheduler with workers answers at {address!r} ({error}). Start one with"
            " `dask scheduler` and `dask worker`, and give its address as tcp://HOST:8786."
        ) from error
    return client


def _pass_on(theirs: Any, work: Work, mine: Future[Results]) -> None:
    from distributed import CancelledError, KilledWorker

    try:
        mine.set_result(theirs.result())
    except KilledWorker:
        mine.set_result([Refused(work.name, "ended every worker of the cluster that coded it.")])
    except CancelledError:
        mine.set_exception(InputError("The cluster is gone. Run again: what was read is kept."))
    except Exception as error:
        mine.set_exception(error)
    finally:
        theirs.release()
