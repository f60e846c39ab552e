"""`foedus read` and `foedus quarantine`."""

from __future__ import annotations

from typing import Annotated, Literal

from cyclopts import Parameter

from foedus.cli.options import Json, Workspace, note, progress, show, write


def read(
    paths: Annotated[list[str], Parameter(negative="")],
    /,
    *,
    workers: int = 1,
    cluster: str | None = None,
    retry_quarantined: Annotated[bool, Parameter(negative="")] = False,
    workspace: Workspace = None,
    proposer: Literal["lexicon", "llm"] = "lexicon",
    show_prompt: Annotated[bool, Parameter(negative="")] = False,
    estimate: Annotated[bool, Parameter(negative="")] = False,
    budget: str | None = None,
    concurrency: int = 4,
    json: Json = False,
) -> None:
    """Read documents into the workspace and code claims from them.

    Parameters
    ----------
    paths
        Files, folders and web addresses.
    workers
        Processes that read and code at the same time.
    cluster
        Address of a Dask scheduler (tcp://HOST:8786) whose workers do it instead.
    retry_quarantined
        Try again the files that could not be read before.
    proposer
        `llm`: the model of your settings proposes claims too, beside the lexicon's.
    show_prompt
        Print what the model would be sent, and send nothing.
    estimate
        Print about how many tokens the model would take, and send nothing.
    budget
        Ask the model no further than this: tokens (200k) or dollars ($2.50).
    concurrency
        Questions to the model at a time.
    """
    import foedus

    if show_prompt:
        write(foedus.reading_prompt(paths))
        return
    if estimate:
        guess = foedus.reading_estimate(paths)
        if json:
            write(guess.model_dump_json(indent=2))
        else:
            from foedus.report.reading_blocks import estimate_blocks

            show(estimate_blocks(guess))
        return
    with progress() as report:
        result = foedus.read(
            paths,
            workspace=workspace,
            workers=workers,
            cluster=cluster,
            retry_quarantined=retry_quarantined,
            progress=report,
            proposer=proposer,
            budget=budget,
            concurrency=concurrency,
        )
    if json:
        write(result.model_dump_json(indent=2))
    else:
        from foedus.report.reading_blocks import reading_blocks

        show(reading_blocks(result))
    for failure in result.failures:
        note(f"not read: {failure}")
    if result.failures and not (result.added or result.known):
        raise SystemExit(2)


def quarantine(*, workspace: Workspace = None, json: Json = False) -> None:
    """List what could not be read into the workspace: why, how often tried, and when."""
    import foedus

    held = foedus.quarantine(workspace)
    if json:
        from json import dumps

        write(dumps([one.model_dump(mode="json") for one in held], indent=2))
        return
    from foedus.report.reading_blocks import quarantine_blocks

    show(quarantine_blocks(held))
