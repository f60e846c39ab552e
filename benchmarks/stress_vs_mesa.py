"""The loop of calls, deliveries, beliefs and lapses: NumPy over batches of runs against Mesa 3.3.

A plain small version of the stress model's dynamics is written twice: agent by agent on Mesa, and
on arrays of runs x agents. The kernel works so too, but for a uniform drawn for every actor and
quarter, so that a scenario shares them with its baseline. Both must give the same distribution
of totals over seeds. The ceiling is a triad over arrays of the same size, in the same run. Times
are processor seconds of one core.

Run: python benchmarks/stress_vs_mesa.py [--agents 100] [--runs 200]
"""

from __future__ import annotations

import argparse
import time

import mesa
import numpy as np
from scipy.stats import ks_2samp

QUARTERS = 20
CALL, WILLING, STEP, MEMORY, LAPSE = 0.05, 0.6, 0.5, 0.9, 0.01
TOTALS = ("calls", "delivered", "lapsed")


class State(mesa.Agent):
    """A state: its patron may answer its calls; what it believes of it decides whether it stays."""

    def __init__(self, model: Network, patron: int) -> None:
        super().__init__(model)
        self.patron, self.belief, self.tied = patron, 0.0, True

    def step(self) -> None:
        """A call, its answer while the patron has means, belief, and a lapse."""
        model: Network = self.model  # type: ignore[assignment]
        if self.tied and model.random.random() < CALL * np.exp(-0.5 * self.belief):
            model.totals[0] += 1
            came = model.random.random() < WILLING
            model.totals[1] += came
            self.belief += STEP * (came - WILLING)
        self.belief *= MEMORY
        if self.tied and model.random.random() < LAPSE * np.exp(-self.belief):
            self.tied = False
            model.totals[2] += 1


class Network(mesa.Model):
    """All states of one run."""

    def __init__(self, agents: int, seed: int) -> None:
        super().__init__(seed=seed)
        self.totals = [0, 0, 0]
        for at in range(agents):
            State(self, (at + 1) % agents)

    def step(self) -> None:
        """One quarter, every state once."""
        self.agents.do("step")


def on_mesa(agents: int, runs: int) -> np.ndarray:
    """Totals (runs, 3), one Mesa model to a run."""
    found = []
    for seed in range(runs):
        model = Network(agents, seed)
        for _ in range(QUARTERS):
            model.step()
        found.append(model.totals)
    return np.array(found)


BLOCK = 1000
"""Runs together: their arrays stay in the processor's cache."""


def on_arrays(agents: int, runs: int, seed: int = 1) -> np.ndarray:
    """Totals (runs, 3), blocks of runs together; only events are drawn and worked on.

    Candidates come at the highest chance that any agent has, by the gaps between them, and are
    thinned to their own chance. Beliefs fade together, so one number holds the fading.
    """
    rng = np.random.Generator(np.random.SFC64(seed))
    starts = range(0, runs, BLOCK)
    return np.concatenate([_block(agents, min(BLOCK, runs - start), rng) for start in starts])


def _block(agents: int, runs: int, rng: np.random.Generator) -> np.ndarray:
    totals = np.zeros((runs, 3))
    belief = np.zeros(runs * agents, dtype=np.float32)
    tied = np.ones(runs * agents, dtype=bool)
    fade = 1.0
    for _ in range(QUARTERS):
        called = _drawn(rng, belief, tied, fade, CALL, 0.5)
        came = rng.random(len(called), dtype=np.float32) < WILLING
        belief[called] += (STEP / fade) * (came - np.float32(WILLING))
        run = called // agents
        totals[:, 0] += np.bincount(run, minlength=runs)
        totals[:, 1] += np.bincount(run[came], minlength=runs)
        fade *= MEMORY
        gone = _drawn(rng, belief, tied, fade, LAPSE, 1.0)
        tied[gone] = False
        totals[:, 2] += np.bincount(gone // agents, minlength=runs)
    return totals


def _drawn(
    rng: np.random.Generator,
    belief: np.ndarray,
    tied: np.ndarray,
    fade: float,
    base: float,
    slope: float,
) -> np.ndarray:
    """Tied cells in which an event of chance base x exp(-slope x belief) happens."""
    most = min(base * np.exp(-slope * fade * float(belief.min())), 0.999)
    enough = int(len(belief) * most + 6 * np.sqrt(len(belief) * most) + 10)
    gaps = rng.standard_exponential(enough, dtype=np.float32) / np.float32(-np.log1p(-most))
    likely = np.cumsum(gaps.astype(np.int64) + 1) - 1
    likely = likely[: np.searchsorted(likely, len(belief))]
    likely = likely[tied[likely]]
    chance = base / most * np.exp(np.float32(-slope * fade) * belief[likely])
    return likely[rng.random(len(likely), dtype=np.float32) < chance]


def triad(cells: int) -> float:
    """Cells a second of a = b + s c in single precision: one pass a step."""
    a, b, c = (np.ones(cells, dtype=np.float32) for _ in range(3))
    best = np.inf
    for _ in range(10):
        began = time.process_time()
        np.multiply(c, np.float32(3), out=a)
        np.add(a, b, out=a)
        best = min(best, time.process_time() - began)
    return cells / best


def _seconds(work: object, agents: int, runs: int) -> tuple[np.ndarray, float]:
    began = time.process_time()
    found = work(agents, runs)  # type: ignore[operator]
    return found, time.process_time() - began


def main() -> None:
    """Print the check of the distributions and one table of agent steps a second."""
    options = argparse.ArgumentParser()
    options.add_argument("--agents", type=int, default=100)
    options.add_argument("--runs", type=int, default=200)
    given = options.parse_args()
    plain, plain_seconds = _seconds(on_mesa, given.agents, given.runs)
    many = max(5000, given.runs)
    on_arrays(given.agents, 100)
    batched, batched_seconds = _seconds(on_arrays, given.agents, many)
    print(
        f"{given.agents} agents x {QUARTERS} quarters; {given.runs} runs on Mesa {mesa.__version__}"
    )
    for at, name in enumerate(TOTALS):
        p = ks_2samp(plain[:, at], batched[:, at]).pvalue
        print(
            f"  {name}: mean {plain[:, at].mean():.2f} (Mesa) and {batched[:, at].mean():.2f};"
            f" two-sample Kolmogorov-Smirnov p = {p:.3f}, {'same' if p > 0.01 / 3 else 'DIFFERENT'}"
        )
    mesa_speed = given.agents * QUARTERS * given.runs / plain_seconds
    speed = given.agents * QUARTERS * many / batched_seconds
    print(f"  {'':<32} {'agent steps/s':>14} {'x Mesa':>8}")
    for name, value in (
        (f"Mesa {mesa.__version__}", mesa_speed),
        ("the same dynamics on arrays", speed),
        ("triad, one core (ceiling)", triad(given.agents * BLOCK)),
    ):
        print(f"  {name:<32} {value:>14.3e} {value / mesa_speed:>8.0f}")
    ratio = speed / mesa_speed
    print(f"target: at least 200 times Mesa: {ratio:.0f}, {'met' if ratio >= 200 else 'MISSED'}")


if __name__ == "__main__":
    main()
