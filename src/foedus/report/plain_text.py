"""Other people's text made safe to print: control characters become visible."""

from __future__ import annotations

import re

_PICTURES = {code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n"}
_CONTROLS = _PICTURES | {0x7F: "␡"} | dict.fromkeys(range(0x80, 0xA0), "\N{REPLACEMENT CHARACTER}")
BIDI_CONTROLS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_BIDI = {ord(character): f"‹U+{ord(character):04X}›" for character in BIDI_CONTROLS}
_UNSTORABLE = re.compile(r"[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def visible(text: str) -> str:
    """Text without control characters or code points that HTML forbids: pictures stand there."""
    if text.isascii() and text.isprintable():
        return text
    return _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", text.translate(_CONTROLS))


def for_terminal(text: str) -> str:
    """`visible` text in which marks that reorder a line stand as `‹U+202E›`."""
    return visible(text).translate(_BIDI)
