"""Main text apart from page furniture: which blocks are passages, which is the title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from foedus.domain.documents import Passage
from foedus.evidence.datelines import is_date_line
from foedus.evidence.formats.extracted import Block
from foedus.evidence.furniture_patterns import (
    bare,
    is_byline,
    is_byline_opening,
    is_disclaimer,
    is_furniture,
    opens_comments,
    opens_related,
)
from foedus.evidence.paragraphs import ends_sentence

Role = Literal["prose", "item", "heading", "furniture", "date", "byline", "comments", "related",
               "closing"]  # fmt: skip

_ITEM = re.compile(r"\s*(?:[-*+•▪·◦–]|\(?\d{1,2}[.)])\s+\S")
_FIELD = re.compile(
    r"(?:title|subject|re|date|dated|from|to|cc|by|author|source|publisher|published|url|link|"
    r"classification|distribution|location|place|sent)\s*:\s*\S",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?:[A-ZÀ-ÝА-Я][\w.'’-]*\s*(?:and |& )?){1,6}")
_CLOSER = re.compile(r"©|\bviews?\s*:|copyright|all rights reserved", re.IGNORECASE)
_SAMPLE = 4_000
_LEAD_WORDS = 12
_RESUME_WORDS = 25
_BODY_WORDS = 40
_NO_STOP_WORDS = 20


@dataclass(frozen=True, slots=True)
class Layout:
    """A document's passages, its title's span, and the blocks above and around them."""

    passages: tuple[Passage, ...]
    title: tuple[int, int] | None
    asides: tuple[tuple[int, int], ...]


@dataclass(slots=True)
class _Part:
    block: Block
    text: str
    words: int
    role: Role


def lay_out(text: str, blocks: Sequence[Block]) -> Layout:
    """Tell main text from furniture among `blocks`; offsets stay those of `text`.

    Order decides as much as wording: a menu stands above the headline, a comment section or
    a block of other articles ends the text unless full paragraphs follow it.
    """
    parts = _parts(text, blocks)
    if not any(part.role in {"prose", "item"} for part in parts):
        _take_headings_as_prose(parts)
    lead = _lead(parts)
    title = _title(parts, lead)
    if title is not None:
        for part in parts[title[0] : title[1]]:
            part.role = "heading"
    kept = _keep(parts, lead, title)
    passages = tuple(
        Passage(start=part.block.start, end=part.block.end)
        for index, part in enumerate(parts)
        if index in kept
    )
    asides = tuple(
        (part.block.start, part.block.end)
        for index, part in enumerate(parts)
        if index not in kept and part.role not in {"prose", "item"}
    )
    span = (
        (parts[title[0]].block.start, parts[title[1] - 1].block.end) if title is not None else None
    )
    return Layout(passages, span, asides)


def _parts(text: str, blocks: Sequence[Block]) -> list[_Part]:
    parts: list[_Part] = []
    fenced = matter = False
    for index, block in enumerate(blocks):
        sample = text[block.start : min(block.end, block.start + _SAMPLE)]
        tail = text[max(block.start, block.end - 40) : block.end]
        part = _Part(block, sample, len(sample.split()), "prose")
        fence = sample.startswith("```")
        fenced ^= fence
        if index == 0 and text[: block.start].strip("\ufeff \n\r") == "---":
            matter = True
        if fenced or fence or matter or block.kind == "aside":
            part.role = "furniture"
        else:
            part.role = _role(part, tail, parts[-1] if parts else None)
        if matter and "\n---" in text[block.end : block.end + 6].replace("\r", ""):
            matter = False
        parts.append(part)
    return parts


def _role(part: _Part, tail: str, above: _Part | None) -> Role:
    sample = part.text
    whole = part.block.end - part.block.start <= len(sample)
    if not whole:
        return "prose"
    if opens_comments(sample):
        return "comments"
    if opens_related(sample):
        return "related"
    if is_date_line(sample):
        return "date"
    if is_byline(sample):
        return "byline"
    if above is not None and is_byline_opening(above.text) and _NAME.fullmatch(bare(sample)):
        return "byline"
    if is_furniture(sample):
        return "closing" if _CLOSER.search(sample) else "furniture"
    if part.block.kind == "heading" or re.match(r"#{1,6} ", sample):
        return "heading"
    if sample.startswith((">", "|")):
        return "prose" if sample.startswith(">") and part.words >= 6 else "furniture"
    return _prose_or_heading(part, tail)


def _prose_or_heading(part: _Part, tail: str) -> Role:
    sample = part.text
    if _FIELD.match(sample) and part.words <= 30:
        return "heading"
    if _ITEM.match(sample) and part.words >= 5:
        return "item"
    shouted = sample[:300].isupper()
    stops = ends_sentence(re.sub(r"[*_\s]+$", "", tail))
    emphasised = re.fullmatch(r"\*\*[^*]+\*\*:?|__[^_]+__:?", sample.strip()) is not None
    if emphasised or (shouted and part.words <= _NO_STOP_WORDS):
        return "heading"
    if stops:
        return "prose" if part.words >= 3 else "heading"
    if part.block.kind in {"paragraph", "item"} and part.words >= 8:
        return "prose"
    return "prose" if part.words >= _NO_STOP_WORDS else "heading"


def _take_headings_as_prose(parts: Sequence[_Part]) -> None:
    """A text that is one unstopped line, as in a feed, is its own main text."""
    for part in parts:
        if part.role == "heading" and part.words >= 4 and _FIELD.match(part.text) is None:
            part.role = "prose"


def _lead(parts: Sequence[_Part]) -> int:
    """Index of the first full paragraph; of the first prose where none is full."""
    prose = [index for index, part in enumerate(parts) if part.role == "prose"]
    for index in prose:
        part = parts[index]
        asks = bare(part.text).endswith(("?", "!")) and part.words <= 25
        if part.words >= _LEAD_WORDS and not asks:
            return index
    return prose[0] if prose else len(parts)


def _title(parts: Sequence[_Part], lead: int) -> tuple[int, int] | None:
    """The parts (first, past the last) that hold the title, all above the lead.

    The first headline of the last run of headline-like lines: menus end a run.
    """
    for index, part in enumerate(parts[: lead + 1]):
        if part.role == "heading" and part.text.startswith("# "):
            return index, index + 1
        if part.role == "heading" and re.match(r"(?:title|subject)\s*:", part.text, re.I):
            return index, index + 1
    found: int | None = None
    fresh = True
    for index, part in enumerate(parts[:lead]):
        asks = part.role == "prose" and part.words <= 25 and bare(part.text).endswith(("?", "!"))
        if (part.role == "heading" or asks) and _FIELD.match(part.text) is None:
            if part.words >= 3 or (part.block.kind == "heading" and part.words >= 2):
                found = index if fresh else found
                fresh = False
            elif part.block.kind != "heading":
                fresh = True
        elif part.role == "furniture":
            fresh = fresh or part.words <= 2
    return (found, found + 1) if found is not None else None


def _keep(parts: Sequence[_Part], lead: int, title: tuple[int, int] | None) -> set[int]:
    kept: set[int] = set()
    words = 0
    need = 0
    left = sum(part.words for part in parts if part.role == "prose")
    last = _last_full(parts)
    for index, part in enumerate(parts):
        left -= part.words if part.role == "prose" else 0
        if part.role in {"prose", "item"}:
            if index < lead and (part.words < 8 or (title is not None and index < title[0])):
                continue
            if part.words < need or (
                words >= _BODY_WORDS and index > last and is_disclaimer(part.text)
            ):
                continue
            need = 0
            kept.add(index)
            words += part.words
        elif words >= _BODY_WORDS and part.role in {"comments", "related", "closing", "byline"}:
            need = _RESUME_WORDS
            if part.role == "comments" and left < words:
                break
    return kept


def _last_full(parts: Sequence[_Part]) -> int:
    """Index of the last full paragraph that is no notice; notices close the text below it."""
    for index in range(len(parts) - 1, -1, -1):
        part = parts[index]
        if part.role == "prose" and part.words >= _RESUME_WORDS and not is_disclaimer(part.text):
            return index
    return -1
