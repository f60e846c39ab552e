"""The published tables of fulfilment, to the last case.

Source: Berkemeier and Fuhrmann 2018, Research & Politics 5(2), figures 1 and 2.
"""

from __future__ import annotations

from datetime import date

import pytest

from foedus.catalog.facts import Facts
from foedus.record.cases import cases, years_of
from foedus.record.published import PublishedCase, published_cases
from foedus.record.rates import Case, tabulate
from foedus.record.rules import (
    BERKEMEIER_FUHRMANN_2018,
    LEEDS_LONG_MITCHELL_2000,
    SABROSKY_1980,
    FulfilmentRule,
)

BEFORE, SINCE = "before 1945", "since 1945"


@pytest.fixture(scope="module")
def facts() -> Facts:
    return Facts(as_of=date(2026, 11, 21))


@pytest.fixture(scope="module")
def coded(facts: Facts) -> tuple[PublishedCase, ...]:
    return published_cases(facts)


@pytest.fixture(scope="module")
def found(coded: tuple[PublishedCase, ...]) -> list[Case]:
    return [case.under(BERKEMEIER_FUHRMANN_2018) for case in coded]


def _counts(cases: list[Case], *by: str) -> dict[tuple[str, ...], tuple[int, int]]:
    return {tuple(line.group.values()): (line.honoured, line.due) for line in tabulate(cases, by)}


def test_all_cases_and_both_eras(found: list[Case]) -> None:
    assert len(found) == 576
    assert _counts(found) == {(): (73, 146)}
    assert _counts(found, "era") == {(BEFORE,): (61, 92), (SINCE,): (12, 54)}


def test_obligations_by_era(found: list[Case]) -> None:
    assert _counts(found, "obligation") == {
        ("defense",): (42, 102),
        ("offense",): (31, 42),
        ("neutrality",): (35, 45),
        ("nonaggression",): (18, 49),
        ("consultation",): (24, 61),
    }
    assert _counts(found, "obligation", "era") == {
        ("defense", BEFORE): (36, 59),
        ("defense", SINCE): (6, 43),
        ("offense", BEFORE): (27, 35),
        ("offense", SINCE): (4, 7),
        ("neutrality", BEFORE): (30, 40),
        ("neutrality", SINCE): (5, 5),
        ("nonaggression", BEFORE): (13, 21),
        ("nonaggression", SINCE): (5, 28),
        ("consultation", BEFORE): (19, 31),
        ("consultation", SINCE): (5, 30),
    }


def test_bilateral_and_multilateral_by_era(found: list[Case]) -> None:
    assert _counts(found, "multilateral", "era") == {
        ("bilateral", BEFORE): (52, 75),
        ("bilateral", SINCE): (10, 29),
        ("multilateral", BEFORE): (9, 17),
        ("multilateral", SINCE): (2, 25),
    }


def test_the_second_coding(coded: tuple[PublishedCase, ...]) -> None:
    second = [case.under(BERKEMEIER_FUHRMANN_2018, second=True) for case in coded]
    assert _counts(second) == {(): (69, 139)}
    assert _counts(second, "era") == {(BEFORE,): (58, 86), (SINCE,): (11, 53)}


def test_the_era_of_a_case_is_its_coders_own(coded: tuple[PublishedCase, ...]) -> None:
    assert all((case.year < 1945) == case.before_1945 for case in coded)


@pytest.mark.parametrize(
    ("rule", "honoured", "due"),
    [
        (BERKEMEIER_FUHRMANN_2018, 73, 146),
        (LEEDS_LONG_MITCHELL_2000, 61, 92),
        (SABROSKY_1980, 75, 345),
    ],
    ids=lambda value: getattr(value, "name", str(value)),
)
def test_each_rule_counts_its_own_cases(
    facts: Facts, rule: FulfilmentRule, honoured: int, due: int
) -> None:
    line = tabulate(cases(facts, rule, "published", years_of(rule, facts, (None, None))))[0]
    assert (line.honoured, line.due) == (honoured, due)


def test_43_of_the_146_are_one_war_so_the_interval_by_wars_is_wider(found: list[Case]) -> None:
    assert sum(bool(case.due) for case in found if case.cluster == "53") == 43
    line = tabulate(found)[0]
    assert line.low is not None
    assert line.high is not None
    assert line.clustered_low is not None
    assert line.clustered_high is not None
    assert line.clustered_low < line.low < 0.5 < line.high < line.clustered_high


def test_nothing_of_a_war_is_known_before_its_end() -> None:
    eve = {case.war for case in published_cases(Facts(as_of=date(1945, 8, 13)))}
    assert eve
    assert 53 not in eve
    wars = {case.war for case in published_cases(Facts(as_of=date(1945, 8, 14)))}
    assert 53 in wars
    assert all(case.ended <= date(1960, 1, 1) for case in published_cases(Facts(date(1960, 1, 1))))
