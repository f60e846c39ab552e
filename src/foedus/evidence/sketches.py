"""Sketches: a small sample of a main text, by which copies are found among many documents.

Source: sampling by value of the hash, Broder (1997), On the resemblance and containment of
documents.
"""

from __future__ import annotations

import sys
from array import array
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date

from foedus.domain.documents import Document
from foedus.evidence.republished import same_shingles, shingles

_SAMPLED = 8
_FEWEST = 8
_WORTH_A_LOOK = 0.4
_CROWDED = 500
_KEPT_WHOLE = 64


def sketch(document: Document) -> bytes:
    """Every eighth (by value) five-word run of the main text as four bytes each, in order.

    A text with fewer than eight of those keeps them all. Empty for a text without words.
    """
    whole = shingles(document)
    sample = [value for value in whole if value % _SAMPLED == 0]
    return _packed(sorted(sample if len(sample) >= _FEWEST else whole))


def find_copies(
    sketches: Mapping[str, bytes],
    days: Mapping[str, date | None],
    load: Callable[[str], Document],
) -> dict[str, str]:
    """Map each republished document's id to the id of the earliest one of the same article.

    Only documents whose sketches meet are loaded and compared, two at a time, so memory does not
    grow with the texts. `days` gives each document's last possible day; the earliest has the
    earliest one, undated ones follow, all in order of id.
    """
    whole = _Whole(load)
    known: dict[str, int] = {}
    index: defaultdict[int, list[str]] = defaultdict(list)
    found: dict[str, str] = {}
    for key in sorted(sketches, key=lambda one: (days[one] is None, days[one] or date.max, one)):
        values = _unpacked(sketches[key])
        sampled = sum(value % _SAMPLED == 0 for value in values)
        shared = Counter(other for value in values for other in index.get(value, ()))
        for other, count in shared.most_common():
            if count < _WORTH_A_LOOK * min(sampled, known[other]):
                continue
            if same_shingles(whole(key), whole(other)):
                found[key] = other
                break
        else:
            known[key] = sampled
            for value in values:
                if len(index[value]) < _CROWDED:
                    index[value].append(key)
    return found


class _Whole:
    """All shingles of the documents that were compared last."""

    def __init__(self, load: Callable[[str], Document]) -> None:
        self._load = load
        self._kept: OrderedDict[str, frozenset[int]] = OrderedDict()

    def __call__(self, key: str) -> frozenset[int]:
        if key not in self._kept:
            self._kept[key] = shingles(self._load(key))
            if len(self._kept) > _KEPT_WHOLE:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return self._kept[key]


def _packed(values: Iterable[int]) -> bytes:
    numbers = array("I", values)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()


def _unpacked(content: bytes) -> array[int]:
    numbers = array("I")
    numbers.frombytes(content)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
