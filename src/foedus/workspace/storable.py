"""What no database keeps: NUL characters and lone surrogates. Both back ends refuse them alike."""

from __future__ import annotations

from typing import Any


def unstorable(value: Any) -> str | None:
    """Why `value` (JSON-like, of any depth) cannot be stored, or null where it can be."""
    if isinstance(value, str):
        return _in_text(value)
    if isinstance(value, dict):
        return next(
            filter(None, (unstorable(part) for pair in value.items() for part in pair)), None
        )
    if isinstance(value, list | tuple | set | frozenset):
        return next(filter(None, map(unstorable, value)), None)
    return None


def printable(text: str) -> str:
    """`text` with lone surrogates and NUL written out, so that a message can hold it."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8").replace("\0", "\\x00")


def _in_text(text: str) -> str | None:
    if (place := text.find("\0")) >= 0:
        return f"a NUL character at position {place} of {_shown(text)}"
    if text.isascii():
        return None
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        return (
            f"half of a surrogate pair ({text[error.start]!a}) at position {error.start} of"
            f" {_shown(text)}"
        )
    return None


def _shown(text: str) -> str:
    return printable(repr(text if len(text) <= 40 else text[:40] + "..."))
