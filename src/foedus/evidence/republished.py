"""The same article under another roof: overlap of five-word shingles of the main text."""

from __future__ import annotations

import re
import zlib

from foedus.domain.documents import Document

_SHINGLE = 5
_SHARE = 0.8
_FEWEST = 12
_MOST_WORDS = 50_000
_WORD = re.compile(r"\w+")


def shingles(document: Document) -> frozenset[int]:
    """Hashes of the five-word runs of the first 50,000 words of the main text."""
    words: list[str] = []
    for passage in document.passages:
        text = document.text[passage.start : min(passage.end, passage.start + 10 * _MOST_WORDS)]
        words.extend(_WORD.findall(text.casefold()))
        if len(words) >= _MOST_WORDS:
            break
    words = words[:_MOST_WORDS]
    if len(words) < _SHINGLE:
        return frozenset({zlib.crc32(" ".join(words).encode())}) if words else frozenset()
    return frozenset(
        zlib.crc32(" ".join(words[at : at + _SHINGLE]).encode("utf-8", "replace"))
        for at in range(len(words) - _SHINGLE + 1)
    )


def same_shingles(a: frozenset[int], b: frozenset[int]) -> bool:
    """Whether four fifths of the fewer shingles stand among the others.

    Titles, bylines and page furniture play no part in shingles; neither do case and punctuation.
    Texts under 16 words are the same only if they are equal word for word.
    """
    if not a or not b:
        return False
    shorter = min(len(a), len(b))
    if shorter < _FEWEST:
        return a == b
    return len(a & b) >= _SHARE * shorter
