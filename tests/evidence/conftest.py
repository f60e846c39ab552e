"""A short hand list of names and a way to make documents from plain text."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import cast

import pytest

from foedus.catalog.actors import NameEntry
from foedus.domain.actors import NameRole
from foedus.domain.claims import Claim
from foedus.domain.dates import DateSpan
from foedus.domain.documents import Document, Passage
from foedus.evidence.coder import code_document

_NAMES = Path(__file__).parent / "names.tsv"


@pytest.fixture(scope="session")
def names() -> tuple[NameEntry, ...]:
    """Some eighty names of thirty actors."""
    with _NAMES.open(encoding="utf-8", newline="") as file:
        return tuple(
            NameEntry(row[0], row[1], cast(NameRole, row[2]), len(row) > 3)
            for row in csv.reader(file, delimiter="\t")
        )


@pytest.fixture(scope="session")
def written() -> Callable[..., Document]:
    """A document of one passage, or of those given as (start, end)."""

    def make(
        text: str,
        on: date | None = date(2025, 2, 12),
        passages: tuple[tuple[int, int], ...] | None = None,
        **fields: str | None,
    ) -> Document:
        spans = passages if passages is not None else ((0, len(text)),)
        return Document(
            id=fields.get("id") or "0123456789abcdef",
            name="note.txt",
            media_type="text/plain",
            text=text,
            passages=tuple(Passage(start=start, end=end) for start, end in spans),
            title=fields.get("title"),
            publisher=None,
            author=None,
            date=DateSpan(first=on, last=on) if on else None,
            date_basis="metadata" if on else "unknown",
            language="en",
            same_as=fields.get("same_as"),
        )

    return make


@pytest.fixture(scope="session")
def coded(
    names: tuple[NameEntry, ...], written: Callable[..., Document]
) -> Callable[[str], list[Claim]]:
    """The claims of a text that are not abstained."""

    def code(text: str) -> list[Claim]:
        return [one for one in code_document(written(text), names) if not one.abstained]

    return code
