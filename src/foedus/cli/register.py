"""`foedus register`: the user's own commitments, calls and responses."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Parameter

from foedus.cli.options import Json, Workspace, note, write
from foedus.errors import InputError

if TYPE_CHECKING:
    from foedus.assessment.register import Registration

register = App(
    name="register", help="Your own commitments, calls and responses, laid over the catalog."
)


@register.command
def add(
    kind: str,
    cells: Annotated[list[str], Parameter(negative="")],
    /,
    *,
    workspace: Workspace = None,
    json: Json = False,
) -> None:
    """Add one row: KIND is commitment, call or response, CELLS are column=value.

    Parameters
    ----------
    kind
        commitment, call or response.
    cells
        column=value, as many as are known. The id of a shipped row makes a correction of it.
    """
    import foedus

    row = dict(cell.partition("=")[::2] for cell in cells)
    bare = [cell for cell in cells if "=" not in cell]
    if bare:
        raise InputError(f"Not column=value: {', '.join(map(repr, bare))}.")
    _told(foedus.register.add(kind, row, workspace), json)


@register.command(name="import")
def import_(
    file: Path,
    /,
    *,
    kind: str | None = None,
    workspace: Workspace = None,
    json: Json = False,
) -> None:
    """Import a CSV FILE in the register's format: every row of it, or none.

    Parameters
    ----------
    file
        CSV file with the register's columns.
    kind
        commitment, call or response. Default: told by the columns.
    """
    import foedus

    _told(foedus.register.import_csv(file, workspace, kind=kind), json)


@register.command
def export(
    kind: str,
    /,
    *,
    shipped: str | None = None,
    workspace: Workspace = None,
    json: Json = False,
) -> None:
    """Your rows of one KIND as CSV, or the shipped row that a correction starts from.

    Parameters
    ----------
    kind
        commitment, call or response.
    shipped
        The id of a shipped row to print instead; for a response CALL/ISO3.
    """
    import foedus

    if shipped is not None:
        rows = [foedus.register.shipped(kind, shipped)]
        text = foedus.register.as_csv(kind, rows)
    else:
        rows = foedus.register.export(kind, workspace)
        text = foedus.register.export_csv(kind, workspace)
    if json:
        from json import dumps

        text = dumps(rows, ensure_ascii=False, indent=2)
    write(text)


@register.command
def remove(kind: str, key: str, /, *, workspace: Workspace = None, json: Json = False) -> None:
    """Take back your row KEY of one KIND; what it said stays in its history."""
    import foedus

    _told(foedus.register.remove(kind, key, workspace), json)


@register.command
def check(file: Path | None = None, /, *, workspace: Workspace = None, json: Json = False) -> None:
    """Check a CSV FILE, or the rows in the workspace, and name every failing cell."""
    import foedus

    faults = foedus.register.check(file, workspace)
    if json:
        from json import dumps

        write(dumps([str(fault) for fault in faults], ensure_ascii=False, indent=2))
    else:
        for fault in faults:
            write(str(fault))
    note(f"{len(faults)} faults" if faults else "no fault found")
    if faults:
        raise SystemExit(2)


def _told(done: Registration, json: bool) -> None:
    if json:
        write(done.model_dump_json(indent=2))
        return
    for change in done.rows:
        words = f", correcting {change.corrects}" if change.corrects else ""
        write(f"{change.kind} {change.key}: {change.outcome}{words}")
    for line in done.notes:
        note(line)
