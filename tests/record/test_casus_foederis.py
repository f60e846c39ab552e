"""Whether an attack falls under what was promised."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.catalog.facts import Facts
from foedus.domain.commitments import Conditions, Obligation
from foedus.record.casus_foederis import Occasion, answer, in_force, verdict
from foedus.record.casus_terms import CONDITIONS, Condition, Terms, conditions_in_words, terms_of

BEGAN = date(1950, 6, 25)
ATTACK = Occasion(frozenset({"PRK"}), attacked=True, began=BEGAN, ended=date(1953, 7, 27))
STRUCK_FIRST = replace(ATTACK, attacked=False)


def terms(
    *promised: Obligation,
    threats: tuple[str, ...] = (),
    begins: date = date(1949, 1, 1),
    ends: date | None = None,
    **conditions: Condition,
) -> Terms:
    held: Mapping[Obligation, frozenset[Condition]] = {
        name: frozenset(conditions.values()) for name in promised
    }
    return Terms(
        id="x:USA>KOR",
        title="a treaty",
        guarantor="USA",
        beneficiary="KOR",
        multilateral=False,
        promised=frozenset(promised),
        unknown=frozenset(),
        conditions=held,
        threats=frozenset(threats),
        begins=begins,
        ends=ends,
    )


def test_defence_is_owed_to_the_attacked_and_not_to_the_attacker() -> None:
    assert answer(terms("defense"), "defense", ATTACK).due == "due"
    refused = answer(terms("defense"), "defense", STRUCK_FIRST)
    assert refused.due == "not due"
    assert "not attacked" in refused.reason


def test_offence_is_owed_whoever_began() -> None:
    assert answer(terms("offense"), "offense", ATTACK).due == "due"
    assert answer(terms("offense"), "offense", STRUCK_FIRST).due == "due"


def test_neutrality_is_owed_to_the_attacked_or_against_a_named_adversary() -> None:
    assert answer(terms("neutrality"), "neutrality", ATTACK).due == "due"
    assert answer(terms("neutrality"), "neutrality", STRUCK_FIRST).due == "not due"
    named = terms("neutrality", threats=("PRK",), a="adversary")
    assert answer(named, "neutrality", STRUCK_FIRST).due == "due"


def test_a_named_adversary_settles_its_condition_both_ways() -> None:
    hit = terms("defense", threats=("PRK",), a="adversary")
    miss = terms("defense", threats=("JPN",), a="adversary")
    assert answer(hit, "defense", ATTACK).due == "due"
    refused = answer(miss, "defense", ATTACK)
    assert refused.due == "not due"
    assert "JPN" in refused.reason
    assert answer(terms("defense", a="adversary"), "defense", ATTACK).due == "cannot tell"


def test_a_place_that_is_surely_elsewhere_is_not_due_and_any_other_is_open() -> None:
    placed = terms("defense", a="location")
    assert answer(placed, "defense", ATTACK).due == "cannot tell"
    assert answer(placed, "defense", replace(ATTACK, at_home=True)).due == "cannot tell"
    assert answer(placed, "defense", replace(ATTACK, at_home=False)).due == "not due"


def test_a_promise_for_one_conflict_does_not_reach_a_later_one() -> None:
    before = terms("defense", a="ongoing_conflict")
    during = terms("defense", a="ongoing_conflict", begins=date(1951, 1, 1))
    assert answer(before, "defense", ATTACK).due == "not due"
    assert answer(during, "defense", ATTACK).due == "due"
    assert answer(during, "defense", ATTACK).since == date(1951, 1, 1)


def test_a_pact_against_one_of_its_own_parties_is_left_open() -> None:
    pact = replace(terms("defense"), parties=frozenset({"USA", "KOR", "PRK"}))
    found = answer(pact, "defense", ATTACK)
    assert found.due == "cannot tell"
    assert "party" in found.reason
    assert answer(pact, "defense", replace(ATTACK, adversaries=frozenset({"CHN"}))).due == "due"


@pytest.mark.parametrize("condition", ["number_of_adversaries", "after_demand", "non_provocation"])
def test_what_no_table_tells_is_left_open_with_the_reason(condition: Condition) -> None:
    found = answer(terms("defense", a=condition), "defense", ATTACK)
    assert found.due == "cannot tell"
    assert conditions_in_words([condition])[0] in found.reason


@given(
    st.sets(st.sampled_from(CONDITIONS)),
    st.booleans(),
    st.booleans(),
    st.sampled_from([None, True, False]),
    st.integers(-800, 800),
)
def test_a_condition_never_makes_more_due_than_its_absence(
    conditions: set[Condition], attacked: bool, named: bool, home: bool | None, days: int
) -> None:
    occasion = replace(ATTACK, attacked=attacked, at_home=home)
    threats = ("PRK",) if named else ("JPN",)
    begins = BEGAN + timedelta(days=days)
    bare = terms("offense", begins=begins)
    bound = terms("offense", begins=begins, threats=threats, **{name: name for name in conditions})
    order = ["not due", "cannot tell", "due"]
    found = answer(bound, "offense", occasion)
    assert order.index(found.due) <= order.index(answer(bare, "offense", occasion).due)
    assert (found.due == "cannot tell") == bool(found.unsettled)


def test_force_is_counted_by_days() -> None:
    assert in_force(terms("defense", ends=BEGAN - timedelta(days=1)), ATTACK)
    assert not in_force(terms("defense", ends=BEGAN - timedelta(days=2)), ATTACK)
    assert in_force(terms("defense", begins=date(1953, 7, 27)), ATTACK)
    assert not in_force(terms("defense", begins=date(1953, 7, 28)), ATTACK)


def test_the_sure_promise_decides_whatever_the_order() -> None:
    sure, open_ = terms("defense"), terms("defense", a="location")
    assert verdict([open_, sure], ATTACK).due == verdict([sure, open_], ATTACK).due == "due"
    assert verdict([open_], ATTACK).due == "cannot tell"


def test_lesser_promises_are_named_and_are_no_help() -> None:
    found = verdict([terms("consultation", "neutrality")], ATTACK)
    assert found.due == "not due"
    assert "consultation" in found.reason
    assert "neutrality" in found.reason
    assert found.by_obligation == {"neutrality": "due", "consultation": "due"}


def test_nothing_held_is_not_due_and_an_unknown_text_cannot_be_told() -> None:
    assert verdict([]).due == "not due"
    unread = replace(terms(), unknown=frozenset({"defense"}))
    assert verdict([unread], ATTACK).due == "cannot tell"


def test_a_domain_commitment_is_read_as_its_row_is() -> None:
    facts = Facts(as_of=date(2026, 11, 21))
    nato = next(
        item
        for item in facts.commitments("USA", "EST")
        if item.defense and item.status == "in force"
    )
    row = terms_of(facts, ["USA"])[nato.id]
    by_row, by_record = verdict([row]), verdict([nato])
    assert (by_row.due, by_row.reason) == (by_record.due, by_record.reason)
    plain = nato.model_copy(update={"conditions": {"defense": Conditions()}})
    assert verdict([plain]).due == "due"


def test_conditions_come_in_words() -> None:
    assert conditions_in_words(Conditions()) == ()
    assert len(conditions_in_words(Conditions(adversary=True, non_provocation=True))) == 2
