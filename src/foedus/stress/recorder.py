"""The recorder: what a batch of runs leaves in its tally, quarter by quarter and at the end."""

from __future__ import annotations

import numpy as np

from foedus.stress.calls import Calls
from foedus.stress.network import Bools, Floats, Ints, Network
from foedus.stress.prepared import Held
from foedus.stress.responses import Claims, Responses
from foedus.stress.state import State
from foedus.stress.tally import MOST, Tally, claim_bin


class Recorder:
    """Fills the tally of one batch; sums by held pair (a) are spread over all pairs at the end."""

    def __init__(self, network: Network, held: Held, state: State, horizon: int) -> None:
        self._network, self._held = network, held
        self.tally = Tally.empty(network, horizon)
        self.tally.runs = len(state.standing)
        self._by_row = {
            name: np.zeros(len(held))
            for name in ("asked", "kept", "unable", "claimed", "delivered", "offered", "given")
        }

    def record(
        self,
        quarter: int,
        state: State,
        calls: Calls,
        claims: Claims,
        answers: Responses,
        values: dict[str, float],
    ) -> None:
        """Claims and responses of a quarter."""
        a, n = len(self._held), state.standing.shape[1]
        row, tally, sums = claims.row, self.tally, self._by_row
        called = np.bincount(calls.beneficiary, minlength=n)
        tested = np.bincount(calls.beneficiary[calls.tests], minlength=n)
        asked = tested[self._held.beneficiary] - np.bincount(row[claims.dead], minlength=a)
        keeps = np.flatnonzero(answers.kept)
        kept = np.bincount(answers.row.take(keeps), minlength=a)
        short = np.flatnonzero(answers.unable)
        unable = answers.at[short]
        given = np.bincount(answers.row, weights=answers.given, minlength=a)
        stopped = (answers.given - answers.arrived)[answers.through]
        sums["asked"] += asked
        sums["kept"] += kept
        sums["unable"] += np.bincount(row[unable], minlength=a)
        sums["claimed"] += np.bincount(row, weights=claims.claim, minlength=a)
        sums["offered"] += np.bincount(answers.row, weights=answers.offered, minlength=a)
        sums["given"] += given
        sums["delivered"] += given - np.bincount(
            answers.row[answers.through], weights=stopped, minlength=a
        )
        broken = np.ones(len(row), dtype=bool)
        broken[claims.dead] = False
        broken[answers.at.take(keeps)] = False
        state.failed.reshape(-1)[claims.cell.take(np.flatnonzero(broken))] = True
        self._busiest(state, claims, values)
        tally.called += called
        tally.count(quarter, "calls", len(calls.run))
        tally.count(quarter, "wars", float(calls.war.sum()))
        tally.count(quarter, "tested", float(calls.tests.sum()))
        tally.count(quarter, "defaults", float(asked.sum() - kept.sum()))
        tally.count(quarter, "unable", len(unable))
        cut = unable[answers.arrived[short] < answers.given[short]]
        tally.count(quarter, "cut", len(cut))
        state.cascade += np.bincount(calls.run[claims.call[cut]], minlength=tally.runs)

    def _busiest(self, state: State, claims: Claims, values: dict[str, float]) -> None:
        busy, place = np.unique(claims.holder, return_inverse=True)
        together = np.bincount(place, weights=claims.claim).astype(np.float32)
        peak, shortfall = state.peak.reshape(-1), state.shortfall.reshape(-1)
        peak[busy] = np.maximum(peak[busy], together)
        capacity = state.strength.ravel().take(busy) * state.free.ravel().take(busy)
        together -= np.float32(values["deployable"]) * capacity
        shortfall[busy] = np.maximum(shortfall[busy], together)

    def outcome(self, quarter: int, state: State, calls: Calls, lost: Bools, falls: Bools) -> None:
        """Contests lost, and regimes fallen in them."""
        n = state.standing.shape[1]
        self.tally.lost += np.bincount(calls.beneficiary[lost], minlength=n)
        self.tally.count(quarter, "falls", float(falls.sum()))
        state.cascade += np.bincount(calls.run[falls], minlength=self.tally.runs)

    def hedged(self, quarter: int, state: State, run: Ints) -> None:
        """Texts and pairs ended by hedging, one for each entry."""
        self.tally.count(quarter, "hedges", len(run))
        state.cascade += np.bincount(run, minlength=self.tally.runs)

    def ended(self, quarter: int, text: Ints) -> None:
        """Texts that ended, for whatever reason."""
        self.tally.count(quarter, "lapses", len(text))
        self.tally.ended += np.bincount(text, minlength=len(self.tally.ended))

    def close(self, state: State) -> Tally:
        """The tally of the batch, complete."""
        tally, held, n = self.tally, self._held, state.standing.shape[1]
        rows = self._by_row
        for name, column in {
            "asked": rows["asked"],
            "defaulted": rows["asked"] - rows["kept"],
            "unable": rows["unable"],
            "claimed": rows["claimed"],
            "delivered": rows["delivered"],
            "unwilling": rows["claimed"] - rows["offered"],
            "short": rows["offered"] - rows["given"],
            "blocked": rows["given"] - rows["delivered"],
            "failed": self._failed(state),
        }.items():
            getattr(tally, name)[held.pair] += column
        tally.fallen += (state.standing <= 0).sum(axis=0)
        tally.squeezed += (state.shortfall > 0).sum(axis=0)
        tally.shortfall += state.shortfall.sum(axis=0, dtype=np.float64)
        bins = claim_bin(state.peak) + np.arange(n) * tally.peak.shape[1]
        tally.peak += np.bincount(bins.ravel(), minlength=tally.peak.size).reshape(tally.peak.shape)
        tally.cascade += np.bincount(np.minimum(state.cascade, MOST), minlength=MOST + 1)
        return tally

    def _failed(self, state: State) -> Floats:
        """Runs (a) in which a held pair defaulted, ended, or lost one of its sides."""
        for actor in np.flatnonzero((state.standing <= 0).any(axis=0)):
            runs = np.flatnonzero(state.standing[:, actor] <= 0)
            touched = (self._held.guarantor == actor) | (self._held.beneficiary == actor)
            state.failed[np.ix_(runs, np.flatnonzero(touched))] = True
        total: Floats = state.failed.sum(axis=0).astype(np.float64)
        return total
