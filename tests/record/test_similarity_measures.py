"""Every measure against its definition, written out pair by pair, and its invariants."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from foedus.record.similarity.contingency import PairTables, count_pairs
from foedus.record.similarity.measures import MEASURES, s_weighted
from foedus.record.similarity.scales import OBLIGATIONS, VOTES, Scale

Levels = npt.NDArray[np.int8]
OBLIGATION_ROWS = arrays(
    np.int8, st.tuples(st.integers(2, 5), st.integers(1, 70)), elements=st.integers(0, 3)
)
VOTE_ROWS = arrays(
    np.int8, st.tuples(st.integers(2, 5), st.integers(1, 70)), elements=st.integers(-1, 2)
)


def measured(levels: Levels, scale: Scale, name: str) -> npt.NDArray[np.float64]:
    with np.errstate(all="ignore"):
        return MEASURES[name].compute(PairTables(count_pairs(levels, scale.size), scale))


def agreement(one: list[float], other: list[float], power: int, pooled: bool) -> float:
    """1 - mean observed distance / mean expected distance, by brute force."""

    def distance(x: float, y: float) -> float:
        return float(x != y) if power == 0 else abs(x - y) ** power

    seen = sum(distance(x, y) for x, y in zip(one, other, strict=True)) / len(one)
    left, right = (one + other, one + other) if pooled else (one, other)
    expected = sum(distance(x, y) for x, y in product(left, right)) / (len(left) * len(right))
    return 1 - seen / expected if expected else np.nan


def tau(one: list[float], other: list[float]) -> float:
    places = list(combinations(range(len(one)), 2))
    x = np.array([np.sign(one[i] - one[j]) for i, j in places])
    y = np.array([np.sign(other[i] - other[j]) for i, j in places])
    scale = np.sqrt((x**2).sum() * (y**2).sum()) if places else 0
    return float((x * y).sum() / scale) if scale else np.nan


def by_hand(name: str, one: list[float], other: list[float]) -> float:
    if not one:
        return np.nan
    kind, _, way = name.partition("_")
    power = {"nominal": 0, "absolute": 1, "squared": 2, "binary": 1}.get(way, 2)
    if kind == "s":
        reach = 1 if way == "binary" else 3
        return (
            1
            - 2
            * float(np.mean([abs(x - y) ** power for x, y in zip(one, other, strict=True)]))
            / reach**power
        )
    if way == "rank":
        ranks = {value: rank for rank, value in enumerate(sorted({*one, *other}))}
        one, other = [float(ranks[x]) for x in one], [float(ranks[y]) for y in other]
    if kind == "tau":
        return tau(one, other)
    return agreement(one, other, power, pooled=kind == "pi")


@pytest.mark.parametrize("name", MEASURES)
@given(levels=OBLIGATION_ROWS)
def test_every_measure_is_its_definition(name: str, levels: Levels) -> None:
    values = levels.clip(max=1) if name.endswith("binary") else levels
    rows = values.astype(float).tolist()
    expected = [by_hand(name, one, other) for one, other in combinations(rows, 2)]
    np.testing.assert_allclose(measured(levels, OBLIGATIONS, name), expected, atol=1e-9)


@pytest.mark.parametrize(
    "name", ["pi_binary", "kappa_binary", "kappa_squared", "pi_nominal", "tau_b"]
)
@given(levels=VOTE_ROWS)
def test_a_vote_counts_only_where_both_voted(name: str, levels: Levels) -> None:
    left_out = (-1, 1) if name.endswith("binary") else (-1,)
    expected = []
    for one, other in combinations(levels.tolist(), 2):
        both = [(x, y) for x, y in zip(one, other, strict=True) if not {x, y} & set(left_out)]
        expected.append(by_hand(name, [float(x) for x, _ in both], [float(y) for _, y in both]))
    np.testing.assert_allclose(measured(levels, VOTES, name), expected, atol=1e-9)


@given(levels=OBLIGATION_ROWS)
def test_no_measure_depends_on_the_order_of_two_states_or_their_items(levels: Levels) -> None:
    for name in MEASURES:
        straight = measured(levels[:2], OBLIGATIONS, name)
        turned = measured(levels[1::-1, ::-1], OBLIGATIONS, name)
        np.testing.assert_allclose(turned, straight, atol=1e-12)


@given(levels=OBLIGATION_ROWS)
def test_equal_portfolios_are_wholly_alike_and_none_is_more(levels: Levels) -> None:
    twins = np.concatenate([levels, levels[:1]])
    last = len(twins) - 2
    for name in MEASURES:
        values = measured(twins, OBLIGATIONS, name)
        assert np.isnan(values[last]) or values[last] == pytest.approx(1)
        assert (values[~np.isnan(values)] <= 1 + 1e-12).all()


@given(levels=OBLIGATION_ROWS)
def test_equal_weights_give_the_unweighted_s(levels: Levels) -> None:
    weights = np.full(levels.shape[1], 0.37)
    for power, name in ((1, "s_absolute"), (2, "s_squared")):
        weighted = s_weighted(levels.astype(float), weights, 3, power)
        np.testing.assert_allclose(weighted, measured(levels, OBLIGATIONS, name), atol=1e-12)


def test_capability_weighs_the_state_that_both_are_tied_to() -> None:
    levels = np.array([[3.0, 0.0, 0.0], [0.0, 0.0, 0.0]])
    near_all = s_weighted(levels, np.array([0.9, 0.05, 0.05]), 3, 1)
    little = s_weighted(levels, np.array([0.1, 0.45, 0.45]), 3, 1)
    assert near_all[0] == pytest.approx(1 - 2 * 0.9)
    assert little[0] == pytest.approx(1 - 2 * 0.1)


def test_a_state_of_unknown_capability_is_left_out_of_the_weights() -> None:
    levels = np.array([[3.0, 0.0, 3.0], [0.0, 0.0, 0.0]])
    weighted = s_weighted(levels, np.array([0.25, 0.75, np.nan]), 3, 1)
    assert weighted[0] == pytest.approx(1 - 2 * 0.25)


def test_rank_weights_differ_from_value_weights_where_a_level_is_skipped() -> None:
    skipped = np.array([[0, 0, 3, 3, 1, 0], [0, 1, 3, 0, 1, 0]], dtype=np.int8)
    whole = np.array([[0, 1, 2, 3, 1, 0], [0, 1, 3, 2, 1, 0]], dtype=np.int8)
    assert measured(skipped, OBLIGATIONS, "kappa_rank") != pytest.approx(
        measured(skipped, OBLIGATIONS, "kappa_squared")
    )
    assert measured(whole, OBLIGATIONS, "kappa_rank") == pytest.approx(
        measured(whole, OBLIGATIONS, "kappa_squared")
    )


def test_what_is_not_defined_is_not_a_number() -> None:
    apart = np.array([[0, -1], [-1, 2]], dtype=np.int8)
    same = np.zeros((2, 4), dtype=np.int8)
    for name in MEASURES:
        assert np.isnan(measured(apart, VOTES, name)).all()
    for name in ("pi_nominal", "kappa_squared", "kappa_rank", "tau_b"):
        assert np.isnan(measured(same, OBLIGATIONS, name)).all()
    assert measured(same, OBLIGATIONS, "s_squared") == 1
