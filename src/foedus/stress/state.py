"""What changes while a batch of runs goes on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from foedus.stress.clearing import Passage
from foedus.stress.network import BLOCS, Bools, Network

Singles = npt.NDArray[np.float32]


@dataclass
class State:
    """For r runs: `standing`, `load` and `strength` (r, n), what is open (r, k), what is gone.

    `reputation` (r, n, blocs) is how far observers of a region have moved, on the log-odds
    scale, about a guarantor; `trust` (r, p) the same for the pair's own beneficiary. `gone`
    (r, p) marks pairs that ended, `lost_text` (r, i) their texts, `lost_support` (r, n) the part
    of a beneficiary's expected support that ended with them.
    """

    standing: Singles
    load: Singles
    strength: Singles
    open: Singles
    passage: Passage
    reputation: Singles
    trust: Singles
    gone: Bools
    texts: npt.NDArray[np.int8]
    lost_text: Bools
    lost_support: Singles
    failed: Bools
    peak: Singles
    shortfall: Singles
    cascade: npt.NDArray[np.int64]

    @classmethod
    def fresh(cls, network: Network, runs: int, strength: Singles, load: Singles) -> State:
        """The network's own state in every run; `strength` and `load` (n)."""
        n, p = len(network.actors.ids), network.pairs.count
        k, g = len(network.transit.platforms), len(network.transit.groups)
        served = len(np.unique(network.transit.pair))

        def ones(width: int) -> Singles:
            return np.ones((runs, width), dtype=np.float32)

        def zeros(width: int) -> Singles:
            return np.zeros((runs, width), dtype=np.float32)

        return cls(
            standing=ones(n),
            load=np.tile(load, (runs, 1)),
            strength=np.tile(strength, (runs, 1)),
            open=ones(k),
            passage=Passage(ones(k), ones(g), ones(served)),
            reputation=np.zeros((runs, n, len(BLOCS)), dtype=np.float32),
            trust=zeros(p),
            gone=np.zeros((runs, p), dtype=bool),
            texts=np.tile(network.pairs.texts.astype(np.int8), (runs, 1)),
            lost_text=np.zeros((runs, len(network.instruments.ids)), dtype=bool),
            lost_support=zeros(n),
            failed=np.zeros((runs, p), dtype=bool),
            peak=zeros(n),
            shortfall=zeros(n),
            cascade=np.zeros(runs, dtype=np.int64),
        )
