"""What commands share: options, notes on standard error, and progress."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Protocol

from cyclopts import Parameter

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from contextlib import AbstractContextManager

    from foedus.report.blocks import Block

Workspace = Annotated[
    str | None,
    Parameter(help="Workspace file or PostgreSQL URL. Default: one file in your data folder."),
]
Json = Annotated[bool, Parameter(name="--json", negative="", help="JSON to standard output.")]
Mine = Annotated[
    bool,
    Parameter(
        name="--mine",
        negative="--without-mine",
        help="Use, or leave out, your own commitments, calls and responses.",
    ),
]
AsOf = Annotated[
    str | None,
    Parameter(help="YYYY-MM-DD, YYYY-MM or YYYY. Nothing later is used. Default: today."),
]


class Progress(Protocol):
    """Told what is at work, and, where it is known, how many of how many are done."""

    def __call__(self, name: str, done: int = 0, total: int = 0, /) -> None:
        """Show it."""


def note(text: str) -> None:
    """A line on standard error."""
    sys.stderr.write(f"foedus: {text}\n")


def write(text: str) -> None:
    """Text on standard output, ending in one line break."""
    sys.stdout.write(text.rstrip("\n") + "\n")


def show(blocks: Sequence[Block]) -> None:
    """Blocks on standard output."""
    from foedus.report.terminal import print_blocks

    print_blocks(blocks)


def progress(wanted: bool = True) -> AbstractContextManager[Progress | None]:
    """A bar on standard error with what is read and the time left; silent where nobody looks."""
    from contextlib import contextmanager, nullcontext

    if not wanted or not sys.stderr.isatty():
        return nullcontext()

    @contextmanager
    def bar() -> Iterator[Progress]:
        from rich import progress as rich_progress
        from rich.console import Console

        columns = (
            rich_progress.BarColumn(),
            rich_progress.MofNCompleteColumn(),
            rich_progress.TimeRemainingColumn(),
            rich_progress.TextColumn("{task.description}", markup=False),
        )
        with rich_progress.Progress(*columns, console=Console(stderr=True)) as shown:
            task = shown.add_task("Starting", total=None)

            def report(name: str, done: int = 0, total: int = 0, /) -> None:
                shown.update(task, description=name, completed=done, total=total or None)

            yield report

    return bar()
