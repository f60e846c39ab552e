"""Sentences of the main text, as offsets into the stored text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from foedus.domain.documents import Document

_WINDOW = 8_000
_LONGEST = 2_000
_STOP = re.compile(r"[.!?…。؟]")
_CUT = re.compile(r"[.!?…][\"”’»)\]]*\s+(?=[\"“‘«(\[]?[^\W\d_a-z])")
_CLEAR = re.compile(r"(?<=[a-z]{3})[.!?…][\"”’»]*\s+(?=[\"“‘«]?[A-Z])")
_SHORTENED = re.compile(
    r"(?:approx|dept|govt|capt|sept|esp|incl|messrs|prof|assn|natl|intl|corp|bros|cmdr|brig)\.$",
    re.IGNORECASE,
)
_DOUBTFUL = re.compile(r"[.!?…][\"”’»)\]]*\s+[^\sa-z]|[؟。]")
_DENSE = 8
_CLOSING = re.compile(r"[”’»)\]]+(?=\s|$)")
_ABBREVIATED = re.compile(
    r"(?:^|[\s(“\"‘])(?:Gen|Lt|Col|Maj|Capt|Cmdr|Adm|Sgt|Brig|Sen|Rep|Gov|Pres|Amb|Min|Sec|Dr|Mr|"
    r"Mrs|Ms|Prof|Rev|Hon|St|No|Nos|Art|Arts|vs|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
    r"\.$"
)
_INITIALS = re.compile(r"(?:^|[\s(“\"‘])(?:[A-Z]\.){2,}$")
_OPENERS = frozenset((
    "The", "A", "An", "It", "He", "She", "They", "We", "I", "In", "On", "At", "But", "And", "Or",
    "If", "As", "This", "That", "These", "Those", "There", "Its", "His", "Her", "Their", "For",
    "By", "With", "After", "Before", "When", "While", "Since", "However", "Yet", "So", "Not", "No",
    "Both", "Neither", "Some", "Many", "Most", "Such", "To", "From",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence (`start` to `end`, code points, end exclusive) of passage `passage_index`."""

    start: int
    end: int
    passage_index: int


def sentences(document: Document) -> list[Sentence]:
    """Split every passage into sentences, in order; a line break inside one is a space.

    A sentence never crosses a passage. Text without a stop is cut at a space after 2,000
    characters, so no input costs more than linear time.
    """
    found: list[Sentence] = []
    for index, passage in enumerate(document.passages):
        for start, end in _windows(document.text, passage.start, passage.end):
            window = re.sub(r"\s", " ", document.text[start:end])
            for left, right in _spans(window):
                found.append(Sentence(start + left, start + right, index))
    return found


def _windows(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > _WINDOW:
        cut = start + _WINDOW
        piece = text[start:cut]
        last = None
        for last in _CUT.finditer(piece, _WINDOW // 2):  # noqa: B007
            pass
        if last is not None:
            cut = start + last.end()
        else:
            space = max(piece.rfind(" "), piece.rfind("\n"))
            cut = start + space + 1 if space > _WINDOW // 2 else cut
        yield start, cut
        start = cut
    yield start, end


def _spans(window: str) -> Iterator[tuple[int, int]]:
    bounds = [0, *_boundaries(window), len(window)]
    for left, right in pairwise(bounds):
        yield from _capped(window, left, right)


def _boundaries(window: str) -> list[int]:
    """Offsets at which a new sentence begins.

    A stop after a plain word and before a capital ends a sentence; whatever lies between two
    of these and holds another stop is left to syntok, which is slower by far.
    """
    clear = [0]
    for match in _CLEAR.finditer(window):
        word = window[max(0, match.start() - 10) : match.start() + 1]
        if _SHORTENED.search(word) is None and not _ABBREVIATED.search(word):
            clear.append(match.end())
    bounds: list[int] = []
    for left, right in zip(clear, [*clear[1:], len(window)], strict=True):
        bounds.append(left)
        piece = window[left:right]
        if _DOUBTFUL.search(piece) is not None and len(_STOP.findall(piece)) * _DENSE < len(piece):
            bounds.extend(left + inner for inner in _doubtful(piece))
    return bounds[1:]


def _doubtful(window: str) -> list[int]:
    """Boundaries by syntok, mended for titles, initials and closing quotes."""
    from syntok import segmenter

    starts = [
        sentence[0].offset
        for sentence in segmenter.split(iter(_tokenizer().tokenize(window)))
        if sentence
    ]
    bounds: list[int] = []
    previous = 0
    for start in starts[1:]:
        closing = _CLOSING.match(window, start)
        if closing is not None:
            start = closing.end()
            start += len(window) - start - len(window[start:].lstrip())
        before = window[previous:start].rstrip()
        if not before or start >= len(window) or _runs_on(before, window[start : start + 40]):
            continue
        bounds.append(start)
        previous = start
    return bounds


def _runs_on(before: str, after: str) -> bool:
    if _ABBREVIATED.search(before[-12:]):
        return True
    if _INITIALS.search(before[-14:]):
        word = re.match(r"[\"“‘(]?(\w+)", after)
        return word is not None and word[1] not in _OPENERS
    return False


def _capped(window: str, left: int, right: int) -> Iterator[tuple[int, int]]:
    while left < right:
        end = right
        if right - left > _LONGEST:
            space = window.rfind(" ", left + _LONGEST // 2, left + _LONGEST)
            end = space if space > 0 else left + _LONGEST
        piece = window[left:end]
        start = left + len(piece) - len(piece.lstrip())
        stop = left + len(piece.rstrip())
        if start < stop:
            yield start, stop
        left = end


@cache
def _tokenizer() -> Any:
    from syntok.tokenizer import Tokenizer

    return Tokenizer(replace_not_contraction=False)
