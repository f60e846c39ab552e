"""Cohen's kappa, and how far the automatic coding agrees with the hand coding."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.catalog.facts import Facts
from foedus.record.agreement import (
    Agreement,
    Pair,
    agreement,
    agreements,
    both_codings,
    cohen_kappa,
    in_development,
)
from foedus.record.disagreements import AS_OF, render

PAGE = Path(__file__).resolve().parents[2] / "docs" / "disagreements.md"
Codings = st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=60)


def test_kappa_of_a_known_table() -> None:
    """20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: observed .7, expected .5."""
    pairs = [(True, True)] * 20 + [(True, False)] * 5 + [(False, True)] * 10 + [(False, False)] * 15
    assert cohen_kappa(pairs) == pytest.approx(0.4)


@given(Codings)
def test_kappa_is_symmetric_and_at_most_one(pairs: list[tuple[bool, bool]]) -> None:
    kappa = cohen_kappa(pairs)
    swapped = cohen_kappa([(b, a) for a, b in pairs])
    if kappa is None:
        assert swapped is None
        assert len(set(pairs)) == 1
    else:
        assert swapped is not None
        assert kappa == pytest.approx(swapped)
        assert -1 <= kappa <= 1
        assert (kappa == pytest.approx(1)) == all(a == b for a, b in pairs)


def test_no_pairs_have_no_kappa() -> None:
    assert cohen_kappa([]) is None


def test_the_interval_resamples_wars() -> None:
    one_war = [Pair(1, hand, automatic) for hand in (True, False) for automatic in (True, False)]
    found = agreement("q", "g", one_war)
    assert found.kappa == 0
    assert (found.low, found.high) == (None, None)
    several = [Pair(war, war % 2 == 0, war % 3 == 0) for war in range(40)]
    again = agreement("q", "g", several)
    assert again.low is not None
    assert again.high is not None
    assert again.kappa is not None
    assert again.low <= again.kappa <= again.high
    assert again == agreement("q", "g", several)


@pytest.fixture(scope="module")
def headline() -> dict[tuple[str, str], Agreement]:
    found = agreements(both_codings(Facts(as_of=AS_OF)))
    return {(one.question, one.group): one for one in found}


def test_the_headline_agreement_is_not_lost(headline: dict[tuple[str, str], Agreement]) -> None:
    """Measured: 0.842 and 0.807, held out 0.743 and 0.573."""
    for question, group, floor in (
        ("fell due", "all", 0.84),
        ("honoured, given due", "all", 0.80),
        ("fell due", "wars held out", 0.74),
        ("honoured, given due", "wars held out", 0.57),
    ):
        kappa = headline[question, group].kappa
        assert kappa is not None
        assert kappa >= floor, (question, group)
    assert headline["fell due", "all"].cases == 538


def test_the_halves_share_no_war_and_leave_none_out() -> None:
    halves = [in_development(war) for war in range(1, 95)]
    assert 30 < sum(halves) < 64
    assert halves == [in_development(war) for war in range(1, 95)]


def test_the_page_of_disagreements_is_up_to_date() -> None:
    assert render(Facts(as_of=AS_OF)) == PAGE.read_text("utf-8"), (
        "run python -m foedus.record.disagreements docs/disagreements.md"
    )


def test_the_page_is_as_of_a_day_that_has_come() -> None:
    assert date.today() >= AS_OF
