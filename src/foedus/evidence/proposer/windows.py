"""Overlapping windows of whole sentences: what one question to a model holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from foedus.domain.documents import Document
from foedus.evidence.sentences import sentences

MOST_CHARACTERS = 6_000
OVERLAP = 3
_SAME_LENGTH = str.maketrans({
    **{chr(code): " " for code in range(0x3001) if chr(code).isspace()},
    "’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-", "—": "-",
    "‐": "-", "‑": "-",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Window:
    """Sentences as (number in the document, start, end); offsets are code points."""

    sentences: tuple[tuple[int, int, int], ...]

    @property
    def half(self) -> tuple[Window, Window] | None:
        """The window in two, or null where it is one sentence."""
        middle = len(self.sentences) // 2
        if middle == 0:
            return None
        return Window(self.sentences[:middle]), Window(self.sentences[middle:])


def windows(document: Document) -> Iterator[Window]:
    """Yield windows of at most 6,000 characters; each repeats the last 3 sentences before it."""
    row: list[tuple[int, int, int]] = []
    size = fresh = 0
    for number, sentence in enumerate(sentences(document), 1):
        length = sentence.end - sentence.start
        if fresh and size + length > MOST_CHARACTERS:
            yield Window(tuple(row))
            row = row[-OVERLAP:]
            while row and sum(end - start for _, start, end in row) + length > MOST_CHARACTERS:
                row.pop(0)
            size, fresh = sum(end - start for _, start, end in row), 0
        row.append((number, sentence.start, sentence.end))
        size, fresh = size + length, fresh + 1
    if fresh:
        yield Window(tuple(row))


def flat(text: str) -> str:
    """The text with line breaks as spaces and plain quotes and dashes; no offset moves."""
    return text.translate(_SAME_LENGTH)
