"""Copies found by sketches are those found by comparing every text with every other."""

from __future__ import annotations

import hashlib
import random
from datetime import date
from pathlib import Path

from foedus.domain.dates import DateSpan
from foedus.domain.documents import Document, Passage
from foedus.evidence.republished import same_shingles, shingles
from foedus.evidence.sketches import find_copies, sketch

PARTS = [
    part.strip()
    for path in sorted((Path(__file__).parents[1] / "gold" / "development").glob("*.txt"))
    for part in path.read_text("utf-8").split("\n\n")
    if len(part) > 120
]


def _document(text: str, day: date | None) -> Document:
    return Document(
        id=hashlib.sha256(f"{text}{day}".encode()).hexdigest()[:16], name="x.txt",
        media_type="text/plain", text=text, passages=(Passage(start=0, end=len(text)),), title=None,
        publisher=None, author=None, date=DateSpan(first=day, last=day) if day else None,
        date_basis="text" if day else "unknown", language="en",
    )  # fmt: skip


def _library() -> list[Document]:
    """Sixty articles, each with none to three copies: whole, cut by a tenth, or dressed up."""
    choose = random.Random(3)
    found = []
    for _ in range(60):
        text = "\n\n".join(choose.sample(PARTS, choose.randint(2, 6)))
        days = [date(2024, choose.randint(1, 12), choose.randint(1, 28)) for _ in range(4)]
        copies = [text, text[: len(text) * 9 // 10], f"From our correspondent.\n\n{text}", text]
        for copy, day in zip(copies[: choose.randint(1, 4)], days, strict=False):
            found.append(_document(copy, day if choose.random() < 0.9 else None))
    return sorted(found, key=lambda one: one.id)


def _compared(library: list[Document]) -> dict[str, str]:
    """Each copy's original, by comparing whole texts with each other in order of day and id."""
    whole: dict[str, frozenset[int]] = {}
    found: dict[str, str] = {}
    for one in sorted(library, key=lambda x: (not x.date, x.date and x.date.last, x.id)):
        own = shingles(one)
        shared = {
            key: len(own & other) for key, other in whole.items() if same_shingles(own, other)
        }
        if shared:
            found[one.id] = max(shared, key=lambda key: shared[key])
        else:
            whole[one.id] = own
    return found


def test_the_same_copies_are_found() -> None:
    library = _library()
    by_id = {one.id: one for one in library}
    loaded: list[str] = []

    def load(key: str) -> Document:
        loaded.append(key)
        return by_id[key]

    days = {one.id: None if one.date is None else one.date.last for one in library}
    found = find_copies({one.id: sketch(one) for one in library}, days, load)
    assert found == _compared(library)
    assert len(found) > 40
    assert len(set(loaded)) < len(library)


def test_a_sketch_is_small_and_the_same_each_time() -> None:
    one = _document(" ".join(PARTS), date(2024, 1, 1))
    assert sketch(one) == sketch(one)
    assert len(sketch(one)) < len(one.text) / 8
    assert sketch(_document("  ", None)) == b""
    assert len(sketch(_document("five words stand right here", None))) == 4
