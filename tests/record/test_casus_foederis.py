"""Whether an attack falls under what was promised."""

from __future__ import annotations

from datetime import date

from foedus.catalog.facts import Facts
from foedus.domain.commitments import Conditions
from foedus.record.casus_foederis import conditions_in_words, verdict

NATO = next(
    item
    for item in Facts(as_of=date(2026, 11, 21)).commitments("USA", "EST")
    if item.defense and item.status == "in force"
)


PLAIN = NATO.model_copy(update={"conditions": {**NATO.conditions, "defense": Conditions()}})
PLACED = NATO.model_copy(
    update={"conditions": {**NATO.conditions, "defense": Conditions(location=True)}}
)
LESSER = NATO.model_copy(update={"defense": False, "consultation": True})
UNKNOWN = NATO.model_copy(update={"defense": None})


def test_an_unconditional_defence_promise_is_due() -> None:
    assert verdict([PLAIN]).due == "due"


def test_a_condition_that_tables_cannot_settle_leaves_it_open() -> None:
    answer = verdict([PLACED])
    assert answer.due == "cannot tell"
    assert "only in a named place" in answer.reason


def test_the_unconditional_promise_decides_whatever_the_order() -> None:
    assert verdict([PLACED, PLAIN]).due == verdict([PLAIN, PLACED]).due == "due"


def test_lesser_promises_are_named_and_not_due() -> None:
    answer = verdict([LESSER])
    assert answer.due == "not due"
    assert "consultation" in answer.reason


def test_nothing_held_is_not_due_and_an_unknown_text_cannot_be_told() -> None:
    assert verdict([]).due == "not due"
    assert verdict([UNKNOWN]).due == "cannot tell"


def test_conditions_come_in_words() -> None:
    assert conditions_in_words(Conditions()) == ()
    assert len(conditions_in_words(Conditions(adversary=True, non_provocation=True))) == 2
