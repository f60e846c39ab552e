"""The automatic coding of alliances in war, on wars small enough to check by hand."""

from __future__ import annotations

from datetime import date

import pytest

from foedus.catalog.facts import Facts
from foedus.domain.commitments import Obligation
from foedus.record.casus_coding import ABSENT, code, code_all
from foedus.record.casus_terms import Terms
from foedus.record.casus_wars import Dyad, Spell, War, home_regions


def dyad(attacker: str, target: str, began: date, *, listed: bool = False) -> Dyad:
    return Dyad(attacker, target, began, date(1945, 1, 1), listed, judgement=False)


def war(*dyads: Dyad, spells: tuple[Spell, ...] = ()) -> War:
    return War(1, "a war", list(dyads), list(spells))


def promise(
    guarantor: str, beneficiary: str, *promised: Obligation, begins: date = date(1930, 1, 1)
) -> Terms:
    return Terms(
        id=f"{guarantor}>{beneficiary}",
        title="a treaty",
        guarantor=guarantor,
        beneficiary=beneficiary,
        multilateral=False,
        promised=frozenset(promised),
        unknown=frozenset(),
        conditions={},
        threats=frozenset(),
        begins=begins,
        ends=None,
    )


START = date(1940, 1, 1)


def test_an_attacked_ally_that_is_joined_was_owed_and_got_help() -> None:
    fought = war(dyad("C", "B", START), dyad("A", "C", date(1940, 2, 1)))
    found = code(fought, 1, [promise("A", "B", "defense")])
    assert (found.due, found.honoured) == (True, True)
    assert "1940-02-01" in found.reason


def test_an_attacked_ally_left_alone_was_owed_and_got_nothing() -> None:
    found = code(war(dyad("C", "B", START)), 1, [promise("A", "B", "defense")])
    assert (found.due, found.honoured) == (True, False)
    assert ABSENT in found.reason


def test_help_promised_before_comes_within_a_year_and_during_before_the_end() -> None:
    late = war(dyad("C", "B", START), dyad("A", "C", date(1941, 6, 1)))
    assert code(late, 1, [promise("A", "B", "defense")]).honoured is False
    during = promise("A", "B", "defense", begins=date(1940, 3, 1))
    assert code(late, 1, [during]).honoured is True


def test_a_foe_of_another_time_is_no_common_foe() -> None:
    gone = Dyad("C", "B", START, date(1940, 2, 1), listed=False, judgement=False)
    found = code(war(gone, dyad("A", "C", date(1940, 6, 1))), 1, [promise("A", "B", "defense")])
    assert found.honoured is False


def test_no_defence_is_owed_to_the_one_that_struck() -> None:
    found = code(war(dyad("B", "C", START)), 1, [promise("A", "B", "defense")])
    assert (found.due, found.honoured) == (False, None)


def test_allies_that_fight_each_other_break_every_promise_but_consultation() -> None:
    between = war(dyad("A", "B", START))
    for kept in ("defense", "offense", "neutrality", "nonaggression"):
        found = code(between, 1, [promise("A", "B", kept)])
        assert (found.due, found.honoured) == (True, False), kept
    assert code(between, 1, [promise("A", "B", "consultation")]).due is False


def test_non_aggression_alone_is_tested_only_by_being_broken() -> None:
    assert code(war(dyad("C", "B", START)), 1, [promise("A", "B", "nonaggression")]).due is False


def test_one_member_that_stays_away_breaks_the_alliance() -> None:
    fought = war(dyad("C", "B", START), dyad("A", "C", START))
    held = [promise("A", "B", "defense"), promise("D", "B", "defense")]
    assert code(fought, 1, held[:1]).honoured is True
    found = code(fought, 1, held)
    assert found.honoured is False
    assert "owed by D" in found.reason
    assert "owed by A" not in found.reason


def test_a_foe_known_only_from_a_list_neither_tests_nor_breaks() -> None:
    found = code(war(dyad("A", "B", START, listed=True)), 1, [promise("A", "B", "defense")])
    assert found.due is False


def test_sides_show_who_stood_beside_whom() -> None:
    spells = tuple(
        Spell(actor, side, START, date(1941, 1, 1), frozenset())
        for actor, side in (("A", 1), ("B", 1), ("C", 2))
    )
    found = code(war(dyad("C", "B", START), spells=spells), 1, [promise("A", "B", "defense")])
    assert found.honoured is True


def test_a_war_without_known_participants_cannot_be_told() -> None:
    found = code(war(), 1, [promise("A", "B", "defense")])
    assert (found.due, found.honoured) == (None, None)


def test_home_regions_follow_the_numbering_of_states() -> None:
    assert home_regions(2) == {"Americas"}
    assert home_regions(616) == {"Africa", "Middle East"}
    assert home_regions(920) == {"Oceania"}


@pytest.fixture(scope="module")
def facts() -> Facts:
    return Facts(as_of=date(2026, 11, 21))


def test_judgement_rows_are_used_only_when_asked_for(facts: Facts) -> None:
    plain, judged = code_all(facts), code_all(facts, judgements=True)
    assert len(plain) == len(judged) == 576
    untold = {key for key, found in plain.items() if found.due is None}
    assert {war for war, _ in untold} == {90, 91, 92, 93, 94}
    assert len(untold) == 38
    assert not [key for key, found in judged.items() if found.due is None]
    assert all(judged[key] == plain[key] for key in plain if key not in untold)
    assert sum(found.judgements for found in plain.values()) == 0


def test_the_coding_never_reads_whether_an_alliance_was_honoured(facts: Facts) -> None:
    altered = Facts(as_of=date(2026, 11, 21))
    altered.connection.execute(
        "CREATE OR REPLACE VIEW fulfilment AS SELECT * REPLACE (NOT honoured AS honoured,"
        " NOT violated AS violated, NOT due AS due) FROM fulfilment__all"
    )
    assert code_all(altered) == code_all(facts)
