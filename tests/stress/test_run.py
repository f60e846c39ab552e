"""One seed, one result: whatever the workers, and whatever happens to them."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from dataclasses import fields
from multiprocessing import active_children

import numpy as np
import pytest
from stress_networks import CLIENT, FOE, small

from foedus.errors import InputError
from foedus.stress.plan import Attack, Plan, Quarter
from foedus.stress.run import BATCH, Outcome, run

NETWORK = small(rate=0.3)
PLAN = Plan(20, {2: Quarter(attacks=(Attack(CLIENT, (FOE,), True),))})
RUNS = 5 * BATCH + 300


def _same(one: Outcome, other: Outcome) -> bool:
    return all(
        np.array_equal(getattr(one.tally, item.name), getattr(other.tally, item.name))
        for item in fields(one.tally)
    )


@pytest.fixture(scope="module")
def serial() -> Outcome:
    return run(NETWORK, PLAN, runs=RUNS, seed=11)


def test_every_run_is_in_the_tally(serial: Outcome) -> None:
    assert serial.complete
    assert serial.tally.runs == RUNS
    assert serial.tally.cascade.sum() == RUNS
    assert len(serial.values) == 6


def test_two_workers_give_the_numbers_of_one(serial: Outcome) -> None:
    assert _same(serial, run(NETWORK, PLAN, runs=RUNS, seed=11, workers=2))


def test_a_killed_worker_changes_nothing(serial: Outcome) -> None:
    killed: list[int] = []

    def kill_one(done: int, wanted: int) -> None:
        children = active_children()
        if children and not killed:
            killed.append(children[0].pid or 0)
            os.kill(killed[0], signal.SIGKILL)

    found = run(NETWORK, PLAN, runs=RUNS, seed=11, workers=2, progress=kill_one)
    assert killed
    assert _same(serial, found)


def test_an_interruption_keeps_what_is_finished() -> None:
    def interrupt(done: int, wanted: int) -> None:
        if done >= 2 * BATCH:
            signal.raise_signal(signal.SIGINT)

    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # test workers ignore it
    try:
        found = run(NETWORK, PLAN, runs=RUNS, seed=11, progress=interrupt)
    finally:
        signal.signal(signal.SIGINT, before)
    assert not found.complete
    assert found.wanted == RUNS
    assert _same(found, run(NETWORK, PLAN, runs=2 * BATCH, seed=11))


@pytest.fixture
def dask_address() -> Iterator[str]:
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, protocol="tcp://"
    ) as cluster:
        yield cluster.scheduler_address


@pytest.mark.slow
def test_a_cluster_that_loses_a_worker_gives_the_same_numbers(
    serial: Outcome, dask_address: str
) -> None:
    from distributed import Client

    with Client(dask_address, set_as_default=False) as client:
        workers = client.run(os.getpid)
    killed: list[int] = []

    def kill_one(done: int, wanted: int) -> None:
        if not killed:
            killed.append(next(iter(workers.values())))
            os.kill(killed[0], signal.SIGKILL)

    found = run(NETWORK, PLAN, runs=RUNS, seed=11, address=dask_address, progress=kill_one)
    assert killed
    assert _same(serial, found)


def test_no_cluster_at_the_address_is_said() -> None:
    pytest.importorskip("distributed")
    with pytest.raises(InputError, match="No Dask scheduler answers"):
        run(NETWORK, PLAN, runs=10, seed=1, address="tcp://127.0.0.1:9")
