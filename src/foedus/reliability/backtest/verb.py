"""`foedus.backtest`: one scheme and variant, or calls kept apart."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from foedus.errors import InputError

if TYPE_CHECKING:
    from foedus.domain.backtests import Backtest
    from foedus.reliability.backtest.within_register import Progress


def backtest(
    scheme: str = "rolling",
    variant: str = "ex-ante",
    *,
    calls: str | Path | None = None,
    responses: str | Path | None = None,
    progress: Progress | None = None,
) -> Backtest:
    """Score the reliability model and its rivals on rows that they have not seen.

    `calls` and `responses` are files in the register's format: they are scored by the model
    fitted to the shipped data. `progress` gets a name, a number and the number of steps.

    Raises:
        InputError: an unknown scheme or variant, one file without the other, or files that
            cannot be scored.
    """
    if (calls is None) != (responses is None):
        raise InputError("Held-back calls need two files: give both --calls and --responses.")
    if calls is not None and responses is not None:
        from foedus.reliability.backtest.held_back import read_held_back, run_held_back

        if (scheme, variant) != ("rolling", "ex-ante"):
            raise InputError(
                "Held-back calls are scored by the shipped model, ex ante: leave --scheme and"
                " --variant out."
            )
        return run_held_back(read_held_back(calls, responses))
    from foedus.reliability.backtest.run import run

    return run(scheme, variant, progress)
