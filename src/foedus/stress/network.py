"""The network on one day, as arrays: actors, pairs, instruments, platforms and proxies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from foedus.stress.parameters import Parameters

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

CHALLENGERS = 4
"""Most challengers kept for each beneficiary."""
BLOCS = ("Americas", "Europe", "Africa", "Middle East", "Asia and Oceania")


@dataclass(frozen=True)
class Actors:
    """Columns of length n. `capability` is a share of the world's (0..1), NaN where unknown.

    `wars` and `conflicts` count what each is a party to. `rate` is calls a quarter, `war` the
    share of them that are wars; `challenger` (n, 4) indexes who calls, -1 where none is known,
    with `weight` (n, 4). Armed groups (`group`) come last.
    """

    ids: tuple[str, ...]
    names: tuple[str, ...]
    group: Bools
    bloc: Ints
    capability: Floats
    wars: Ints
    conflicts: Ints
    rate: Floats
    war: Floats
    challenger: Ints
    weight: Floats

    def index(self, actor: str) -> int | None:
        """Position of an actor id; null where the network does not hold it."""
        return self.ids.index(actor) if actor in self.ids else None


@dataclass(frozen=True)
class Pairs:
    """Columns of length p, one row per directed pair, sorted by beneficiary then guarantor.

    `start` (n + 1) bounds each beneficiary's rows. `level` is what the pair is held to: 0
    nothing military, 1 a lesser promise, 2 habit, 3 defence. `discount` (0..1) is what distance
    leaves of the guarantor's capability. `texts` counts the instruments behind the pair.
    """

    guarantor: Ints
    beneficiary: Ints
    start: Ints
    level: Ints
    discount: Floats
    texts: Ints

    @property
    def count(self) -> int:
        """Number of directed pairs."""
        return len(self.guarantor)

    def find(self, guarantor: int, beneficiary: int) -> int | None:
        """Row of one pair; null where there is none."""
        low, high = self.start[beneficiary], self.start[beneficiary + 1]
        at = low + int(np.searchsorted(self.guarantor[low:high], guarantor))
        return at if at < high and self.guarantor[at] == guarantor else None


@dataclass(frozen=True)
class Instruments:
    """Columns of length i: one text (or, at dyad level, all texts) of one pair.

    `hazard` indexes `HAZARDS`: what kind of promise the text is, for its lapse hazard.
    """

    ids: tuple[str, ...]
    pair: Ints
    hazard: Ints


HAZARDS = ("hazard_paper", "hazard_lesser", "hazard_defence")


@dataclass(frozen=True)
class Transit:
    """What passes through what, among k platforms and g armed groups.

    `host` (k, n) marks on whose ground a platform stands. Entry j of `pair`/`platform` says that
    platform `platform[j]` serves the pair `pair[j]`. `groups` are actor positions; entry j of
    `patron_group`/`patron_pair` says that pair `patron_pair[j]` feeds group `patron_group[j]`.
    """

    platforms: tuple[str, ...]
    names: tuple[str, ...]
    owner: Ints
    host: Bools
    pair: Ints
    platform: Ints
    groups: Ints
    patron_group: Ints
    patron_pair: Ints


@dataclass(frozen=True)
class Network:
    """Everything that a run starts from, as known on `as_of`.

    `willingness` (draws, p, 3) holds P(forces), P(material or more), P(words or more) for
    each pair if it is called. `expected` (p) is the mean share of its claim that it meets.
    """

    as_of: date
    level: str
    actors: Actors
    pairs: Pairs
    instruments: Instruments
    transit: Transit
    willingness: npt.NDArray[np.float32]
    parameters: Parameters
    notes: tuple[str, ...]
