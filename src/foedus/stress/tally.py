"""Sums over runs: what one batch, or all of them, found. Added in the order of the batches."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from foedus.stress.network import Floats, Network

BINS = 96
_FINEST, _WIDEST = -7.0, 1.0


def claim_bin(claim: np.ndarray) -> np.ndarray:
    """Bin of each claim: 0 for none, then steps of a twelfth of a decade from 1e-7 to 10."""
    with np.errstate(divide="ignore"):
        at = np.floor((np.log10(claim) - _FINEST) / (_WIDEST - _FINEST) * (BINS - 1)) + 1
    return np.where(claim > 0, np.clip(at, 1, BINS - 1), 0).astype(np.int64)


def bin_value(at: np.ndarray) -> Floats:
    """Upper edge of each bin; 0 for the first."""
    value = 10 ** (_FINEST + np.asarray(at) * (_WIDEST - _FINEST) / (BINS - 1))
    return np.where(np.asarray(at) > 0, value, 0.0)


EVENTS = ("calls", "wars", "tested", "defaults", "unable", "falls", "lapses", "hedges", "cut")
"""What is counted in each run: `tested` are calls that test promises, `cut` is support stopped by
a lost passage."""
MOST = 400
"""Highest cascade size told apart."""


@dataclass
class Tally:
    """Sums over `runs`; arrays by pair (p), actor (n), instrument (i) or quarter (q).

    Pair: times `asked`, `defaulted`, `unable` (a default for want of means) and `failed` (runs
    in which it defaulted or ended); amounts in capability units `claimed`, `delivered`,
    `unwilling`, `short`, `blocked`. Actor: `called`, `lost`, `fallen` (runs), `squeezed` (runs
    in which claims passed capacity), `shortfall` (sum of the largest in each run) and `peak`
    (n, BINS), the histogram of the largest simultaneous claims. `events` (runs summed, q, EVENTS),
    `cascade` the histogram of cascade sizes. `by_draw` are (draws, n) and (draws, p) shares of
    runs in which an actor fell or a pair failed, one row for each parameter draw.
    """

    runs: int
    asked: Floats
    defaulted: Floats
    unable: Floats
    failed: Floats
    claimed: Floats
    delivered: Floats
    unwilling: Floats
    short: Floats
    blocked: Floats
    called: Floats
    lost: Floats
    fallen: Floats
    squeezed: Floats
    shortfall: Floats
    peak: Floats
    ended: Floats
    events: Floats
    cascade: Floats

    @classmethod
    def empty(cls, network: Network, horizon: int) -> Tally:
        """A tally of no runs."""
        p, n = network.pairs.count, len(network.actors.ids)
        sizes: dict[str, tuple[int, ...]] = {
            **dict.fromkeys(
                ("asked", "defaulted", "unable", "failed", "claimed", "delivered", "unwilling",
                 "short", "blocked"), (p,)),
            **dict.fromkeys(("called", "lost", "fallen", "squeezed", "shortfall"), (n,)),
            "peak": (n, BINS),
            "ended": (len(network.instruments.ids),),
            "events": (horizon, len(EVENTS)),
            "cascade": (MOST + 1,),
        }  # fmt: skip
        return cls(runs=0, **{name: np.zeros(size) for name, size in sizes.items()})

    def add(self, other: Tally) -> None:
        """Add another tally in place."""
        self.runs += other.runs
        for item in fields(self):
            if item.name != "runs":
                getattr(self, item.name).__iadd__(getattr(other, item.name))

    def total(self, event: str) -> float:
        """Sum over runs and quarters of one event."""
        return float(self.events[:, EVENTS.index(event)].sum())

    def count(self, quarter: int, event: str, number: float) -> None:
        """Add to the count of one event in one quarter."""
        self.events[quarter, EVENTS.index(event)] += number
