"""Alpha against the worked examples of its author's papers."""

from __future__ import annotations

import pytest

from foedus.evidence.krippendorff import Span, by_category, joined, nominal, relevance, summed
from foedus.evidence.krippendorff import unitising as alpha_u

FOUR_OBSERVERS = (
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)
"""Krippendorff (2011), Computing Krippendorff's alpha-reliability, example C."""


def test_the_nominal_alpha_of_the_papers_with_missing_values() -> None:
    rows = [row.split() for row in FOUR_OBSERVERS]
    units = [[value for value in unit if value != "."] for unit in zip(*rows, strict=True)]
    assert nominal(units).alpha == pytest.approx(0.743, abs=5e-4)


def test_the_binary_alpha_of_two_observers() -> None:
    """Krippendorff (2011), example A: ten units, 0/1 data."""
    one, two = "0100000010", "1110010000"
    assert nominal(list(zip(one, two, strict=True))).alpha == pytest.approx(0.095, abs=5e-4)


def test_the_digitised_example_of_1995() -> None:
    bertha, bill = "001111111100001111110000", "000011110000000110000000"
    units = list(zip(bertha, bill, strict=True))
    assert nominal(units).alpha == pytest.approx(0.329, abs=5e-4)


def test_the_unitising_alpha_of_2004() -> None:
    """Two categories in the stretch 150..450: D_o .0144, D_e .0532; .0490; joint .8587."""
    c = alpha_u([[(225, 295), (370, 400)], [(220, 300), (355, 375), (400, 420)]], 300, 150)
    k = alpha_u([[(180, 240), (300, 350)], [(180, 240), (300, 350)]], 300, 150)
    assert (c.observed, c.expected) == pytest.approx((0.0144, 0.0532), abs=5e-5)
    assert c.alpha == pytest.approx(0.7285, abs=1e-4)
    assert (k.observed, k.expected) == pytest.approx((0.0, 0.0490), abs=5e-5)
    assert k.alpha == 1
    assert summed([c, k]).alpha == pytest.approx(0.8587, abs=1e-4)


EXAMPLES_1995: dict[str, tuple[list[Span], list[Span]]] = {
    "A": ([(2, 10), (14, 20)], [(4, 8), (15, 17)]),
    "B": ([(0, 18)], [(0, 2), (2, 3), (3, 4), (4, 5), (5, 6), (6, 9), (9, 10)]),
    "C": (
        [(2, 8), (10, 12), (14, 18), (20, 22)],
        [(0, 2), (4, 8), (10, 14), (16, 18), (20, 22)],
    ),
    "D": (
        [(0, 2), (2, 10), (10, 14), (14, 20), (20, 24)],
        [(0, 4), (4, 8), (8, 15), (15, 17), (17, 24)],
    ),
}


@pytest.mark.parametrize(
    ("name", "observed", "alpha"),
    [("A", 0.03125, 0.553), ("B", 2.26736, -0.926), ("C", 0.02777, 0.679), ("D", 0.38715, 0.066)],
)
def test_the_unitising_alpha_of_1995(name: str, observed: float, alpha: float) -> None:
    """The limit of a finely divided continuum, as the paper gives it."""
    fine = 5_000
    rows = [[(fine * a, fine * b) for a, b in spans] for spans in EXAMPLES_1995[name]]
    found = alpha_u(rows, 24 * fine)
    assert found.observed == pytest.approx(observed, abs=1e-5)
    assert found.alpha == pytest.approx(alpha, abs=0.015)


def test_agreement_on_relevance_is_one_for_equal_and_below_zero_for_opposite_marks() -> None:
    same = [(10, 20), (50, 90)]
    assert relevance([same, same, same], 100).alpha == pytest.approx(1)
    left, right = relevance([[(0, 50)], [(50, 100)]], 100), relevance([[(0, 50)]] * 2, 100)
    assert left.alpha is not None
    assert right.alpha is not None
    assert left.alpha < 0 < right.alpha
    near = relevance([[(10, 20)], [(11, 20)]], 100).alpha
    assert near is not None
    assert 0.8 < near < 1


def test_without_variation_there_is_no_alpha() -> None:
    assert nominal([["a", "a"], ["a", "a"]]).alpha is None
    assert nominal([["a"], []]).alpha is None
    assert alpha_u([[], []], 100).alpha is None
    assert relevance([[], []], 100).alpha is None
    assert relevance([[(1, 2)]], 100).alpha is None


def test_overlapping_spans_are_joined_and_touching_ones_are_not() -> None:
    assert joined([(5, 9), (0, 6), (9, 12)]) == [(0, 9), (9, 12)]
    assert by_category([((0, 1), "a"), ((2, 3), "b"), ((4, 5), "a")]) == {
        "a": [(0, 1), (4, 5)],
        "b": [(2, 3)],
    }
