"""The transit fixed point exists, is the greatest, and rises with what stands."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.stress.clearing import Clearing
from foedus.stress.network import Transit

ACTORS, PLATFORMS, GROUPS = 5, 4, 2


def _transit(hosts: list[int], serves: list[int], patrons: list[int]) -> Transit:
    """Platforms on the ground of `hosts`; pair j serves through platform `serves[j]`.

    Actors 3 and 4 are armed groups; pair j feeds group `patrons[j]`, so that platforms on a
    group's ground can feed the group itself: a cycle.
    """
    host = np.zeros((PLATFORMS, ACTORS), dtype=bool)
    host[np.arange(PLATFORMS), hosts] = True
    count = len(serves)
    return Transit(
        platforms=tuple("abcd"),
        names=tuple("abcd"),
        owner=np.zeros(PLATFORMS, dtype=np.int64),
        host=host,
        pair=np.arange(count),
        platform=np.array(serves),
        groups=np.array([3, 4]),
        patron_group=np.array(patrons),
        patron_pair=np.arange(count),
    )


networks = st.builds(
    _transit,
    st.lists(st.integers(0, ACTORS - 1), min_size=PLATFORMS, max_size=PLATFORMS),
    st.lists(st.integers(0, PLATFORMS - 1), min_size=3, max_size=3),
    st.lists(st.integers(0, GROUPS - 1), min_size=3, max_size=3),
)
levels = st.lists(st.sampled_from([0.0, 0.5, 1.0]), min_size=ACTORS, max_size=ACTORS)
shares = st.floats(0.1, 0.9)


@settings(max_examples=60, deadline=None)
@given(networks, levels, shares, shares)
def test_it_is_the_greatest_fixed_point(
    transit: Transit, standing: list[float], rho: float, pi: float
) -> None:
    clearing = Clearing(transit, np.array([0, 1, 2]))
    stands = np.array([standing], dtype=np.float32)
    open_ = np.ones((1, PLATFORMS), dtype=np.float32)
    found = clearing.clear(open_, stands, rho, pi)
    y = np.ones(ACTORS)
    y[3:] = found.group[0]
    x = np.maximum(0, 1 - transit.host @ (1 - stands[0] * y))
    assert np.allclose(x, found.platform[0], atol=1e-4)
    through = 1 - rho + rho * x[transit.platform]
    assert np.allclose(through, found.through[0], atol=1e-4)
    rng = np.random.default_rng(1)
    for _ in range(20):
        start = rng.random(GROUPS)
        for _ in range(200):
            y[3:] = start
            x = np.maximum(0, 1 - transit.host @ (1 - stands[0] * y))
            through = 1 - rho + rho * x[transit.platform]
            start = np.array(
                [
                    stands[0][3 + g]
                    * (
                        1
                        - pi
                        + pi
                        * max(
                            (
                                stands[0][e] * through[e]
                                for e in range(3)
                                if transit.patron_group[e] == g
                            ),
                            default=1.0,
                        )
                    )
                    for g in range(GROUPS)
                ]
            )
        assert (start <= found.group[0] + 1e-4).all()


@settings(max_examples=40, deadline=None)
@given(networks, levels, st.integers(0, ACTORS - 1))
def test_a_fall_never_lets_more_through(
    transit: Transit, standing: list[float], fallen: int
) -> None:
    clearing = Clearing(transit, np.array([0, 1, 2]))
    before = np.array([standing], dtype=np.float32)
    after = before.copy()
    after[0, fallen] = 0
    open_ = np.ones((1, PLATFORMS), dtype=np.float32)
    more, less = (clearing.clear(open_, side, 0.6, 0.6) for side in (before, after))
    assert (less.through <= more.through + 1e-6).all()
    assert (less.group <= more.group + 1e-6).all()
