"""Which words of a text name which actor."""

from __future__ import annotations

import pytest

from foedus.catalog.actors import NameEntry
from foedus.evidence.mentions import matcher, resolve


def _found(
    names: tuple[NameEntry, ...], text: str, known: frozenset[str] = frozenset()
) -> list[tuple[str, str]]:
    mentions = resolve(matcher(names).find(text), known)
    return [(text[one.start : one.end], one.actor) for one in mentions]


def test_longest_name_wins_and_words_are_whole(names: tuple[NameEntry, ...]) -> None:
    assert _found(names, "Malicious Iranian acts in Saudi Arabia, not Iranistan") == [
        ("Iranian", "IRN"),
        ("Saudi Arabia", "SAU"),
    ]


def test_plural_demonyms_and_hyphens_name_the_actor(names: tuple[NameEntry, ...]) -> None:
    assert _found(names, "Russians met US-backed Syrians") == [
        ("Russians", "RUS"),
        ("US", "USA"),
        ("Syrians", "SYR"),
    ]


@pytest.mark.parametrize("text", ["they moved us", "a turkey dinner", "the nato standard"])
def test_lower_case_words_are_no_names(names: tuple[NameEntry, ...], text: str) -> None:
    assert _found(names, text) == []


def test_a_name_of_two_actors_is_read_only_with_context(names: tuple[NameEntry, ...]) -> None:
    assert _found(names, "Georgia", frozenset({"GEO"})) == [("Georgia", "GEO")]
    both = frozenset({"GEO", "USA"})
    assert all(actor == "GEO" for _, actor in _found(names, "Georgia", both))


def test_organs_of_government_count_only_where_the_state_is_in_the_text(
    names: tuple[NameEntry, ...],
) -> None:
    assert _found(names, "Congress voted") == []
    assert _found(names, "Congress voted", frozenset({"USA"})) == [("Congress", "USA")]


def test_the_same_names_are_compiled_once(names: tuple[NameEntry, ...]) -> None:
    assert matcher(names) is matcher(names)
