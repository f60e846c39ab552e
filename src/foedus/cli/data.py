"""`foedus data`: the tables behind every number."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from foedus.cli.options import Json, Workspace, note, progress, write
from foedus.cli.options import show as show_blocks

data = App(name="data", help="The tables behind every number: vintages, terms, citations.")


@data.command(name="list")
def list_(*, json: Json = False, workspace: Workspace = None) -> None:
    """Every table with its rows, coverage, vintages and terms."""
    import foedus

    del workspace
    tables = foedus.data.list_tables()
    if json:
        from foedus.report.machine import models_json

        write(models_json(tables))
    else:
        from foedus.report.data_blocks import list_blocks

        show_blocks(list_blocks(tables))


@data.command
def show(table: str, /, *, json: Json = False, workspace: Workspace = None) -> None:
    """One TABLE: columns, first rows, terms and citation."""
    import foedus

    del workspace
    info = foedus.data.show(table)
    if json:
        write(info.model_dump_json(indent=2))
    else:
        from foedus.report.data_blocks import table_blocks

        show_blocks(table_blocks(info))


@data.command
def cite(table: str | None = None, /, *, json: Json = False, workspace: Workspace = None) -> None:
    """BibTeX for one TABLE, or for all of them."""
    import foedus

    del workspace
    text = foedus.data.cite(table)
    if json:
        from json import dumps

        text = dumps({"bibtex": text}, ensure_ascii=False)
    write(text)


@data.command
def build(*, from_: Annotated[Path, Parameter(name="--from")]) -> None:
    """Build the catalog's tables from the publishers' own files (maintainers).

    Parameters
    ----------
    from_
        Folder with the publishers' files (.parquet, .csv or .dta).
    """
    import foedus

    with progress() as report:
        rows = foedus.data.build(
            from_, progress=report and (lambda step, number, total: report(step))
        )
    for table, count in rows.items():
        note(f"{table}: {count:,} rows")
