"""The maintainers' documents: what is coded by hand lies in the main text, furniture does not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from foedus.domain.documents import Document
from foedus.evidence.reader import read_documents
from foedus.evidence.sentences import sentences

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def documents(shared: Path) -> list[Document]:
    found = list(read_documents([shared / "documents"]))
    return [item for item in found if isinstance(item, Document)]


def test_all_are_read_with_title_and_honest_date(documents: list[Document]) -> None:
    known = [(str(item.date) if item.date else None, item.date_basis) for item in documents]
    assert known == [("2025-02-12", "dateline"), ("2025-07-22", "dateline"), (None, "unknown")]
    assert [item.title.split()[0] for item in documents if item.title] == ["The", "How", "Russia"]
    assert [item.language for item in documents] == ["en"] * 3
    assert documents[2].publisher == "The Moscow Times"


def test_hand_coded_spans_lie_inside_passages_and_few_sentences(
    documents: list[Document], shared: Path
) -> None:
    document = documents[0]
    found = sentences(document)
    lines = (shared / "gold" / "seed_000.jsonl").read_text("utf-8").splitlines()
    assert len(lines) == 40
    for claim in map(json.loads, lines):
        start, end = claim["start"], claim["end"]
        assert document.text[start:end] == claim["quote"]
        assert any(p.start <= start and end <= p.end for p in document.passages)
        assert 1 <= sum(s.start < end and start < s.end for s in found) <= 2


def test_furniture_is_in_no_passage(documents: list[Document]) -> None:
    words = (
        "Share", "Comments", "actual comment", "Stephanopoulos", "submission", "WHAT ARE YOU",
        "Views:", "hyperlink", "Follow us", "Related article", "kremlin.ru", "do not necessarily",
        "Analytical materials",
    )  # fmt: skip
    for document in documents:
        for passage in document.passages:
            quote = document.text[passage.start : passage.end]
            assert not [word for word in words if word in quote]
    assert [len(item.passages) for item in documents] == [14, 9, 14]
