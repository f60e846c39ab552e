"""Axelrod and Bennett's printed results beside what the landscape model gives, and its time."""

from __future__ import annotations

import time

import numpy as np

from foedus.record.landscape import LARGEST, Landscape, chance, configurations_within
from foedus.record.landscape_1936 import ACTUAL, POWERS, PREDICTED, SIZES


def _hostile(sizes: dict[str, float]) -> Landscape:
    return Landscape(sizes, -np.ones((len(sizes), len(sizes))))


def main() -> None:
    """Print one line for each published figure, then the time of the largest landscape."""
    every = _hostile(SIZES).minima()
    strict = sum(minimum.strict for minimum in every)
    powers = _hostile({name: SIZES[name] for name in POWERS}).minima()
    right = _hostile(SIZES).size_right(PREDICTED, ACTUAL)
    print(f"{'':52}{'published':>14}{'here':>26}")
    for label, published, here in (
        ("configurations within two mistakes of 17", "154", f"{configurations_within(17, 2)}"),
        ("chance that one of two minima is that near", ".0047", f"{chance(17, 2, 2):.4f}"),
        ("share of size on the right side", "95.7%", f"{right:.1%}"),
        ("minima, five powers, all propensities -1", "4", f"{len(powers)}"),
        ("minima, 17 states, all -1", "209", f"{strict} strict, {len(every)} weak"),
        ("basins in 1936", "47945, 17591", "propensities unpublished"),
    ):
        print(f"{label:52}{published:>14}{here:>26}")
    random = np.random.default_rng(1993)
    largest = Landscape(
        {str(actor): random.random() for actor in range(LARGEST)},
        random.normal(size=(LARGEST, LARGEST)),
    )
    started = time.perf_counter()
    found = largest.minima()
    seconds = time.perf_counter() - started
    print(
        f"{LARGEST} actors, {len(largest):,} configurations: {len(found)} minima, {seconds:.2f} s"
    )


if __name__ == "__main__":
    main()
