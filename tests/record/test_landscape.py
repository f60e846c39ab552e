"""The landscape model against what Axelrod and Bennett print, and against brute force."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from foedus.errors import InputError
from foedus.record.landscape import Landscape, chance, configurations_within
from foedus.record.landscape_1936 import ACTUAL, MISPLACED, POWERS, PREDICTED, SIZES

NAMES = "abcdef"


def hostile(sizes: dict[str, float]) -> Landscape:
    return Landscape(sizes, -np.ones((len(sizes), len(sizes))))


def test_two_minima_in_1936_come_that_near_by_chance_once_in_two_hundred() -> None:
    assert configurations_within(17, 2) == 154
    assert round(chance(17, 2, minima=2), 4) == 0.0047


def test_the_prediction_places_poland_and_portugal_wrong_and_most_of_size_right() -> None:
    landscape = hostile(SIZES)
    assert len(landscape) == 65_536
    assert landscape.mistakes(PREDICTED, ACTUAL) == MISPLACED
    rest = frozenset(SIZES) - PREDICTED
    assert landscape.mistakes(rest, ACTUAL) == MISPLACED
    assert round(landscape.size_right(PREDICTED, ACTUAL), 3) == 0.957


def test_within_two_mistakes_is_what_counting_every_configuration_gives() -> None:
    landscape = hostile(SIZES)
    near = sum(
        len(landscape.mistakes(ACTUAL ^ frozenset(wrong), ACTUAL)) <= 2
        for size in range(3)
        for wrong in combinations(SIZES, size)
    )
    assert near == 154


def test_five_powers_all_against_all_have_the_four_published_minima() -> None:
    minima = hostile({name: SIZES[name] for name in POWERS}).minima()
    assert len(minima) == 4
    assert all(minimum.strict for minimum in minima)
    assert sum(minimum.basin for minimum in minima) == 16
    assert {"Britain", "Soviet Union"} == minima[0].sides[0]


def test_seventeen_all_against_all_have_195_strict_and_226_weak_minima() -> None:
    """The paper prints 209, between the two: the printed sizes are rounded and leave ties."""
    minima = hostile(SIZES).minima()
    assert sum(minimum.strict for minimum in minima) == 195
    assert len(minima) == 226
    assert 195 < 209 < 226
    assert sum(minimum.basin for minimum in minima) == 65_536


def test_friends_stand_together_against_their_common_enemy() -> None:
    propensities = [[0, 1, -1], [1, 0, -1], [-1, -1, 0]]
    (only,) = Landscape({"a": 1, "b": 2, "c": 3}, propensities).minima()
    assert only.sides == ({"a", "b"}, {"c"})
    assert only.basin == 4
    assert only.energy == 2 * (1 * 3 * -1 + 2 * 3 * -1)


@given(
    ties=arrays(np.float64, (6, 6), elements=st.integers(-4, 4).map(float)),
    sizes=st.lists(st.integers(1, 9), min_size=6, max_size=6),
)
def test_minima_and_energies_are_those_of_brute_force(
    ties: np.ndarray[tuple[int, int], np.dtype[np.float64]], sizes: list[int]
) -> None:
    landscape = Landscape(dict(zip(NAMES, sizes, strict=True)), ties)

    def energy(side: frozenset[str]) -> float:
        return sum(
            sizes[i] * sizes[j] * float(ties[i, j])
            for i in range(6)
            for j in range(6)
            if (NAMES[i] in side) != (NAMES[j] in side)
        )

    expected = {}
    for size in range(6):
        for others in combinations(NAMES[1:], size):
            side = frozenset(("a", *others))
            changes = [energy(side ^ {name}) - energy(side) for name in NAMES]
            assert landscape.energy(side) == pytest.approx(energy(side), abs=1e-9)
            if min(changes) >= 0:
                expected[side] = min(changes) > 0
    found = landscape.minima()
    assert {minimum.sides[0]: minimum.strict for minimum in found} == expected
    assert sum(minimum.basin for minimum in found) == 32
    assert min(minimum.energy for minimum in found) == pytest.approx(
        min(energy(side) for side in expected), abs=1e-9
    )


@pytest.mark.parametrize(
    ("sizes", "propensities", "message"),
    [
        ({"a": 1.0}, [[0.0]], "2 to 20"),
        ({str(n): 1.0 for n in range(21)}, np.zeros((21, 21)), "21 actors"),
        ({"a": 1.0, "b": 1.0}, [[0.0, 1.0, 2.0]], r"\(1, 3\)"),
        ({"a": 1.0, "b": 1.0}, [[0.0, np.nan], [1.0, 0.0]], "finite"),
    ],
)
def test_a_wrong_landscape_is_refused(
    sizes: dict[str, float], propensities: object, message: str
) -> None:
    with pytest.raises(InputError, match=message):
        Landscape(sizes, propensities)  # type: ignore[arg-type]


def test_an_unknown_actor_is_named() -> None:
    with pytest.raises(InputError, match="Atlantis"):
        hostile(SIZES).energy({"Atlantis"})
    with pytest.raises(InputError, match="half"):
        configurations_within(4, 2)
