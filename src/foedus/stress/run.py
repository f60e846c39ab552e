"""Many batches of runs: the same numbers however many workers share them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from foedus.domain.stress_tests import RUNS_A_DRAW
from foedus.stress.network import Floats, Network
from foedus.stress.plan import Plan
from foedus.stress.streams import stream
from foedus.stress.tally import Tally
from foedus.stress.workers import Done, Job, Task, cluster, here, processes

BATCH = RUNS_A_DRAW
"""Runs in one batch, whatever the number of workers."""
Progress = Callable[[int, int], None]
"""Called with the runs done and the runs wanted."""


@dataclass
class Outcome:
    """The tally of all finished batches, and of each one what intervals are made of.

    `fallen` (batches, n) and `failed` (batches, p) are shares of the batch's runs; `values` its
    draw of the parameters. `wanted` is the number of runs asked for; fewer are in the tally
    after an interruption.
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


def batches(
    network: Network,
    runs: int,
    seed: int,
    fixed: dict[str, float] | None = None,
    size: int = BATCH,
) -> list[Task]:
    """The batches of `runs` runs; each draws its parameters from their ranges, unless `fixed`."""
    sizes = [size] * (runs // size) + ([runs % size] if runs % size else [])
    return [
        Task(at, count, fixed or network.parameters.draw(stream(seed, at, 0, "parameters")))
        for at, count in enumerate(sizes)
    ]


def run(
    network: Network,
    plan: Plan,
    *,
    runs: int,
    seed: int,
    workers: int = 1,
    address: str | None = None,
    fixed: dict[str, float] | None = None,
    progress: Progress | None = None,
    size: int = BATCH,
) -> Outcome:
    """Simulate `runs` futures on `workers` processes, or on the Dask cluster at `address`.

    `size` runs share one draw of the parameters: fewer where few runs are to show many draws.

    An interruption (Ctrl-C) gives what the finished batches found; before the first one is
    finished it is passed on.

    Raises:
        InputError: no cluster at the address. FoedusError: workers were lost again and again.
    """
    tasks = batches(network, runs, seed, fixed, size)
    job = Job(network, plan, seed)
    if address is not None:
        done = cluster(job, tasks, address)
    elif workers > 1 and len(tasks) > 1:
        done = processes(job, tasks, min(workers, len(tasks)))
    else:
        done = here(job, tasks)
    return gather(network, plan, runs, done, progress)


def gather(
    network: Network, plan: Plan, wanted: int, done: Done, progress: Progress | None = None
) -> Outcome:
    """Add up batches in their own order, whatever the order in which they are finished."""
    found: dict[int, tuple[Task, Tally]] = {}
    outcome = Outcome(Tally.empty(network, plan.horizon), wanted)
    runs, added = 0, 0
    try:
        for task, tally in done:
            found[task.batch] = task, tally
            runs += tally.runs
            while added in found:
                _add(outcome, *found.pop(added))
                added += 1
            if progress is not None:
                progress(runs, wanted)
    except KeyboardInterrupt:
        if not runs:
            raise
    for batch in sorted(found):
        _add(outcome, *found[batch])
    return outcome


def _add(outcome: Outcome, task: Task, tally: Tally) -> None:
    outcome.tally.add(tally)
    outcome.values.append(task.values)
    outcome.fallen.append(tally.fallen / tally.runs)
    outcome.failed.append(tally.failed / tally.runs)
