"""What a format hands on: text, its blocks where the format marks them, stated metadata."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

BlockKind = Literal["line", "paragraph", "heading", "item", "aside"]
"""`line` is untyped text; `aside` is known not to be main text."""


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text (`start` to `end`, code points, end exclusive) that stands together."""

    start: int
    end: int
    kind: BlockKind = "line"


@dataclass(frozen=True, slots=True)
class Stated:
    """Metadata as the file words it. `date_is_publication` is false for a date of creation."""

    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    date: str | None = None
    date_is_publication: bool = True
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Extracted:
    """One document's text. `blocks` is null where the format marks none."""

    text: str
    media_type: str
    blocks: tuple[Block, ...] | None = None
    stated: Stated = field(default_factory=Stated)


def lay_out(pieces: list[tuple[str, BlockKind]]) -> tuple[str, tuple[Block, ...]]:
    """Join pieces by blank lines; return the text and each piece's block in it."""
    blocks: list[Block] = []
    parts: list[str] = []
    at = 0
    for piece, kind in pieces:
        stripped = piece.strip()
        if not stripped:
            continue
        if parts:
            at += 2
        blocks.append(Block(at, at + len(stripped), kind))
        parts.append(stripped)
        at += len(stripped)
    return "\n\n".join(parts), tuple(blocks)
