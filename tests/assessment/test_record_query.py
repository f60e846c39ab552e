"""`record` and `rates` as a user calls them."""

from __future__ import annotations

from datetime import date

import pytest

from foedus.assessment.record_query import rates, record, record_rows, rules
from foedus.errors import DateError, InputError, UnknownActor

TODAY = "2026-11-21"


@pytest.mark.parametrize("name", ["Russia", "United States", "France", "Iran"])
@pytest.mark.parametrize("rule", [rule.name for rule in rules()])
def test_a_record_counts_its_own_cases(name: str, rule: str) -> None:
    found = record(name, rule=rule, as_of=TODAY, mine=False)
    rows = record_rows(found)
    assert found.total == len(found.calls) + len(found.wars) == len(rows) - len(found.broken)
    assert found.rule.name == rule
    assert found.delivered <= found.due <= found.total
    told = [row for row in rows[: found.total] if row["due"] == "due"]
    assert len(told) == found.due
    assert all(row["reason"] for row in rows)
    assert found.rates[0].honoured == found.delivered
    assert len({tuple(row) for row in rows}) == 1


def test_years_bound_the_calls_and_the_wars() -> None:
    calls = record("Russia", years=(2000, 2010), as_of=TODAY, mine=False)
    assert calls.calls
    assert {past.call.started.first.year for past in calls.calls} <= set(range(2000, 2011))
    wars = record("Russia", rule="sabrosky-1980", years=(1900, 1920), as_of=TODAY, mine=False)
    assert wars.wars
    assert {case.year for case in wars.wars} <= set(range(1900, 1921))


def test_the_record_of_an_earlier_day_knows_no_later_war() -> None:
    found = record("Russia", rule="berkemeier-fuhrmann-2018", as_of="1930-01-01", mine=False)
    assert found.wars
    assert max(case.war_ended for case in found.wars) < date(1930, 1, 1)


def test_russia_owed_armenia_in_2023_and_gave_words() -> None:
    rows = {row["call"]: row for row in record_rows(record("Russia", as_of=TODAY, mine=False))}
    assert rows["arm-2023"]["due"] == "due"
    assert rows["arm-2023"]["rung_high"] == 1


def test_an_attack_on_a_state_one_is_bound_to_stands_apart_and_counts_against() -> None:
    found = record("Russia", years=(1939, 2026), as_of=TODAY, mine=False)
    broken = {past.call.beneficiary: past for past in found.broken}
    assert {"POL", "HUN", "UKR"} <= set(broken)
    assert all("RUS" in past.call.challengers for past in found.broken)
    assert broken["UKR"].verdict.obligation == "nonaggression"
    assert found.against >= len(found.broken)
    assert not {past.call.id for past in found.broken} & {past.call.id for past in found.calls}


def test_an_organisation_answers_for_its_members() -> None:
    found = record("NATO", as_of=TODAY, mine=False)
    assert found.guarantor.kind == "organisation"
    assert found.total > 0


def test_the_published_headline_and_its_groups() -> None:
    (line,) = rates(as_of=TODAY, mine=False)
    assert (line.honoured, line.due, line.group) == (73, 146, {})
    eras = rates("era", as_of=TODAY, mine=False)
    assert [(one.honoured, one.due) for one in eras] == [(61, 92), (12, 54)]
    crossed = rates("era, multilateral", coding="automatic", as_of=TODAY, mine=False)
    assert len(crossed) == 4
    assert rates(["era"], as_of=TODAY, mine=False) == eras


def test_what_does_not_exist_is_refused_with_what_does() -> None:
    with pytest.raises(InputError, match="sabrosky-1980"):
        rates(rule="mine")
    with pytest.raises(InputError, match="obligation"):
        rates("colour")
    with pytest.raises(InputError, match="published, automatic"):
        rates(coding="guess")
    with pytest.raises(InputError, match="1816 to 2003"):
        rates(years=(2010, 2020))
    with pytest.raises(UnknownActor):
        record("Ruritania")
    with pytest.raises(DateError, match="future"):
        record("Russia", as_of=date(2999, 1, 1))
