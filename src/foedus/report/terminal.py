"""Blocks on a terminal: readable at 80 columns, without colour, and when piped to a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from foedus.report.blocks import (
    Bar,
    Block,
    Bullets,
    Callout,
    Card,
    Chart,
    Columns,
    Details,
    Facts,
    Foreign,
    Heading,
    KeyFigures,
    Link,
    Masthead,
    Paragraph,
    Quote,
    Section,
    Strong,
    Table,
    Tone,
    inlines,
    joined,
    plain,
)
from foedus.report.blocks import Text as Words
from foedus.report.figures import capital
from foedus.report.plain_text import for_terminal
from foedus.report.source_text import web_address

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table as Grid
    from rich.text import Text

_TONES: dict[Tone, str] = {"plain": "bold", "accent": "bold cyan", "caution": "bold yellow"}
_BAR_WIDTH = 30
NARROWEST = 40
_STACKED_COLUMNS = 5
"""A table with more columns than this is printed row by row where lines are short."""
_SHORT_LINE = 100


def print_blocks(blocks: Sequence[Block]) -> None:
    """Print blocks to standard output; without colour where it is no terminal."""
    from rich.console import Console

    console = Console()
    if console.width < NARROWEST:
        console = Console(width=NARROWEST)
    render_terminal(blocks, console)


def render_terminal(blocks: Sequence[Block], console: Console) -> None:
    """Print every block, in order."""
    for block in blocks:
        _print(block, console, indent=0)


def _print(block: Block, console: Console, indent: int) -> None:
    from rich.rule import Rule

    match block:
        case Masthead():
            _masthead(block, console)
        case Section():
            console.print()
            console.print(Rule(_text(block.title, "bold"), align="left", style="dim"))
            for inner in block.blocks:
                _print(inner, console, indent)
        case Heading():
            console.print()
            _put(console, _text(block.text, "bold"), indent)
        case Paragraph():
            style = {"lead": "bold", "small": "dim"}.get(block.style, "")
            _put(console, _text(block.text, style), indent)
        case Bullets():
            for item in block.items:
                _put(console, _text(item), indent, first="– ")
        case Facts():
            _facts(block.items, console, indent)
        case KeyFigures():
            console.print()
            _facts(
                tuple((i.label, (Strong(i.value), f"; {i.detail}")) for i in block.items),
                console,
                indent,
            )
        case Table():
            _table(block, console, indent)
        case Chart():
            _chart(block, console, indent)
        case Quote():
            words = _text(("“", Foreign(block.words), "”"), "italic")
            _put(console, words, indent + 2)
            _put(console, _text(block.cite, "dim"), indent + 4)
        case Callout():
            title = _text(f"{block.title}. ", _TONES[block.tone])
            _put(console, title.append_text(_text(block.text)), indent)
        case Card():
            _card(block, console, indent)
        case Columns():
            _put(console, _text(block.title, "bold yellow"), indent)
            _card(block.left, console, indent + 2)
            _card(block.right, console, indent + 2)
        case Details():
            _details(block, console, indent)


def _text(words: Words, style: str = "") -> Text:
    from rich.style import Style
    from rich.text import Text

    text = Text(style=style)
    for part in inlines(words):
        match part:
            case str():
                text.append(for_terminal(part))
            case Link(label, href):
                text.append(for_terminal(label), Style(link=web_address(href)))
            case Strong(label):
                text.append(for_terminal(label), "bold")
            case _:
                text.append(for_terminal(part.text))
    return text


def _put(console: Console, item: Text, indent: int, first: str = "") -> None:
    """Print wrapped text without trailing spaces; `first` hangs before its first line."""
    from rich.text import Text

    indent += len(first)
    lines = item.wrap(console, max(20, console.width - indent))
    for number, line in enumerate(lines):
        line.rstrip()
        mark = first.rjust(indent) if number == 0 else " " * indent
        console.print(Text(mark).append_text(line), no_wrap=True, crop=False, overflow="ignore")


def _put_grid(console: Console, grid: Grid, indent: int) -> None:
    from rich.padding import Padding

    console.print(Padding(grid, (0, 0, 0, indent)))


def _masthead(block: Masthead, console: Console) -> None:
    console.print(_text(block.kicker, "dim"))
    console.print(_text(block.title, "bold cyan"))
    console.print(_text(" · ".join(f"{term} {words}" for term, words in block.facts)))


def _facts(items: tuple[tuple[str, Words], ...], console: Console, indent: int) -> None:
    from rich.table import Table as Grid

    grid = Grid.grid(padding=(0, 2, 0, 0))
    grid.add_column(max_width=max(18, console.width // 3), style="dim")
    grid.add_column()
    for term, words in items:
        grid.add_row(_text(term), _text(words))
    _put_grid(console, grid, indent)


def _card(block: Card, console: Console, indent: int) -> None:
    console.print()
    _put(console, _text(block.title, "bold"), indent)
    if block.tag:
        _put(console, _text(block.tag, _TONES[block.tone]), indent)
    if block.facts:
        _facts(block.facts, console, indent + 2)
    for inner in block.blocks:
        _print(inner, console, indent)


def _details(block: Details, console: Console, indent: int) -> None:
    if not block.terminal:
        words = f"+ {block.summary}: in the HTML report and with --json"
        _put(console, _text(words, "dim"), indent)
        return
    for inner in block.blocks:
        _print(inner, console, indent)


def _chart(block: Chart, console: Console, indent: int) -> None:
    from rich.table import Table as Grid
    from rich.text import Text

    console.print()
    _put(console, _text(block.title, "bold"), indent)
    grid = Grid.grid(padding=(0, 2, 0, 0))
    for bar in block.bars:
        marks = [_mark(cell, bar, block) for cell in range(_BAR_WIDTH)]
        grid.add_row(_text(capital(bar.label)), Text("".join(marks), "cyan"),
                     _text(bar.figure, "bold"))  # fmt: skip
    _put_grid(console, grid, indent + 2)
    if any(bar.low is not None for bar in block.bars):
        _put(console, _text("█ estimate  ─ 90% interval", "dim"), indent + 2)
    _table(block.table, console, indent)


def _mark(cell: int, bar: Bar, chart: Chart) -> str:
    first, last = sorted((bar.start, bar.value))
    middle = (cell + 0.5) / _BAR_WIDTH * chart.top
    if chart.line is not None and int(chart.line / chart.top * _BAR_WIDTH) == cell:
        return "│"
    if first <= middle <= last or (cell == 0 and first == 0 < last):
        return "█"
    low, high = bar.low, bar.high
    return "─" if low is not None and high is not None and low <= middle <= high else " "


def _table(block: Table, console: Console, indent: int) -> None:
    shown = block.rows if block.terminal_rows is None else block.rows[: block.terminal_rows]
    console.print()
    _put(console, _text(block.caption, "bold"), indent)
    long_cells = any(len(plain(cell)) > 40 for row in shown for cell in row)
    narrow = console.width < _SHORT_LINE and long_cells and len(block.columns) >= _STACKED_COLUMNS
    if narrow or len(block.columns) > _STACKED_COLUMNS + 1:
        _stacked(block, shown, console, indent)
    else:
        _grid(block, shown, console, indent)
    if len(shown) < len(block.rows):
        words = f"Showing {len(shown)} of {len(block.rows)}; all in the HTML report and --json."
        _put(console, _text(words, "dim"), indent)
    if block.note:
        _put(console, _text(block.note, "dim"), indent)


def _grid(block: Table, rows: Sequence[tuple[Words, ...]], console: Console, indent: int) -> None:
    from rich import box
    from rich.table import Table as Grid

    grid = Grid(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="dim")
    for column in block.columns:
        grid.add_column(
            _text(column.name),
            justify="right" if column.numeric else "left",
            overflow="fold",
        )
    for row in rows:
        grid.add_row(*(_text(cell) for cell in row))
    _put_grid(console, grid, indent)


def _stacked(
    block: Table, rows: Sequence[tuple[Words, ...]], console: Console, indent: int
) -> None:
    for row in rows:
        named = 1 if block.columns[1].numeric else 2
        _put(console, _text(joined(list(row[:named]), ", "), "bold"), indent)
        line = _text("")
        for column, cell in zip(block.columns[named:], row[named:], strict=True):
            if not plain(cell):
                continue
            line.append(" · " if line else "", "dim").append(f"{column.name}: ", "dim")
            line.append_text(_text(cell))
        _put(console, line, indent + 2)
