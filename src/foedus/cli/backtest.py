"""`foedus backtest`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from foedus.cli.options import Json, show, write

if TYPE_CHECKING:
    from collections.abc import Callable


def backtest(
    *,
    scheme: str = "rolling",
    variant: str = "ex-ante",
    calls: Annotated[
        str | None, Parameter(help="Held-back calls: CSV in the register's format.")
    ] = None,
    responses: Annotated[str | None, Parameter(help="The responses to them, likewise.")] = None,
    json: Json = False,
) -> None:
    """Score the reliability model and its rivals on rows that they have not seen.

    Parameters
    ----------
    scheme
        rolling, leave-one-call-out, leave-one-war-out or leave-one-guarantor-out.
    variant
        ex-ante, escalation-known or asked.
    """
    import foedus

    with _bar() as step:
        found = foedus.backtest(scheme, variant, calls=calls, responses=responses, progress=step)
    if json:
        write(found.model_dump_json(indent=2))
        return
    from foedus.report.backtest_blocks import backtest_blocks

    show(backtest_blocks(found))


class _bar:  # noqa: N801
    """A progress bar on standard error; silent where nobody looks."""

    def __enter__(self) -> Callable[[str, int, int], None] | None:
        if not sys.stderr.isatty():
            self._progress = None
            return None
        from rich.console import Console
        from rich.progress import Progress

        self._progress = Progress(console=Console(stderr=True), transient=True)
        self._progress.start()
        task = self._progress.add_task("Starting", total=1.0)

        def step(name: str, done: int, total: int) -> None:
            assert self._progress is not None
            self._progress.update(task, description=name, completed=done, total=total)

        return step

    def __exit__(self, *_: object) -> None:
        if self._progress is not None:
            self._progress.stop()
