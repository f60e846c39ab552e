"""How much one document may cost before it is refused by name."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Caps on one file: bytes as stored, characters of text and of one line, lines, pages,
    unpacking ratio.

    `html_bytes` counts a page without the pictures that are written into it.
    """

    file_bytes: int = 200_000_000
    html_bytes: int = 5_000_000
    json_bytes: int = 50_000_000
    text_chars: int = 60_000_000
    line_chars: int = 20_000_000
    lines: int = 2_000_000
    passages: int = 200_000
    pdf_pages: int = 2_000
    unpacked_bytes: int = 100_000_000
    unpacked_ratio: int = 200


DEFAULT = Limits()
