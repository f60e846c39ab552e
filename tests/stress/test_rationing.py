"""Rationing: nobody gives more than it has or was asked; priority is respected."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from foedus.stress.rationing import by_priority, pro_rata

claims = st.lists(
    st.tuples(st.floats(0, 1, width=32), st.integers(0, 3), st.sampled_from([0.4, 0.5, 1.0])),
    min_size=1,
    max_size=12,
)
capacities = st.lists(st.floats(0, 2, width=32), min_size=4, max_size=4)
Claim = list[tuple[float, int, float]]


def _columns(rows: Claim) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    claim, holder, rank = zip(*rows, strict=True)
    return np.array(claim, np.float32), np.array(holder), np.array(rank, np.float32)


@given(claims, capacities)
def test_nobody_gives_more_than_it_has_or_was_asked(rows: Claim, capacity: list[float]) -> None:
    claim, holder, rank = _columns(rows)
    have = np.array(capacity)
    for given_ in (pro_rata(claim, holder, have), by_priority(claim, holder, have, rank)):
        assert (given_ <= claim + 1e-6).all()
        assert (given_ >= 0).all()
        assert (np.bincount(holder, given_, minlength=4) <= have + 1e-5).all()


@given(claims, capacities)
def test_what_is_held_to_most_comes_first(rows: Claim, capacity: list[float]) -> None:
    claim, holder, rank = _columns(rows)
    given_ = by_priority(claim, holder, np.array(capacity), rank)
    short = given_ < claim - 1e-5
    for at in np.flatnonzero(short):
        lower = (holder == holder[at]) & (rank < rank[at])
        assert (given_[lower] <= 1e-5).all()


@given(claims, capacities, st.integers(0, 3), st.floats(0, 1, width=32))
def test_more_capacity_never_lowers_the_total(
    rows: Claim, capacity: list[float], which: int, more: float
) -> None:
    claim, holder, rank = _columns(rows)
    have = np.array(capacity)
    richer = have.copy()
    richer[which] += more
    for rule in (pro_rata, lambda c, h, k: by_priority(c, h, k, rank)):
        assert rule(claim, holder, richer).sum() >= rule(claim, holder, have).sum() - 1e-5
