"""`foedus assess`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

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
