"""The same article under another roof: overlap of five-word shingles of the main text."""

from __future__ import annotations

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable

from foedus.domain.documents import Document

_SHINGLE = 5
_SHARE = 0.8
_FEWEST = 12
_MOST_WORDS = 50_000
_SAMPLED = 4
_CROWDED = 500
_WORD = re.compile(r"\w+")


def same_article(a: Document, b: Document) -> bool:
    """True where four fifths of the shorter main text's shingles stand in the longer one.

    Titles, bylines and page furniture play no part; neither do case and punctuation. Texts
    under 16 words are the same only if they are equal word for word.
    """
    return same_shingles(shingles(a), shingles(b))


def find_republished(documents: Iterable[Document]) -> dict[str, str]:
    """Map each republished document's id to the id of the earliest one of the same article.

    The earliest is the one with the earliest known date; undated ones follow, all in the order
    given. Copies with the same id are one document.
    """
    ordered = sorted(
        {document.id: document for document in reversed(list(documents))}.values(),
        key=lambda document: (
            document.date is None,
            document.date.last.toordinal() if document.date is not None else 0,
        ),
    )
    found: dict[str, str] = {}
    known: dict[str, frozenset[int]] = {}
    index: defaultdict[int, list[str]] = defaultdict(list)
    for document in ordered:
        own = shingles(document)
        sample = [value for value in own if value % _SAMPLED == 0] or list(own)
        shared = Counter(key for value in sample for key in index[value])
        for key, _ in shared.most_common():
            if same_shingles(own, known[key]):
                found[document.id] = key
                break
        else:
            known[document.id] = own
            for value in sample:
                if len(index[value]) < _CROWDED:
                    index[value].append(document.id)
    return found


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
    """Whether four fifths of the fewer shingles stand among the others; see `same_article`."""
    if not a or not b:
        return False
    shorter = min(len(a), len(b))
    if shorter < _FEWEST:
        return a == b
    return len(a & b) >= _SHARE * shorter
