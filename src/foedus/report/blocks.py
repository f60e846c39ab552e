"""Blocks: the parts of a report, free of any output format. Each renderer knows every type."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Tone = Literal["plain", "accent", "caution"]


@dataclass(frozen=True, slots=True)
class Foreign:
    """Text that others wrote (a quote, a title): renderers isolate it from what stands around."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Words of ours that carry weight."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """Link text (others' words) and its address; only http and https addresses become links."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Defined:
    """Words of ours that have a definition under `key`; where pages define them, a link there."""

    text: str
    key: str


Inline = str | Foreign | Strong | Link | Defined
Text = str | tuple[Inline, ...]


def inlines(text: Text) -> tuple[Inline, ...]:
    """The pieces of a text, in order."""
    return (text,) if isinstance(text, str) else text


def plain(text: Text) -> str:
    """A text as one string, without weight or links."""
    return "".join(part if isinstance(part, str) else part.text for part in inlines(text))


def joined(parts: list[Text], separator: str) -> Text:
    """Several texts with a separator between them; empty ones are left out."""
    pieces: list[Inline] = []
    for part in parts:
        if not plain(part):
            continue
        if pieces:
            pieces.append(separator)
        pieces.extend(inlines(part))
    return tuple(pieces)


@dataclass(frozen=True, slots=True)
class Masthead:
    """The top of a report: its title, what it is, and the few facts that date it."""

    title: str
    kicker: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a section: level 3 or 4."""

    text: Text
    level: Literal[3, 4] = 3


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text: `lead` is large, `small` is an aside, `cite` keeps its own line breaks."""

    text: Text
    style: Literal["normal", "lead", "small", "cite"] = "normal"


@dataclass(frozen=True, slots=True)
class Bullets:
    """An unordered list."""

    items: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Terms and what is said of each."""

    items: tuple[tuple[str, Text], ...]


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One answer at a glance: `value` large, `detail` under it."""

    label: str
    value: str
    detail: str
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """A row of answers at a glance."""

    items: tuple[KeyFigure, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One table column; numeric ones are set right with figures of equal width."""

    name: str
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of texts under named columns; the first cell of a row names it.

    A terminal shows `terminal_rows` of the rows and says so, HTML folds those after
    `open_rows`; null shows all.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Text, ...], ...]
    note: str | None = None
    terminal_rows: int | None = None
    open_rows: int | None = None

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(
                    f"table {self.caption!r} has {len(self.columns)} columns, "
                    f"a row with {len(row)} cells"
                )


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: `value`, `low` and `high` in 0..1 (null: no whisker), and the figure printed.

    It runs from `start` to `value`, whichever is the larger.
    """

    label: str
    value: float
    low: float | None
    high: float | None
    figure: str
    start: float = 0.0


@dataclass(frozen=True, slots=True)
class Chart:
    """Horizontal bars with interval whiskers on an axis from 0 to `top`, and the equal table.

    `alternative` says in words what the picture shows; `line` draws a mark across all bars.
    """

    title: str
    alternative: str
    bars: tuple[Bar, ...]
    top: float
    table: Table
    line: float | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """Exact words of a document, and where they stand."""

    words: str
    cite: Text
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Callout:
    """Something the reader must not miss."""

    title: str
    text: Text
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Card:
    """One thing with a title, a tag that says the main point, its facts, and blocks under them."""

    title: Text
    tag: str | None
    tone: Tone = "plain"
    facts: tuple[tuple[str, Text], ...] = ()
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Columns:
    """Two things side by side, under one title."""

    title: str
    left: Card
    right: Card


@dataclass(frozen=True, slots=True)
class Details:
    """Blocks folded away in HTML; a terminal prints the summary, and the blocks if `terminal`."""

    summary: str
    blocks: tuple[Block, ...]
    terminal: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part of the report; `anchor` is unique in it."""

    anchor: str
    title: str
    blocks: tuple[Block, ...]


Block = (
    Masthead
    | Section
    | Heading
    | Paragraph
    | Bullets
    | Facts
    | KeyFigures
    | Table
    | Chart
    | Quote
    | Callout
    | Card
    | Columns
    | Details
)
