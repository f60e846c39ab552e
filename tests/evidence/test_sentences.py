"""Sentences: exact spans, whole abbreviations, quotes closed, wraps ignored."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.domain.documents import Document, Passage
from foedus.evidence.sentences import sentences


def document(text: str, *passages: tuple[int, int]) -> Document:
    spans = passages or ((0, len(text)),)
    return Document(
        id="0" * 16, name="a.txt", media_type="text/plain", text=text,
        passages=tuple(Passage(start=start, end=end) for start, end in spans),
        title=None, publisher=None, author=None, date=None, date_basis="unknown", language="en",
    )  # fmt: skip


def split(text: str) -> list[str]:
    return [text[sentence.start : sentence.end] for sentence in sentences(document(text))]


@pytest.mark.parametrize(
    "expected",
    [
        ["The U.S. sent Gen. Smith to Kyiv.", "He brought no arms."],
        ["Talks in the U.S. ended.", "The U.S. Navy stayed."],
        ["Officials in the U.S. agreed.", "They left for the U.S.", "The Kremlin did not."],
        ["“We were told to wait.”", "Nothing came."],
        ['He said: "Russia will not help."', "Iran was not surprised."],
        ["Art. 3 of the treaty forbids aid to an aggressor.", "It says no more."],
        ["Mr. Lavrov met Dr. Araghchi on Jan. 17, 2025.", "Was it enough?", "It was not!"],
        ["Spending rose by 3.5 percent.", "Arms sales fell (see No. 4)."],
        ["Lt. Gen. A. B. Petrov resigned.", "His deputy followed."],
        ["Moscow waited…", "Then it acted."],
    ],
)
def test_boundaries(expected: list[str]) -> None:
    assert split(" ".join(expected)) == expected
    assert split("\n".join(" ".join(expected).split(" "))) == [
        sentence.replace(" ", "\n") for sentence in expected
    ]


def test_passages_are_never_crossed_and_the_rest_is_ignored() -> None:
    text = "Menu. Russia sent arms. Iran paid\n\nShare. Kyiv waited. Nothing came."
    found = sentences(document(text, (6, 33), (42, len(text))))
    assert [(text[s.start : s.end], s.passage_index) for s in found] == [
        ("Russia sent arms.", 0), ("Iran paid", 0), ("Kyiv waited.", 1), ("Nothing came.", 1),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["a" * 500_000, ". " * 250_000, '"' * 500_000, "A. " * 50_000])
def test_text_that_is_no_prose_ends_in_bounded_sentences(text: str) -> None:
    assert max(len(sentence) for sentence in split(text)) <= 2_000


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.sampled_from('aB. ?!"”“’\n)(U.S\u00a0\u200f—…1'), max_size=300))
def test_sentences_cover_all_that_is_not_space(text: str) -> None:
    found = sentences(document(text))
    at = 0
    for sentence in found:
        assert not text[at : sentence.start].strip()
        assert sentence.start < sentence.end
        at = sentence.end
    assert not text[at:].strip()
