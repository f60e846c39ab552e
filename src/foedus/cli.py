"""The command line: one command per verb of the Python API; results to standard output."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import App, CycloptsError, Parameter

from foedus import __version__
from foedus.errors import FoedusError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from foedus.assessment.reading import Progress

app = App(
    name="foedus",
    help="If this state is attacked, who shows up, with what, and what follows?",
    version=__version__,
    result_action="return_value",
)
data_app = App(name="data", help="The tables behind every number: vintages, terms, citations.")
app.command(data_app)

Workspace = Annotated[
    str | None,
    Parameter(help="Workspace file or PostgreSQL URL. Default: one file in your data folder."),
]
Json = Annotated[bool, Parameter(name="--json", negative="", help="JSON to standard output.")]


@app.command
def assess(
    guarantor: str,
    beneficiary: str,
    /,
    *,
    challenger: str | None = None,
    as_of: str | None = None,
    read: Annotated[tuple[Path, ...], Parameter(consume_multiple=True, negative="")] = (),
    workspace: Workspace = None,
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
    as_of
        YYYY-MM-DD, YYYY-MM or YYYY. Nothing later is used. Default: today.
    read
        Files and folders to read into the workspace first.
    out
        Also write the report to this HTML file.
    """
    import foedus

    if out is not None:
        from foedus.report.html import check_target

        check_target(out)
    with _progress(bool(read)) as progress:
        result = foedus.assess(
            guarantor,
            beneficiary,
            challenger=challenger,
            as_of=as_of,
            read=read,
            workspace=workspace,
            progress=progress,
        )
    if json:
        from foedus.report.json_out import to_json

        sys.stdout.write(to_json(result) + "\n")
    else:
        from foedus.report.assessment_blocks import assessment_blocks
        from foedus.report.terminal import print_blocks

        print_blocks(assessment_blocks(result))
    for failure in result.evidence.failures:
        _note(f"not read: {failure}")
    if out is not None:
        from foedus.report.html import write_html

        write_html(result, out)
        _note(f"report written to {out}")


@app.command
def read(
    paths: Annotated[list[Path], Parameter(negative="")],
    /,
    *,
    workspace: Workspace = None,
    json: Json = False,
) -> None:
    """Read documents into the workspace and code claims from them.

    Parameters
    ----------
    paths
        Files and folders.
    """
    import foedus

    with _progress(True) as progress:
        result = foedus.read(paths, workspace=workspace, progress=progress)
    if json:
        sys.stdout.write(result.model_dump_json(indent=2) + "\n")
    else:
        from foedus.report.reading_blocks import reading_blocks
        from foedus.report.terminal import print_blocks

        print_blocks(reading_blocks(result))
    for failure in result.failures:
        _note(f"not read: {failure}")
    if result.failures and not (result.added or result.known):
        raise SystemExit(2)


@data_app.command(name="list")
def data_list(*, json: Json = False, workspace: Workspace = None) -> None:
    """Every table with its rows, coverage, vintages and terms."""
    import foedus

    del workspace
    tables = foedus.data.list_tables()
    if json:
        from foedus.report.json_out import models_json

        sys.stdout.write(models_json(tables) + "\n")
    else:
        from foedus.report.data_blocks import list_blocks
        from foedus.report.terminal import print_blocks

        print_blocks(list_blocks(tables))


@data_app.command
def show(table: str, /, *, json: Json = False, workspace: Workspace = None) -> None:
    """One TABLE: columns, first rows, terms and citation."""
    import foedus

    del workspace
    info = foedus.data.show(table)
    if json:
        sys.stdout.write(info.model_dump_json(indent=2) + "\n")
    else:
        from foedus.report.data_blocks import table_blocks
        from foedus.report.terminal import print_blocks

        print_blocks(table_blocks(info))


@data_app.command
def cite(table: str | None = None, /, *, json: Json = False, workspace: Workspace = None) -> None:
    """BibTeX for one TABLE, or for all of them."""
    import foedus

    del workspace
    text = foedus.data.cite(table)
    if json:
        from json import dumps

        text = dumps({"bibtex": text}, ensure_ascii=False)
    sys.stdout.write(text.rstrip("\n") + "\n")


@data_app.command
def build(*, from_: Annotated[Path, Parameter(name="--from")]) -> None:
    """Build the catalog's tables from the publishers' own files (maintainers).

    Parameters
    ----------
    from_
        Folder with the publishers' files (.parquet, .csv or .dta).
    """
    import foedus

    with _progress(True) as progress:
        rows = foedus.data.build(
            from_, progress=progress and (lambda step, number, total: progress(step))
        )
    for table, count in rows.items():
        _note(f"{table}: {count:,} rows")


def _note(text: str) -> None:
    sys.stderr.write(f"foedus: {text}\n")


def _progress(wanted: bool) -> AbstractContextManager[Progress | None]:
    """A spinner on standard error that names what is being done; silent where nobody looks."""
    from contextlib import contextmanager, nullcontext

    if not wanted or not sys.stderr.isatty():
        return nullcontext()

    @contextmanager
    def spinner() -> Iterator[Progress]:
        from rich.console import Console

        with Console(stderr=True).status("Starting") as status:
            yield lambda name: status.update(name)

    return spinner()


def main(arguments: list[str] | None = None) -> None:
    """Run one command. Exit code 2 for input that the user can mend, 1 for anything else."""
    try:
        app(arguments, exit_on_error=False)
    except CycloptsError:
        raise SystemExit(2) from None
    except FoedusError as error:
        _note(str(error))
        raise SystemExit(error.exit_code) from None
    except KeyboardInterrupt:
        _note("interrupted; what was read is kept, run again to go on")
        raise SystemExit(130) from None
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(141) from None
