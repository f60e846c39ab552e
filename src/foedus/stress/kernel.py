"""The kernel: one batch of runs of one scenario, a pure function of arrays, seed and batch."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from foedus.stress.beliefs import fades, observe, surprises
from foedus.stress.calls import claims, drawn, pressure, scripted
from foedus.stress.network import Bools, Network
from foedus.stress.outcomes import settle
from foedus.stress.plan import Plan, Quarter
from foedus.stress.prepared import Held, asked, capability, hazard
from foedus.stress.recorder import Recorder
from foedus.stress.responses import fall_on, respond
from foedus.stress.review import Review
from foedus.stress.state import State
from foedus.stress.streams import Block, of_cells, stream
from foedus.stress.tally import Tally

Singles = npt.NDArray[np.float32]
A_YEAR = 4


def simulate(
    network: Network,
    plan: Plan,
    values: dict[str, float],
    runs: int,
    seed: int,
    batch: int,
    held: Held | None = None,
) -> Tally:
    """The tally of `runs` runs over `plan.horizon` quarters, with one draw of the parameters.

    The same arguments give the same numbers on every machine and in every process. `held` may
    be passed where one network and plan run many batches.
    """
    return Batch(network, plan, values, runs, seed, batch, held or Held(network, plan)).run()


class Batch:
    """One batch while it runs."""

    def __init__(
        self,
        network: Network,
        plan: Plan,
        values: dict[str, float],
        runs: int,
        seed: int,
        batch: int,
        held: Held,
    ) -> None:
        self.network, self.plan, self.values, self.held = network, plan, values, held
        self.runs, self.seed, self.batch = runs, seed, batch
        actors = network.actors
        self.strength = capability(network, values)
        self.base_free = (
            (1 - values["war_load"]) ** np.minimum(actors.wars, 2)
            * (1 - values["force_load"]) ** np.minimum(actors.conflicts, 3)
        ).astype(np.float32)
        self.state = State.fresh(
            network, held, runs, self.strength.astype(np.float32), self.base_free
        )
        self.level = network.pairs.level.copy()
        self.level[list(plan.absent)] = 0
        self.on = asked(network, held, self.level, values, self.strength)
        self.review = Review(network, held, hazard(network, values))
        self.draw = (np.arange(runs) + batch * runs) % held.draws
        self.rate = (actors.rate * values["calls"]).astype(np.float32)
        self.factor = np.ones(runs, dtype=np.float32)
        self.dirty = np.zeros(runs, dtype=bool)
        transit = network.transit
        self.matters: Bools = np.array(transit.host.any(axis=0))
        """Actors whose fall can stop a passage: hosts, patrons and armed groups."""
        self.matters[transit.groups] = True
        self.matters[network.pairs.guarantor[transit.patron_pair]] = True
        self.recorder = Recorder(network, held, self.state, plan.horizon)

    def run(self) -> Tally:
        """Every quarter, then what is known at the end."""
        with np.errstate(over="ignore", under="ignore"):
            for quarter in range(self.plan.horizon):
                self._quarter(quarter)
        return self.recorder.close(self.state)

    def _stream(self, quarter: int, block: Block) -> np.random.Generator:
        return stream(self.seed, self.batch, quarter, block)

    def _quarter(self, quarter: int) -> None:
        state, values, on, held = self.state, self.values, self.on, self.held
        if quarter % A_YEAR == 0:
            shape = 1 / values["common_shock"]
            gamma = self._stream(quarter, "shocks").gamma(shape, 1 / shape, self.runs)
            self.factor = gamma.astype(np.float32)
        written = self.plan.quarters.get(quarter, Quarter())
        outcomes = self._stream(quarter, "outcomes")
        self._loads(quarter)
        self._script(written)
        on = self.on
        self._clear()
        chance = self._stream(quarter, "calls")
        uniform = chance.random(state.standing.shape, dtype=np.float32)
        found = drawn(
            self.network.actors, state, self.rate,
            pressure(state, self.base_free, on.support, values), self.factor, uniform,
        )  # fmt: skip
        script, against = scripted(written.attacks, state)
        calls = claims(found, script, against, state, values, chance)
        due = fall_on(calls, held, on, state, self.draw)
        luck = of_cells(self._stream(quarter, "responses"), due.cell)
        answers = respond(due, held, on, state, luck, values, priority=self.plan.priority)
        self.recorder.record(quarter, state, calls, due, answers, values)
        surprise = surprises(calls, due, on, answers, self.runs, values)
        observe(self.network.actors, state, calls, due, surprise, values["observers"])
        run, row = self.review.let_down(calls, due, surprise, values, outcomes)
        self.recorder.hedged(quarter, state, run)
        self.review.end_pairs(state, run, row, on.part)
        lost, falls = settle(state, calls, due, held, on, answers, outcomes, values)
        self.recorder.outcome(quarter, state, calls, lost, falls)
        self._fall(calls.run[falls], calls.beneficiary[falls], outcomes)
        for actor in written.falls:
            rows = np.flatnonzero(state.standing[:, actor] > 0)
            self._fall(rows, np.full(len(rows), actor), outcomes)
        if quarter % A_YEAR == A_YEAR - 1:
            self._review(quarter)
        fades(state, values["memory"])

    def _script(self, written: Quarter) -> None:
        state = self.state
        for actor, share in written.sanctions:
            state.strength[:, actor] *= np.float32(1 - share)
        for platform in written.platforms:
            state.open[:, platform] = 0.0
            self.dirty[:] = True
        if written.changes:
            for change in written.changes:
                self.level[change.pair] = change.level
            self.on = asked(self.network, self.held, self.level, self.values, self.strength)

    def _loads(self, quarter: int) -> None:
        """Loads wear off; what the scenario ties down stays while it lasts."""
        free = self.state.free
        if quarter:
            keep = np.float32(self.values["load_keep"])
            free *= keep
            free += 1 - keep
        for load in self.plan.loads:
            if load.first <= quarter < load.until:
                column = free[:, load.actor]
                np.minimum(column, np.float32(1 - load.share), out=column)

    def _clear(self) -> None:
        rows = np.flatnonzero(self.dirty)
        if not len(rows):
            return
        state, passage, groups = self.state, self.state.passage, self.network.transit.groups
        cleared = self.held.clearing.clear(
            state.open[rows], state.standing[rows],
            self.values["transit"], self.values["patron_share"],
        )  # fmt: skip
        before = passage.group[rows]
        change = np.divide(cleared.group, before, out=np.zeros_like(before), where=before > 0)
        state.strength[np.ix_(rows, groups)] *= change
        passage.platform[rows] = cleared.platform
        passage.through[rows] = cleared.through
        passage.group[rows] = cleared.group
        self.dirty[:] = False

    def _fall(
        self,
        rows: npt.NDArray[np.int64],
        who: npt.NDArray[np.int64],
        rng: np.random.Generator,
    ) -> None:
        """Regimes fall: their promises and those made to them end, and platforms may close."""
        state = self.state
        state.standing[rows, who] = 0.0
        told = self.matters[who]
        rows, who = rows[told], who[told]
        if not len(rows):
            return
        at, platform = np.nonzero(self.network.transit.host[:, who].T)
        place = rows[at] * state.open.shape[1] + platform
        closes = of_cells(rng, place) < self.values["platform_loss"]
        state.open.reshape(-1)[place[closes]] = 0.0
        self.dirty[rows] = True

    def _review(self, quarter: int) -> None:
        state, rng = self.state, self._stream(quarter, "review")
        run, text = self.review.of_themselves(self.runs, rng)
        self.recorder.ended(quarter, self.review.end_texts(state, run, text, self.on.part))
        run, text = self.review.hedged(state, self.base_free, self.values, rng)
        self.recorder.hedged(quarter, state, run)
        self.recorder.ended(quarter, self.review.end_texts(state, run, text, self.on.part))
