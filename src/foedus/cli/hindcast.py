"""`foedus hindcast`."""

from __future__ import annotations

from foedus.cli.options import Json, progress, show, write


def hindcast(
    *,
    first: int = 1950,
    last: int = 2009,
    step: int = 1,
    runs: int = 500,
    seed: int = 1,
    workers: int | None = None,
    json: Json = False,
) -> None:
    """Run the stress model from past years and score it beside simpler forecasts.

    Parameters
    ----------
    first
        First origin.
    last
        Last origin.
    step
        Years between origins.
    runs
        Simulated futures from each origin.
    seed
        The same seed gives the same numbers.
    workers
        Processes to run on. Default: one for each core.
    """
    import os

    import foedus

    with progress() as report:
        found = foedus.hindcast(
            first=first,
            last=last,
            step=step,
            runs=runs,
            seed=seed,
            workers=workers or os.cpu_count() or 1,
            progress=report,
        )
    if json:
        write(found.model_dump_json(indent=2))
        return
    from foedus.report.hindcast_blocks import hindcast_blocks

    show(hindcast_blocks(found))
