"""Fulfilment rules: named, cited, and hard to ask for wrongly."""

from __future__ import annotations

from datetime import date

import pytest

from foedus.catalog.facts import Facts
from foedus.errors import InputError
from foedus.record.cases import cases, reached, years_of
from foedus.record.rates import tabulate
from foedus.record.rules import FOEDUS_RUNG, RULES, find_coding, find_rule


@pytest.fixture(scope="module")
def facts() -> Facts:
    return Facts(as_of=date(2026, 11, 21))


def test_the_four_rules_carry_text_citation_and_years() -> None:
    assert list(RULES) == [
        "foedus-rung",
        "berkemeier-fuhrmann-2018",
        "leeds-long-mitchell-2000",
        "sabrosky-1980",
    ]
    for name, rule in RULES.items():
        assert rule.name == name
        assert rule.text.endswith(".")
        assert rule.citation.endswith(".")
        assert rule.codings


@pytest.mark.parametrize("name", ["Sabrosky-1980", " sabrosky_1980 "])
def test_a_rule_is_found_in_any_case(name: str) -> None:
    assert find_rule(name).name == "sabrosky-1980"


@pytest.mark.parametrize("name", ["", "sabrosky", "x" * 10_000, "'; DROP TABLE calls"])
def test_an_unknown_rule_names_those_that_exist(name: str) -> None:
    with pytest.raises(InputError, match="leeds-long-mitchell-2000"):
        find_rule(name)


def test_an_unknown_coding_names_those_that_exist() -> None:
    assert find_coding(FOEDUS_RUNG, None) == "automatic"
    with pytest.raises(InputError, match="automatic"):
        find_coding(FOEDUS_RUNG, "published")


def test_years_outside_a_rule_name_those_it_covers(facts: Facts) -> None:
    rule = find_rule("leeds-long-mitchell-2000")
    assert years_of(rule, facts, (None, 1900)) == (1816, 1900)
    with pytest.raises(InputError, match="1816 to 1944"):
        years_of(rule, facts, (1950, None))
    with pytest.raises(InputError, match="backwards"):
        years_of(rule, facts, (1900, 1850))


def test_a_rung_that_sources_leave_open_is_neither_kept_nor_missed() -> None:
    assert reached(4, 4, FOEDUS_RUNG) is True
    assert reached(0, 3, FOEDUS_RUNG) is False
    assert reached(0, 4, FOEDUS_RUNG) is None


def test_parts_of_a_table_add_up_to_the_whole(facts: Facts) -> None:
    for rule in RULES.values():
        for coding in rule.codings:
            found = cases(facts, rule, coding, years_of(rule, facts, (None, None)))
            whole = tabulate(found)[0]
            assert whole.due > 50
            for by in ("era", "multilateral"):
                parts = tabulate(found, (by,))
                assert sum(line.honoured for line in parts) == whole.honoured
                assert sum(line.due for line in parts) == whole.due
                assert sum(line.unknown for line in parts) == whole.unknown
