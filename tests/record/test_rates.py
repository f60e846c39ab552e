"""Intervals and tables of rates: published values and invariants."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.errors import InputError
from foedus.record.rates import Case, clustered, tabulate, wilson


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_published_intervals(successes: int, trials: int, low: float, high: float) -> None:
    """Source: Newcombe 1998, Statistics in Medicine 17:857-872, table I, method 3."""
    assert wilson(successes, trials) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(0, 500), st.integers(1, 500))
def test_interval_holds_the_share_and_stays_within_one(successes: int, trials: int) -> None:
    successes = min(successes, trials)
    low, high = wilson(successes, trials)
    assert 0 <= low <= successes / trials <= high <= 1
    mirrored = wilson(trials - successes, trials)
    assert (1 - high, 1 - low) == pytest.approx(mirrored)


cases = st.lists(
    st.builds(
        Case,
        cluster=st.sampled_from("abcd"),
        year=st.integers(1816, 2003),
        due=st.sampled_from([True, False, None]),
        honoured=st.sampled_from([True, False, None]),
        obligations=st.sampled_from([(), ("defense",), ("defense", "offense")]),
        multilateral=st.booleans(),
    ),
    max_size=40,
)


@given(cases)
def test_a_line_counts_each_due_case_once(found: list[Case]) -> None:
    line = tabulate(found)[0]
    due = [case for case in found if case.due]
    assert line.due == sum(case.honoured is not None for case in due)
    assert line.honoured == sum(case.honoured is True for case in due)
    assert line.unknown == len(due) - line.due + sum(case.due is None for case in found)
    if line.due:
        assert line.low is not None
        assert line.high is not None
        assert line.rate is not None
        assert line.low <= line.rate <= line.high
    else:
        assert line.rate is None
        assert line.low is None
    if line.wars < 2:
        assert line.clustered_low is None


def test_groups_cross_and_come_in_a_fixed_order() -> None:
    found = [
        Case("a", 1950, True, True, ("offense", "defense"), True),
        Case("b", 1900, True, False, ("defense",), False),
    ]
    lines = tabulate(found, ("era", "obligation"))
    assert [tuple(line.group.values()) for line in lines] == [
        ("before 1945", "defense"),
        ("since 1945", "defense"),
        ("since 1945", "offense"),
    ]


def test_an_unknown_group_names_those_that_exist() -> None:
    with pytest.raises(InputError, match="era, obligation, multilateral"):
        tabulate([], ("colour",))


def test_the_interval_by_clusters_knows_that_cases_of_one_war_are_not_independent() -> None:
    alone = [(str(number), number % 2 == 0) for number in range(40)]
    together = [(str(number // 10), number // 10 % 2 == 0) for number in range(40)]
    narrow, wide = clustered(alone), clustered(together)
    assert narrow[0] is not None
    assert wide[0] is not None
    assert wide[1] - wide[0] > narrow[1] - narrow[0]
    assert clustered(alone) == narrow
    assert clustered([("a", True)] * 5) == (None, None)
