"""`foedus rank`."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from foedus.cli.options import AsOf, Json, Mine, Workspace, show, write


def rank(
    *,
    guarantor: Annotated[str | None, Parameter(help="Whose commitments.")] = None,
    beneficiary: Annotated[str | None, Parameter(help="Commitments to whom.")] = None,
    everyone: Annotated[
        bool, Parameter(name="--all", negative="", help="Every defence promise in force.")
    ] = False,
    as_of: AsOf = None,
    workspace: Workspace = None,
    mine: Mine = True,
    json: Json = False,
) -> None:
    """Rank commitments by the probability of being left without help when called."""
    import foedus

    found = foedus.rank(
        guarantor, beneficiary, everyone=everyone, as_of=as_of, workspace=workspace, mine=mine
    )
    if json:
        write(found.model_dump_json(indent=2))
        return
    from foedus.report.rank_blocks import rank_blocks

    show(rank_blocks(found))
