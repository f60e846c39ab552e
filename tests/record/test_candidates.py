"""Attacks, promises and responses joined: who was owed what, and what came."""

from __future__ import annotations

from datetime import date

import pytest

from foedus.catalog.facts import Facts
from foedus.record.candidates import STEPS, query
from foedus.record.history import actor_names, past_calls, record

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def facts() -> Facts:
    return Facts(as_of=TODAY)


def test_every_step_runs_alone(facts: Facts) -> None:
    for step in STEPS:
        assert facts.rows(query(step, "LIMIT 1")), step
    with pytest.raises(KeyError, match="attacks"):
        query("nonsense")


def test_one_row_for_each_attack_and_guarantor(facts: Facts) -> None:
    repeated = facts.rows(
        query("candidates", "SELECT call, guarantor GROUP BY ALL HAVING count(*) > 1")
    )
    assert repeated == []


def test_ranges_are_the_right_way_up_and_within_the_ladder(facts: Facts) -> None:
    wrong = facts.rows(
        query(
            "candidates",
            "WHERE rung_low > rung_high OR rung30_low > rung30_high OR rung365_low > rung365_high"
            " OR rung_low < 0 OR rung_high > 4",
        )
    )
    assert wrong == []


def test_absence_from_war_data_means_no_forces_and_no_more(facts: Facts) -> None:
    rows = facts.rows(query("candidates", "WHERE responses = [] AND source_table = 'cow-wars-4.0'"))
    assert rows
    assert {(row["rung_low"], row["rung_high"]) for row in rows} == {(0, 3)}
    elsewhere = facts.rows(query("candidates", "WHERE responses = [] AND source_table = 'icb-13'"))
    assert {(row["rung_low"], row["rung_high"]) for row in elsewhere} == {(0, 4)}


def test_russia_when_iran_was_struck(facts: Facts) -> None:
    """Diplomatic action in 2025, intelligence in 2026; no defence was owed either time."""
    calls = {
        past.call.id: past
        for past in past_calls(facts, ["RUS"], actor_names(facts))
        if past.call.beneficiary == "IRN"
    }
    for key, label in {"irn-2025": "diplomatic action", "irn-2026": "material support"}.items():
        assert str(calls[key].delivered) == label
        assert calls[key].verdict.due == "not due"
        assert calls[key].beneficiary_name == "Iran"


def test_a_defence_pact_falls_due_when_its_beneficiary_is_attacked(facts: Facts) -> None:
    calls = {past.call.id: past for past in past_calls(facts, ["RUS"], actor_names(facts))}
    assert calls["arm-2023"].verdict.due == "due"
    assert calls["arm-2023"].verdict.obligation == "defense"
    assert str(calls["arm-2023"].delivered) == "words"


def test_a_challenger_is_not_its_victims_guarantor(facts: Facts) -> None:
    for past in past_calls(facts, ["RUS"], actor_names(facts)):
        assert "RUS" not in past.call.challengers
        assert past.call.beneficiary != "RUS"


@pytest.mark.parametrize("day", [date(1938, 9, 1), date(1995, 1, 1), date(2022, 2, 1)])
def test_only_calls_that_ended_before_the_day_are_in_a_record(day: date) -> None:
    facts = Facts(as_of=day)
    calls = past_calls(facts, ["RUS"], actor_names(facts))
    assert calls
    for past in calls:
        assert past.call.ended is not None
        assert past.call.ended.last <= day
        for response in past.responses:
            assert response.first_act is None or response.first_act.first <= day


def test_rates_add_up(facts: Facts) -> None:
    for guarantor in ("RUS", "USA", "FRA", "IRN"):
        found = record(facts, [guarantor], "ISR", actor_names(facts))
        assert found.total == len(found.calls)
        for line in found.rates:
            assert 0 <= line.honoured <= line.due
            if line.due:
                assert line.low is not None
                assert line.high is not None
                assert line.rate == line.honoured / line.due
                assert line.low <= line.rate <= line.high
            else:
                assert line.rate is None
