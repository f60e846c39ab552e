"""What changes while a batch of runs goes on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from foedus.stress.clearing import Passage
from foedus.stress.network import BLOCS, Bools, Network
from foedus.stress.prepared import Held

Singles = npt.NDArray[np.float32]


@dataclass
class State:
    """For r runs: `standing` (0 or 1), `free` capability (0..1) and `strength` (r, n).

    `open` (r, k) are platforms not lost. `view` (r, n) is how far all observers together have
    moved about a guarantor, `near` (blocs, n, r) those of one region, on the log-odds scale; both
    times `fade`, since they wear off together. `gone` (r, a) marks held pairs that ended,
    `lost_text` (r, i) texts, `texts` (r, p) how many are left, `lost_support` (r, n) the part of
    a beneficiary's expected support that went with them.
    """

    standing: Singles
    free: Singles
    strength: Singles
    open: Singles
    passage: Passage
    view: Singles
    near: Singles
    fade: float
    gone: Bools
    failed: Bools
    lost_text: Bools
    texts: npt.NDArray[np.int8] | None
    lost_support: Singles
    peak: Singles
    shortfall: Singles
    cascade: npt.NDArray[np.int64]

    @classmethod
    def fresh(
        cls, network: Network, held: Held, runs: int, strength: Singles, free: Singles
    ) -> State:
        """The network's own state in every run; `strength` and `free` (n)."""
        n = len(network.actors.ids)
        k, g = len(network.transit.platforms), len(network.transit.groups)

        def filled(width: int, value: float) -> Singles:
            return np.full((runs, width), value, dtype=np.float32)

        single = bool((network.pairs.texts == 1).all())
        return cls(
            standing=filled(n, 1),
            free=np.tile(free, (runs, 1)),
            strength=np.tile(strength, (runs, 1)),
            open=filled(k, 1),
            passage=Passage(filled(k, 1), filled(g, 1), filled(len(held.clearing.pairs), 1)),
            view=filled(n, 0),
            near=np.zeros((len(BLOCS), n, runs), dtype=np.float32),
            fade=1.0,
            gone=np.zeros((runs, len(held)), dtype=bool),
            failed=np.zeros((runs, len(held)), dtype=bool),
            lost_text=np.zeros((runs, len(network.instruments.ids)), dtype=bool),
            texts=None if single else np.tile(network.pairs.texts.astype(np.int8), (runs, 1)),
            lost_support=filled(n, 0),
            peak=filled(n, 0),
            shortfall=filled(n, 0),
            cascade=np.zeros(runs, dtype=np.int64),
        )
