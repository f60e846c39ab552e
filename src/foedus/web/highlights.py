"""A document's text cut where claims begin and end, so that each stretch knows its claims."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from foedus.domain.claims import Claim
from foedus.domain.documents import Document


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that the same claims quote (none: plain text). `begins` names those that begin here."""

    words: str
    claims: tuple[str, ...]
    begins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One stretch after another; `main` is false for page furniture outside the passages."""

    stretches: tuple[Stretch, ...]
    main: bool


def paragraphs(document: Document, claims: Sequence[Claim]) -> list[Paragraph]:
    """The whole text in order: every character is in exactly one stretch."""
    found = []
    at = 0
    for passage in document.passages:
        if passage.start > at:
            found += _furniture(document.text, at, passage.start)
        if passage.end > max(at, passage.start):
            start = max(at, passage.start)
            found.append(Paragraph(_cut(document.text, start, passage.end, claims), main=True))
            at = passage.end
    return found + _furniture(document.text, at, len(document.text))


def _furniture(text: str, start: int, end: int) -> list[Paragraph]:
    words = text[start:end]
    if not words.strip():
        return []
    return [Paragraph((Stretch(words, (), ()),), main=False)]


def _cut(text: str, start: int, end: int, claims: Sequence[Claim]) -> tuple[Stretch, ...]:
    inside = [claim for claim in claims if claim.start < end and claim.end > start]
    marks = {start, end}
    for claim in inside:
        marks |= {max(start, claim.start), min(end, claim.end)}
    edges = sorted(marks)
    return tuple(
        Stretch(
            text[left:right],
            tuple(c.claim_id for c in inside if c.start <= left and c.end >= right),
            tuple(c.claim_id for c in inside if c.start == left),
        )
        for left, right in pairwise(edges)
    )
