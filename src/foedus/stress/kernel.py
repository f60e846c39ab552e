"""The kernel: one batch of runs of one scenario, a pure function of arrays, seed and batch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from foedus.stress.beliefs import observe
from foedus.stress.calls import Calls, Claims, claims, drawn, fall_on, pressure, scripted
from foedus.stress.clearing import Clearing
from foedus.stress.contest import loses
from foedus.stress.network import Network
from foedus.stress.plan import Plan, Quarter
from foedus.stress.prepared import asked, capability, hazard
from foedus.stress.responses import Responses, respond
from foedus.stress.review import let_go, review
from foedus.stress.state import State
from foedus.stress.streams import Block, stream
from foedus.stress.tally import MOST, Tally, claim_bin

Singles = npt.NDArray[np.float32]
A_YEAR = 4


def simulate(
    network: Network, plan: Plan, values: dict[str, float], runs: int, seed: int, batch: int
) -> Tally:
    """The tally of `runs` runs over `plan.horizon` quarters, with one draw of the parameters.

    The same arguments give the same numbers on every machine and in every process.
    """
    return _Batch(network, plan, values, runs, seed, batch).run()


@dataclass
class _Batch:
    network: Network
    plan: Plan
    values: dict[str, float]
    runs: int
    seed: int
    batch: int

    def run(self) -> Tally:
        network, values = self.network, self.values
        strength = capability(network, values)
        free_of_war = (1 - values["war_load"]) ** np.minimum(network.actors.wars, 2)
        free_of_conflict = (1 - values["force_load"]) ** np.minimum(network.actors.conflicts, 3)
        self.base_load = (1 - free_of_war * free_of_conflict).astype(np.float32)
        self.state = State.fresh(network, self.runs, strength.astype(np.float32), self.base_load)
        self.level = network.pairs.level.copy()
        self.level[list(self.plan.absent)] = 0
        self.on = asked(network, self.level, values, strength)
        self.hazard = hazard(network, values)
        self.clearing = Clearing(network.transit, network.pairs.guarantor)
        self.slot = np.full(network.pairs.count, -1, dtype=np.int64)
        self.slot[self.clearing.pairs] = np.arange(len(self.clearing.pairs))
        self.dirty = np.ones(self.runs, dtype=bool)
        self.draw = (np.arange(self.runs) + self.batch * self.runs) % len(network.willingness)
        self.rate = (network.actors.rate * values["calls"]).astype(np.float32)
        self.tally = Tally.empty(network, self.plan.horizon)
        for quarter in range(self.plan.horizon):
            self._quarter(quarter)
        self._close()
        return self.tally

    def _stream(self, quarter: int, block: Block) -> np.random.Generator:
        return stream(self.seed, self.batch, quarter, block)

    def _quarter(self, quarter: int) -> None:
        state, values = self.state, self.values
        if quarter % A_YEAR == 0:
            shape = 1 / values["common_shock"]
            self.factor = (
                self._stream(quarter, "shocks").gamma(shape, 1 / shape, self.runs)
            ).astype(np.float32)
        written = self.plan.quarters.get(quarter, Quarter())
        self._script(quarter, written)
        self._loads(quarter)
        self._clear()
        found = drawn(
            self.network,
            state,
            self.rate,
            pressure(state, self.base_load, self.on.support, values),
            self.factor,
            self._stream(quarter, "calls").random(state.standing.shape, dtype=np.float32),
        )
        calls = claims(found, scripted(written.attacks, state), state, values)
        due = fall_on(calls, self.on, state)
        answers = respond(
            due, self.on, state, self.slot,
            self._stream(quarter, "responses").random(len(due.run), dtype=np.float32),
            self.draw, values, priority=self.plan.priority,
        )  # fmt: skip
        self._record(quarter, calls, due, answers)
        observe(self.network, state, calls, due, self.on, answers, values)
        self._outcome(quarter, calls, due, answers)
        for actor in written.falls:
            rows = np.flatnonzero(state.standing[:, actor] > 0)
            self._fall(rows, np.full(len(rows), actor))
        if quarter % A_YEAR == A_YEAR - 1:
            self._review(quarter)
        state.reputation *= np.float32(values["memory"])

    def _script(self, quarter: int, written: Quarter) -> None:
        state = self.state
        rng = self._stream(quarter, "outcomes")
        self.outcomes = rng
        for actor, share in written.sanctions:
            state.strength[:, actor] *= np.float32(1 - share)
        for platform in written.platforms:
            state.open[:, platform] = 0.0
            self.dirty[:] = True
        if written.changes:
            for change in written.changes:
                self.level[change.pair] = change.level
            self.on = asked(
                self.network, self.level, self.values, capability(self.network, self.values)
            )

    def _loads(self, quarter: int) -> None:
        """Loads wear off; what the scenario ties down stays while it lasts."""
        state = self.state
        if quarter:
            state.load *= np.float32(self.values["load_keep"])
        for load in self.plan.loads:
            if load.first <= quarter < load.until:
                column = state.load[:, load.actor]
                np.maximum(column, np.float32(load.share), out=column)

    def _clear(self) -> None:
        rows = np.flatnonzero(self.dirty)
        if not len(rows) or not len(self.network.transit.platforms):
            return
        state, passage = self.state, self.state.passage
        cleared = self.clearing.clear(
            state.open[rows], state.standing[rows],
            self.values["transit"], self.values["patron_share"],
        )  # fmt: skip
        passage.platform[rows] = cleared.platform
        passage.through[rows] = cleared.through
        groups = self.network.transit.groups
        before = passage.group[rows]
        with np.errstate(divide="ignore", invalid="ignore"):
            change = np.where(before > 0, cleared.group / before, 0.0)
        state.strength[np.ix_(rows, groups)] *= change
        passage.group[rows] = cleared.group
        self.dirty[:] = False

    def _record(self, quarter: int, calls: Calls, due: Claims, answers: Responses) -> None:
        tally, state, on = self.tally, self.state, self.on
        n, p = state.standing.shape[1], self.network.pairs.count
        pair = on.pair[due.row]

        def by_pair(weights: npt.NDArray[np.generic] | None = None) -> npt.NDArray[np.float64]:
            return np.bincount(pair, weights=weights, minlength=p).astype(np.float64)

        blocked = answers.given - answers.arrived
        tally.asked += by_pair()
        tally.defaulted += by_pair(answers.default)
        tally.unable += by_pair(answers.unable)
        tally.claimed += by_pair(due.claim)
        tally.delivered += by_pair(answers.arrived)
        tally.unwilling += by_pair(due.claim - answers.offered)
        tally.short += by_pair(answers.offered - answers.given)
        tally.blocked += by_pair(blocked)
        tally.called += np.bincount(calls.beneficiary, minlength=n)
        state.failed[due.run[answers.default], pair[answers.default]] = True
        claimed = answers.forces_claimed.reshape(state.standing.shape)
        capacity = answers.capacity.reshape(state.standing.shape)
        np.maximum(state.peak, claimed, out=state.peak, casting="same_kind")
        over = np.maximum(claimed - capacity, 0.0)
        np.maximum(state.shortfall, over, out=state.shortfall, casting="same_kind")
        tally.count(quarter, "calls", len(calls.run))
        tally.count(quarter, "wars", float(calls.war.sum()))
        tally.count(quarter, "defaults", float(answers.default.sum()))
        tally.count(quarter, "unable", float(answers.unable.sum()))
        cut = np.flatnonzero(answers.unable & (blocked > 0))
        tally.count(quarter, "cut", len(cut))
        state.cascade += np.bincount(due.run[cut], minlength=self.runs)

    def _outcome(self, quarter: int, calls: Calls, due: Claims, answers: Responses) -> None:
        state, values = self.state, self.values
        n = state.standing.shape[1]
        support = np.bincount(
            due.call, weights=answers.arrived * self.on.discount[due.row], minlength=len(calls.run)
        ).astype(np.float32)
        uniform = self.outcomes.random(len(calls.run), dtype=np.float32)
        chance = loses(calls, support, values)
        lost = uniform < chance
        falls = calls.war & (uniform < chance * np.float32(values["fall_if_defeated"]))
        self.tally.lost += np.bincount(calls.beneficiary[lost], minlength=n)
        tied = np.where(calls.war, values["war_load"], values["force_load"])
        cell = calls.run * n + calls.beneficiary
        added = np.bincount(cell, weights=tied, minlength=state.load.size)
        known = calls.challenger >= 0
        added += np.bincount(
            calls.run[known] * n + calls.challenger[known], weights=tied[known],
            minlength=state.load.size,
        )  # fmt: skip
        holder = due.run * n + self.on.guarantor[due.row]
        sent = np.bincount(holder, weights=answers.forces, minlength=state.load.size)
        strength = np.maximum(state.strength.ravel(), 1e-9)
        added = np.minimum(added, 0.9).reshape(state.load.shape).astype(np.float32)
        busy = np.minimum(sent / strength, 0.9).reshape(state.load.shape).astype(np.float32)
        state.load = 1 - (1 - state.load) * (1 - added) * (1 - busy)
        rows, who = calls.run[falls], calls.beneficiary[falls]
        self.tally.count(quarter, "falls", len(rows))
        state.cascade += np.bincount(rows, minlength=self.runs)
        self._fall(rows, who)

    def _fall(self, rows: npt.NDArray[np.int64], who: npt.NDArray[np.int64]) -> None:
        """Regimes fall: their promises and those made to them end, and platforms close."""
        if not len(rows):
            return
        state = self.state
        state.standing[rows, who] = 0.0
        closes = self.outcomes.random((len(rows), state.open.shape[1]), dtype=np.float32)
        hosted = self.network.transit.host[:, who].T
        run, platform = np.nonzero(hosted & (closes < self.values["platform_loss"]))
        state.open[rows[run], platform] = 0.0
        self.dirty[rows] = True

    def _review(self, quarter: int) -> None:
        run, text, hedged = review(
            self.network, self.state, self.hazard, self.base_load, self.slot, self.values,
            self._stream(quarter, "review"),
        )  # fmt: skip
        self.tally.count(quarter, "lapses", len(run))
        self.tally.count(quarter, "hedges", float(hedged.sum()))
        self.tally.ended += np.bincount(text, minlength=len(self.tally.ended))
        self.state.cascade += np.bincount(run, weights=hedged, minlength=self.runs).astype(np.int64)
        let_go(self.network, self.state, run, text, self.on.support)

    def _close(self) -> None:
        tally, state, pairs = self.tally, self.state, self.network.pairs
        n = state.standing.shape[1]
        tally.runs = self.runs
        tally.fallen += (state.standing <= 0).sum(axis=0)
        over = state.failed | state.gone
        over |= state.standing[:, pairs.guarantor] <= 0
        over |= state.standing[:, pairs.beneficiary] <= 0
        tally.failed += over.sum(axis=0)
        tally.squeezed += (state.shortfall > 0).sum(axis=0)
        tally.shortfall += state.shortfall.sum(axis=0, dtype=np.float64)
        bins = claim_bin(state.peak) + np.arange(n) * tally.peak.shape[1]
        tally.peak += np.bincount(bins.ravel(), minlength=tally.peak.size).reshape(tally.peak.shape)
        tally.cascade += np.bincount(np.minimum(state.cascade, MOST), minlength=MOST + 1)
