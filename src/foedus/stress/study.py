"""One stress test from network to results: baseline, scenario, attribution, sensitivity."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from foedus.domain.stress_tests import ShockLine
from foedus.stress.chance import BEYOND, of_runs
from foedus.stress.network import Network
from foedus.stress.plan import Plan
from foedus.stress.run import Outcome, run
from foedus.stress.sensitivity import Effect, Method, leader, one_at_a_time, sobol
from foedus.stress.workers import Done, Job, Task, cluster, here, processes

Progress = Callable[[str, int, int], None]
_ATTRIBUTED = 20_000
_LEAST_ATTRIBUTED = 2000


@dataclass
class Study:
    """What is simulated, and on what; `progress` is told what is at work, and how far it is."""

    network: Network
    plan: Plan
    runs: int
    seed: int
    workers: int = 1
    address: str | None = None
    progress: Progress | None = None

    def outcome(
        self, plan: Plan, what: str, network: Network | None = None, runs: int | None = None
    ) -> Outcome:
        """All runs of one plan."""  # fmt: skip
        return run(
            network or self.network, plan, runs=runs or self.runs, seed=self.seed,
            workers=self.workers, address=self.address,
            progress=None if self.progress is None
            else lambda done, total: self._tell(what, done, total),
        )  # fmt: skip

    def _tell(self, what: str, done: int, total: int) -> None:
        if self.progress is not None:
            self.progress(what, done, total)

    @property
    def scripted(self) -> set[int]:
        """Actors that the scenario itself fells."""
        return {actor for quarter in self.plan.quarters.values() for actor in quarter.falls}

    def attribution(
        self, without: list[tuple[str, Network, Plan]], scenario: Outcome
    ) -> tuple[ShockLine, ...]:
        """What each shock adds: the scenario less the scenario without it, on the same seeds.

        `without` holds each shock's label, and the network and plan that lack it.
        """
        runs = min(scenario.tally.runs, max(_LEAST_ATTRIBUTED, min(_ATTRIBUTED, self.runs // 5)))
        whole = self.outcome(self.plan, "Attribution", runs=runs)
        lines = []
        for at, (label, network, plan) in enumerate(without):
            less = self.outcome(plan, f"Attribution, without shock {at + 1}", network, runs)
            a, b = whole.tally, less.tally
            moved = (a.fallen - b.fallen) / runs
            moved[list(self.scripted)] = 0.0
            error = of_runs(a.fallen / runs, b.fallen / runs, runs)
            moved[np.abs(moved) <= BEYOND * error] = 0.0
            most = int(np.argmax(np.abs(moved)))
            sizes = np.arange(len(a.cascade))
            lines.append(
                ShockLine(
                    shock=at + 1,
                    label=label,
                    falls=(a.total("falls") - b.total("falls")) / runs,
                    defaults=(a.total("defaults") - b.total("defaults")) / runs,
                    cascade=float((a.cascade - b.cascade) @ sizes / runs),
                    most=self.network.actors.names[most] if moved[most] else None,
                    most_change=float(moved[most]),
                    runs=runs,
                )
            )
        return tuple(lines)

    def sensitivity(self, method: Method, outcome: Outcome) -> tuple[str, dict[str, Effect]]:
        """The output's name, and what each parameter does to it."""
        actor = leader(outcome.tally, self.scripted)
        label = f"chance that {self.network.actors.names[actor]} has fallen by the end"
        if not outcome.tally.fallen[actor]:
            return "mean cascade size", self._effects(method, None)
        return label, self._effects(method, actor)

    def _effects(self, method: Method, actor: int | None) -> dict[str, Effect]:
        if method == "one":
            return one_at_a_time(
                self.network, self.plan, actor, self.scripted, self.seed, self._spread
            )
        return sobol(self.network, self.plan, actor, self.seed, self._spread)

    def _spread(self, job: Job, tasks: list[Task]) -> Done:
        if self.address is not None:
            done = cluster(job, tasks, self.address)
        elif self.workers > 1:
            done = processes(job, tasks, self.workers)
        else:
            done = here(job, tasks)
        runs = 0
        for task, tally in done:
            runs += tally.runs
            self._tell("Sensitivity", runs, sum(one.runs for one in tasks))
            yield task, tally
