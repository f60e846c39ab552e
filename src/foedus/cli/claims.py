"""`foedus claims`: claims out to files, and in from them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import App, Parameter

from foedus.cli.options import Json, Workspace, note, write
from foedus.cli.review_options import Reviewer

claims = App(name="claims", help="Export and import coded claims.")

Format = Annotated[
    Literal["jsonl", "csv", "jsonld"] | None,
    Parameter(help="Default: what the file's suffix says."),
]


@claims.command
def export(
    *,
    out: Path,
    format: Format = None,  # noqa: A002
    status: Annotated[tuple[str, ...], Parameter(consume_multiple=True, negative="")] = ("all",),
    document: str | None = None,
    without_abstained: Annotated[bool, Parameter(negative="")] = False,
    workspace: Workspace = None,
    json: Json = False,
) -> None:
    """Write claims with all their fields to a file.

    Parameters
    ----------
    out
        The file; it appears whole or not at all.
    status
        all, or only unreviewed, accepted, rejected, edited, merged.
    document
        Only claims of the document with this id.
    without_abstained
        Leave out claims under the coder's threshold.
    """
    import foedus
    from foedus.cli.review_prints import statuses

    count = foedus.claims.export(
        out, workspace, format=format, status=statuses(status), document=document,
        abstained=not without_abstained,
    )  # fmt: skip
    if json:
        from json import dumps

        write(dumps({"file": str(out), "claims": count}, indent=2))
    note(f"{count:,} claims written to {out}")


@claims.command(name="import")
def import_(
    file: Path,
    /,
    *,
    format: Format = None,  # noqa: A002
    coder: str | None = None,
    reviewer: Reviewer = None,
    workspace: Workspace = None,
    json: Json = False,
) -> None:
    """Import a FILE of claims: every row of it, or none.

    Parameters
    ----------
    file
        JSONL, CSV or JSON-LD as `foedus claims export` writes it, or JSONL of hand-coded claims.
    coder
        Who coded the rows that do not say. Default: the file's name.
    """
    import foedus

    done = foedus.claims.import_file(file, workspace, format=format, reviewer=reviewer, coder=coder)
    if json:
        write(done.model_dump_json(indent=2))
    note(f"{done.added:,} claims added, {done.changed:,} changed, {done.unchanged:,} as they were")
