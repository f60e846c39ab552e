"""One spelling for names that differ only in case, accents, punctuation or a leading article."""

from __future__ import annotations

import re
import unicodedata

_LETTERS = str.maketrans(
    {"ı": "i", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ł": "l", "Ł": "l", "æ": "ae", "Æ": "ae"}
    | {"œ": "oe", "Œ": "oe", "&": " and "}
    | dict.fromkeys(".'’‘ʼʻ`´", "")
)
_SEPARATORS = re.compile(r"[\W_]+")


def fold(name: str) -> str:
    """The name in lower case, without accents, punctuation, double spaces or a leading "the"."""
    text = name.translate(_LETTERS)
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text)
        text = "".join(mark for mark in decomposed if not unicodedata.combining(mark))
    text = _SEPARATORS.sub(" ", text.casefold()).strip()
    return text.removeprefix("the ")
