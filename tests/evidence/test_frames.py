"""The lexicon's pattern language, and the operators that turn a frame."""

from __future__ import annotations

import pytest

from foedus.evidence.lexicon import PhraseIndex, inflections, lexicon


def _hits(pattern: str, text: str, classes: dict[int, str] | None = None) -> list[tuple[int, int]]:
    index: PhraseIndex[str] = PhraseIndex()
    index.add(pattern, "x")
    words = text.split()
    marks = ["" for _ in words]
    for at, mark in (classes or {}).items():
        marks[at] = mark
    return [(first, last) for first, last, _ in index.find(words, marks)]


@pytest.mark.parametrize(
    ("pattern", "text", "hits"),
    [
        ("@send", "they sent and send", [(1, 2), (3, 4)]),
        ("@sit on ..3 hands", "it sat on its two hands", [(1, 6)]),
        ("@sit on ..1 hands", "it sat on its two hands", []),
        ("no/little incentive to", "has little incentive to act", [(1, 4)]),
        ("@stand ?idly by", "they stood by", [(1, 3)]),
        ("@send <sup>", "they sent tanks", [(1, 3)]),
        ("@sit on ..3 hands", "it sat on . hands", []),
    ],
)
def test_patterns(pattern: str, text: str, hits: list[tuple[int, int]]) -> None:
    assert _hits(pattern, text, {2: "<sup>"} if "<sup>" in pattern else None) == hits


@pytest.mark.parametrize(
    ("verb", "form"),
    [("supply", "supplied"), ("withdraw", "withdrew"), ("pledge", "pledging"), ("push", "pushes")],
)
def test_inflections(verb: str, form: str) -> None:
    assert form in inflections(verb)


def test_the_lexicon_reads_and_has_a_version() -> None:
    assert lexicon() is lexicon()
    assert len(lexicon().version) == 8
