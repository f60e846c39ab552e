"""How commitments end: of themselves, by hedging observers, by partners that were let down."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from foedus.stress.calls import Calls
from foedus.stress.network import BLOCS, Floats, Ints, Network
from foedus.stress.prepared import Held
from foedus.stress.responses import Claims
from foedus.stress.state import State
from foedus.stress.streams import of_cells

Singles = npt.NDArray[np.float32]
MOST = 20.0
"""Highest factor by which hedging raises a lapse hazard."""


class Review:
    r"""The yearly review of all texts.

    The hazard of a text is $h_0 \max(1, V^{-\eta})$, $V = e^{\Delta} (1 - l)/(1 - l_0) t$:
    belief x capability x passage against the day the run began, at most `MOST` times $h_0$;
    V = 1 is the outside option's value for the average text that ended in the data. Texts of one
    guarantor to beneficiaries of one region share V but for t, so hedging is drawn by such
    cells, and the work is in the cells and in the texts that end.

    Source: hazards from `estimates.hazards`.
    """

    def __init__(self, network: Network, held: Held, hazard: Floats) -> None:
        """`hazard` (i) is each text's base lapses a year."""
        self._network, self._held = network, held
        pair = network.instruments.pair
        guarantor = network.pairs.guarantor[pair]
        bloc = network.actors.bloc[network.pairs.beneficiary[pair]]
        code = guarantor * len(BLOCS) + bloc
        self._order = np.argsort(code, kind="stable")
        cells, first = np.unique(code[self._order], return_index=True)
        self._guarantor, self._bloc = np.divmod(cells, len(BLOCS))
        self._running = np.cumsum(hazard[self._order])
        self._total = np.add.reduceat(hazard[self._order], first)
        self._first = first
        self._hazard = hazard
        self._kinds = [
            (np.flatnonzero(hazard == value), float(value)) for value in np.unique(hazard)
        ]
        """Texts of each hazard, and that hazard."""
        served = np.full(network.pairs.count, -1, dtype=np.int64)
        served[held.clearing.pairs] = np.arange(len(held.clearing.pairs))
        self._carried = np.flatnonzero(served[pair] >= 0)
        self._slot = served[pair[self._carried]]

    def of_themselves(self, runs: int, rng: np.random.Generator) -> tuple[Ints, Ints]:
        """Run and text of the lapses at the base hazard, which each kind of promise shares."""
        found = [
            texts[rng.integers(0, len(texts), rng.poisson(runs * len(texts) * hazard))]
            for texts, hazard in self._kinds
        ]
        text = np.concatenate(found)
        return rng.integers(0, runs, len(text)), text

    def hedged(
        self,
        state: State,
        base_free: Singles,
        values: dict[str, float],
        rng: np.random.Generator,
    ) -> tuple[Ints, Ints]:
        """Run and text of the lapses above the base hazard."""  # fmt: skip
        far = np.float32(values["far_observers"])
        hedging = values["hedging"]
        moved = state.near[self._bloc, self._guarantor]
        moved *= np.float32(-hedging * state.fade) * (1 - far)
        free = state.free / base_free
        np.clip(free, 0.05, 20.0, out=free)
        common = np.log(free, out=free)
        common *= np.float32(-hedging)
        common += state.view * (np.float32(-hedging * state.fade) * far)
        moved += np.ascontiguousarray(common.T)[self._guarantor]
        runs = len(state.standing)
        raised = np.flatnonzero(moved > 0)
        extra = np.expm1(np.minimum(moved.ravel().take(raised), np.float32(np.log(MOST))))
        extra *= self._total.astype(np.float32).take(raised // runs)
        running = np.cumsum(extra, dtype=np.float64)
        count = int(rng.poisson(running[-1])) if len(running) else 0
        place = np.searchsorted(running, rng.random(count) * running[-1:], side="right")
        cell, run = np.divmod(raised[np.minimum(place, len(running) - 1)], runs)
        start = self._running[self._first[cell]] - self._hazard[self._order[self._first[cell]]]
        text = self._order[self._pick(start + rng.random(count) * self._total[cell])]
        cut_run, cut_text = self._cut_off(state, values, rng)
        return np.concatenate([run, cut_run]), np.concatenate([text, cut_text])

    def _cut_off(
        self, state: State, values: dict[str, float], rng: np.random.Generator
    ) -> tuple[Ints, Ints]:
        """Lapses of texts whose support no longer gets through, run by text that is carried."""
        through = np.clip(state.passage.through[:, self._slot], 0.05, 1.0)
        run, at = np.nonzero(through < 1.0)
        extra = through[run, at] ** np.float32(-values["hedging"]) - 1
        chance = extra * self._hazard[self._carried[at]].astype(np.float32)
        ends = of_cells(rng, run * len(self._carried) + at) < chance
        return run[ends], self._carried[at[ends]]

    def _pick(self, value: Floats) -> Ints:
        return np.minimum(
            np.searchsorted(self._running, value, side="right"), len(self._running) - 1
        )

    def let_down(
        self,
        calls: Calls,
        claims: Claims,
        surprise: Singles,
        values: dict[str, float],
        rng: np.random.Generator,
    ) -> tuple[Ints, Ints]:
        """Run and held row of partners that end a pair in which they were let down in a war.

        With probability $h_0 (e^{-\\eta \\omega s} - 1)$, s the surprise and $\\omega$
        `own_partner`.
        """  # fmt: skip
        at = np.flatnonzero(np.repeat(calls.war, claims.length))
        at = at[surprise[at] < 0]
        factor = np.exp(
            np.clip(-values["hedging"] * values["own_partner"] * surprise[at], 0, np.log(MOST))
        )
        chance = self.row_hazard[claims.row[at]] * (factor - 1)
        at = at[of_cells(rng, claims.cell[at]) < chance]
        return calls.run[claims.call[at]], claims.row[at]

    @property
    def row_hazard(self) -> Floats:
        """Base lapses a year of each held pair (a): the mean of its texts."""
        pair, count = self._network.instruments.pair, self._network.pairs.count
        total = np.bincount(pair, weights=self._hazard, minlength=count)
        return (total / np.maximum(np.bincount(pair, minlength=count), 1))[self._held.pair]

    def end_texts(self, state: State, run: Ints, text: Ints, part: Singles) -> Ints:
        """Mark texts as ended, and pairs that lost their last one; texts that ended just now.

        `part` (a) is each held pair's part of its beneficiary's expected support.
        """
        place = _once(run * state.lost_text.shape[1] + text)
        place = place[~state.lost_text.ravel()[place]]
        state.lost_text.reshape(-1)[place] = True
        run, text = np.divmod(place, state.lost_text.shape[1])
        pair = self._network.instruments.pair[text]
        if state.texts is not None:
            np.subtract.at(state.texts, (run, pair), 1)
            last = state.texts[run, pair] <= 0
            run, pair = run[last], pair[last]
        row = self._held.row_of[pair]
        self.end_pairs(state, run[row >= 0], row[row >= 0], part)
        return text

    def end_pairs(self, state: State, run: Ints, row: Ints, part: Singles) -> None:
        """Mark held pairs as ended."""
        cell = _once(run * len(self._held) + row)
        cell = cell[~state.gone.ravel()[cell]]
        state.gone.reshape(-1)[cell] = True
        state.failed.reshape(-1)[cell] = True
        run, row = np.divmod(cell, len(self._held))
        np.add.at(state.lost_support, (run, self._held.beneficiary[row]), part[row])


def _once(values: Ints) -> Ints:
    """The distinct values in order; a sort beats the hash of `numpy.unique` here."""
    ordered = np.sort(values)
    new = np.concatenate([np.ones(len(ordered[:1]), dtype=bool), ordered[1:] != ordered[:-1]])
    return np.asarray(ordered[new])
