"""A document: the stored text that quotes are cut from, and what is known about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from foedus.domain.dates import DateSpan
from foedus.domain.frozen import Frozen

DateBasis = Literal["metadata", "dateline", "text", "file name", "given by the user", "unknown"]


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch (`start` to `end`, code points, end exclusive) of main text: one paragraph.

    A large document has tens of thousands, hence the small class.
    """

    start: int
    end: int


class Document(Frozen):
    """One document as read.

    `id` is the first 16 hex digits of the SHA-256 of the file's bytes. `text` is what offsets
    count in: for a text file its decoded content unchanged, for other kinds the extracted
    text. `passages` are the paragraphs of the main text; page furniture lies outside them.
    `same_as` is the id of an earlier document that this one republishes.
    """

    id: str
    name: str
    media_type: str
    text: str
    passages: tuple[Passage, ...]
    title: str | None
    publisher: str | None
    author: str | None
    date: DateSpan | None
    date_basis: DateBasis
    language: str | None
    same_as: str | None = None


class DocumentHead(Frozen):
    """What is known about a document, without its text; see `Document`."""

    id: str
    name: str
    media_type: str
    title: str | None
    publisher: str | None
    author: str | None
    date: DateSpan | None
    date_basis: DateBasis
    language: str | None
    same_as: str | None = None
