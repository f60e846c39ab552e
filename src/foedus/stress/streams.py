"""Random streams: one for each batch, quarter and block of the model."""

from __future__ import annotations

from typing import Literal

import numpy as np

Block = Literal["calls", "responses", "outcomes", "review", "shocks", "parameters"]
_BLOCKS: tuple[Block, ...] = (
    "calls", "responses", "outcomes", "review", "shocks", "parameters",
)  # fmt: skip


def stream(seed: int, batch: int, quarter: int, block: Block) -> np.random.Generator:
    """A Philox stream of its own, so that what one block draws moves no other block's numbers.

    Two scenarios with one seed share their random numbers wherever they do the same.

    Source: Salmon et al. 2011, Parallel random numbers: as easy as 1, 2, 3.
    """
    key = [(seed << 24) ^ batch, (quarter << 8) | _BLOCKS.index(block)]
    return np.random.Generator(np.random.Philox(key=np.array(key, dtype=np.uint64)))
