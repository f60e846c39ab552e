"""`foedus stress`."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from foedus.cli.options import AsOf, Json, note, progress, show, write


def stress(
    scenario: str | None = None,
    /,
    *,
    guarantor: str | None = None,
    as_of: AsOf = None,
    horizon: str | None = None,
    runs: int = 100_000,
    seed: int = 1,
    level: Literal["dyad", "instrument"] = "dyad",
    workers: int | None = None,
    cluster: str | None = None,
    sensitivity: Literal["one", "sobol"] | None = None,
    out: Path | None = None,
    json: Json = False,
) -> None:
    """What happens to the network of commitments, without and with SCENARIO.

    Parameters
    ----------
    scenario
        Name of a shipped scenario, or a TOML file. Without it, the baseline alone.
    guarantor
        Show this guarantor and its commitments alone.
    horizon
        Years or quarters, as 5y or 6q. Default: the scenario's own, else 5y.
    runs
        Simulated futures, of the baseline and of the scenario each.
    seed
        The same seed gives the same numbers, however many workers share them.
    level
        `dyad`: a pair's texts end together; `instrument`: each on its own.
    workers
        Processes to run on. Default: one for each core.
    cluster
        Address of a Dask scheduler to run on instead.
    sensitivity
        `one` varies one judged parameter at a time, `sobol` all of them together.
    out
        Also write the report to this HTML file.
    """
    import os

    import foedus

    if out is not None:
        from foedus.report.html import check_target

        check_target(out)
    with progress() as report:
        result = foedus.stress_test(
            scenario,
            guarantor=guarantor,
            as_of=as_of,
            horizon=horizon,
            runs=runs,
            seed=seed,
            level=level,
            workers=workers or os.cpu_count() or 1,
            cluster=cluster,
            sensitivity=sensitivity,
            progress=report,
        )
    if json:
        write(result.model_dump_json(indent=2))
    else:
        from foedus.report.stress_blocks import stress_blocks

        show(stress_blocks(result))
    if result.runs < result.wanted:
        note(f"interrupted: these are {result.runs:,} of {result.wanted:,} runs")
    if out is not None:
        from foedus.report.stress_page import write_stress_html

        write_stress_html(result, out)
        note(f"report written to {out}")
