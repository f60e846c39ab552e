"""Words broken at a line's end or by recognition are read whole; quotes stay as they stand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_reader import read_one

from foedus.catalog.actors import NameEntry
from foedus.domain.documents import Document
from foedus.evidence.broken_words import whole
from foedus.evidence.coder import code_document
from foedus.evidence.formats.pdf import without_running_lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a commit-\nment", "a commitment"),
        ("a commit\u2010\r\n  ment", "a commitment"),
        ("sup\u00adport o\ufb03cials", "support officials"),
        ("Ukrai-\nnian", "Ukrainian"),
        ("air-\ndefence", "air-defence"),
        ("Moscow-\nbacked", "Moscow-backed"),
        ("Anglo-\nAmerican 2025-\n26 - a", "Anglo-\nAmerican 2025-\n26 - a"),
        ("plain", "plain"),
    ],
)
def test_words_are_joined_and_compounds_kept(text: str, expected: str) -> None:
    assert whole(text)[0] == expected


@given(st.text(alphabet="ab-\n\u00ad\u2010\ufb01\u200b Z"))
def test_offsets_lead_back_to_the_same_letters(text: str) -> None:
    joined, places = whole(text)
    if places is None:
        assert joined == text
        return
    assert len(places) == len(joined)
    assert places == sorted(places)
    for letter, place in zip(joined, places, strict=True):
        assert text[place] == letter or text[place] in "-\u2010\ufb01"


@pytest.mark.parametrize(
    "text",
    [
        "Russia deliv-\nered new weap-\nons to Iran in the spring.",
        "Rus-\nsia delivered new weapons to Iran in the spring.",
        "Russia deliv\u00adered new wea\u00adpons to I\u00adran in the spring.",
        "Russia\u200b delivered\u200b new weapons\u200b to Iran\u200b in the spring.",
    ],
)
def test_claims_are_found_in_broken_words_with_the_words_as_they_stand(
    names: tuple[NameEntry, ...], written: Callable[..., Document], text: str
) -> None:
    (claim,) = code_document(written(text), names)
    assert (claim.act, claim.source, claim.target) == ("deliver", ("RUS",), ("IRN",))
    assert claim.quote == text[claim.start : claim.end]
    assert claim.quote.startswith("Rus")


def test_a_pdf_keeps_its_broken_lines(tmp_path: Path) -> None:
    from test_reader import pdf_bytes

    lines = [
        "The ministry said that Russia never deliv-",
        "ered the aircraft that it sold to Iran.",
    ]
    document = read_one(tmp_path / "a.pdf", pdf_bytes(lines))
    assert "deliv-\nered" in document.text


def test_running_heads_and_page_numbers_are_left_out_of_a_pdf() -> None:
    pages = [f"Quarterly Brief {at}\nText of page {at} goes\nPage {at} of 9" for at in range(1, 6)]
    assert without_running_lines(pages) == [f"Text of page {at} goes" for at in range(1, 6)]
    assert without_running_lines(pages[:2]) == pages[:2]
    assert without_running_lines(["", "", "", ""]) == ["", "", "", ""]
