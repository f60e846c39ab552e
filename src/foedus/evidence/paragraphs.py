"""Lines to paragraphs: wrapped lines belong together, a blank line or a heading parts them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from foedus.evidence.datelines import is_date_line
from foedus.evidence.formats.extracted import Block
from foedus.evidence.furniture_patterns import (
    is_byline,
    is_furniture,
    opens_comments,
    opens_related,
)

_LINE = re.compile(r"([^\r\n\v\f\u2028\u2029]*)(\r\n|[\r\n\v\f\u2028\u2029]|\Z)")
_BULLET = re.compile(r"\s*(?:[-*+•▪·◦]|\(?\d{1,2}[.)])\s+\S")
_RULE = re.compile(r"\s*(?:([-*_=~#+])\s*)(?:\1\s*){2,}$")
_TERMINAL = re.compile(
    r"[.!?…。؟:;][\"”’»')\]*_\u200e\u200f\u202a-\u202e\u2066-\u2069]*(?:\[\d+\])?\s*$"
)
_SAMPLE_LINES = 3_000
_LONGEST_WRAP = 130
_LONGEST_SAMPLE = 2_000
_ANY = 0


def ends_sentence(line: str) -> bool:
    """True where `line` ends in a full stop, question mark, colon or the like."""
    return _TERMINAL.search(line[-20:]) is not None


def blocks(text: str, *, reflow: bool = False) -> Iterator[Block]:
    """Yield the paragraphs of untyped text, in order; headings and menus come line by line.

    `reflow` says that a line break alone never parts paragraphs, as in Markdown.
    """
    width = _ANY if reflow else wrap_width(text)
    start: int | None = None
    end = 0
    previous = ""
    words = 0
    for line_start, line_end in _lines(text):
        line = text[line_start : min(line_end, line_start + _LONGEST_SAMPLE)]
        blank = not line.strip() or _RULE.match(line) is not None
        if start is not None and (blank or not _joins(previous, line, width, words)):
            yield Block(start, end)
            start = None
        if blank:
            continue
        if start is None:
            start = line_start + len(line) - len(line.lstrip())
            words = 0
        words += len(line.split())
        previous = text[max(line_start, line_end - _LONGEST_SAMPLE) : line_end]
        end = line_end - len(previous) + len(previous.rstrip())
    if start is not None:
        yield Block(start, end)


def wrap_width(text: str) -> int | None:
    """Columns at which `text` is hard-wrapped, null where each line is a paragraph."""
    inner: list[int] = []
    total = long = 0
    previous: str | None = None
    for start, end in islice(_lines(text), _SAMPLE_LINES):
        length = end - start
        total += length
        long += length if length > 1.2 * _LONGEST_WRAP else 0
        line = text[start : min(end, start + _LONGEST_SAMPLE)].strip()
        if line and previous is not None and len(previous) >= 40:
            inner.append(len(previous))
        previous = (line if length <= _LONGEST_SAMPLE else line + " " * length) if line else None
    if len(inner) < 2 or long > 0.3 * total:
        return None
    inner.sort()
    width = inner[int(len(inner) * 0.9)] if len(inner) > 5 else inner[-1]
    near = sum(0.7 * width <= length <= 1.2 * width for length in inner)
    return width if width <= _LONGEST_WRAP and near >= 0.6 * len(inner) else None


def _lines(text: str) -> Iterator[tuple[int, int]]:
    for match in _LINE.finditer(text):
        if match.end() == match.start() and match.start() == len(text):
            return
        yield match.span(1)


def _joins(previous: str, line: str, width: int | None, words: int) -> bool:
    before, after = previous.strip(), line.strip()
    if _stands_alone(before) or _stands_alone(after):
        return False
    closed = ends_sentence(before)
    if _BULLET.match(line) and (
        closed or not width or after[0] in "*•▪·◦+" or _BULLET.match(previous)
    ):
        return False
    letter = next((char for char in after if char.isalnum()), "")
    if letter.islower() and not closed and words >= 4:
        return True
    if width is None:
        return False
    if width == _ANY:
        return True
    if closed and len(line) - len(line.lstrip()) >= 2 and not previous.startswith("  "):
        return False
    first_word = len(after.split(maxsplit=1)[0])
    if len(before) + 1 + first_word > 0.75 * width:
        return True
    return 4 <= words <= 12 and not closed and len(after) < 0.6 * width and not ends_sentence(after)


def _stands_alone(line: str) -> bool:
    if line.startswith("#") and line.lstrip("#").startswith(" "):
        return True
    if line.startswith(("|", "```", ">")):
        return True
    return len(line) <= 120 and _is_apart(line)


@lru_cache(4096)
def _is_apart(line: str) -> bool:
    """Each line is asked about twice, as the one before and the one after."""
    return (
        is_date_line(line)
        or is_furniture(line)
        or is_byline(line)
        or opens_comments(line)
        or opens_related(line)
    )
