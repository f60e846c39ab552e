"""Random streams: one for each batch, quarter and block of the model."""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt

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


_STEP = np.uint64(0x9E3779B97F4A7C15)
_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)


def of_cells(rng: np.random.Generator, cell: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
    """One uniform (0..1) for each of `cell` (m), whatever the other cells are.

    A key is drawn from `rng`; the rest is a hash of key and cell, so that an event more or less
    in one scenario moves no other event's number.

    Source: Steele, Lea & Flood 2014, Fast splittable pseudorandom number generators.
    """
    z = cell.astype(np.uint64)
    z *= _STEP
    z += rng.integers(0, 2**64, dtype=np.uint64)
    for shift, factor in ((np.uint64(30), _FIRST), (np.uint64(27), _SECOND)):
        z ^= z >> shift
        z *= factor
    z ^= z >> np.uint64(31)
    return (z >> np.uint64(40)).astype(np.float32) * np.float32(2**-24)
