"""`foedus assess` and `foedus read`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from foedus.cli.options import AsOf, Json, Mine, Workspace, note, progress, show, write


def assess(
    guarantor: str,
    beneficiary: str,
    /,
    *,
    challenger: str | None = None,
    as_of: AsOf = None,
    read: Annotated[tuple[str, ...], Parameter(consume_multiple=True, negative="")] = (),
    workspace: Workspace = None,
    mine: Mine = True,
    rule: str = "foedus-rung",
    stress: Annotated[bool, Parameter(negative="")] = False,
    out: Path | None = None,
    json: Json = False,
) -> None:
    """What GUARANTOR would deliver if BENEFICIARY is attacked.

    Parameters
    ----------
    guarantor
        State or organisation that would give: name, former name, capital or code.
    beneficiary
        State that would be attacked.
    challenger
        Who attacks. Without it the answer is averaged over likely challengers.
    read
        Files and folders to read into the workspace first.
    rule
        Fulfilment rule of the record's rates.
    stress
        Also run a small stress test: the beneficiary is attacked, and what follows.
    out
        Also write the report to this file: HTML, or PDF where its name ends in .pdf.
    """
    import foedus

    if out is not None:
        from foedus.report.html import check_target

        check_target(out)
    with progress(bool(read)) as report:
        result = foedus.assess(
            guarantor,
            beneficiary,
            challenger=challenger,
            as_of=as_of,
            read=read,
            workspace=workspace,
            mine=mine,
            rule=rule,
            progress=report,
            stress=stress,
        )
    if json:
        from foedus.report.machine import to_json

        write(to_json(result))
    else:
        from foedus.report.assessment_blocks import assessment_blocks

        show(assessment_blocks(result))
    for failure in result.evidence.failures:
        note(f"not read: {failure}")
    if out is not None:
        if out.suffix.lower() == ".pdf":
            from foedus.report.pdf import write_pdf

            write_pdf(result, out)
        else:
            from foedus.report.html import write_html

            write_html(result, out)
        note(f"report written to {out}")


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
