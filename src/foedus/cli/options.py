"""What commands share: options, notes on standard error, and progress."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from contextlib import AbstractContextManager

    from foedus.assessment.reading import Progress
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
    """A spinner on standard error that names what is being done; silent where nobody looks."""
    from contextlib import contextmanager, nullcontext

    if not wanted or not sys.stderr.isatty():
        return nullcontext()

    @contextmanager
    def spinner() -> Iterator[Progress]:
        from rich.console import Console

        with Console(stderr=True).status("Starting") as status:
            yield lambda name: status.update(name)

    return spinner()
