"""`foedus panel`: tidy state-years and dyad-years."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from foedus.cli.options import AsOf, Json, Workspace, note, progress, write
from foedus.errors import InputError

_SPAN = "two years such as 1816-2010, or one"


def panel(
    *,
    out: Path,
    unit: str = "directed-dyad",
    years: str = "1816-2010",
    with_: Annotated[str, Parameter(name="--with")] = "",
    as_of: AsOf = None,
    workspace: Workspace = None,
    json: Json = False,
) -> None:
    """Every pair of states, or every state, in every year, with the columns you ask for.

    Parameters
    ----------
    out
        File to write, .parquet or .csv.
    unit
        dyad, directed-dyad or state.
    years
        First and last year, such as 1816-2018.
    with_
        Parts, with commas: alliances, mids, cow_mids, wars, capability, contiguity, distance,
        majors, rivalry, regime, similarity, peace_years.
    json
        What was written, with BibTeX, as JSON to standard output.
    """
    import foedus
    from foedus.record.panel.write import check_target

    del workspace
    check_target(out)
    parts = [part.strip() for part in with_.split(",") if part.strip()]
    with progress() as report:
        if report is not None:
            report("Joining the panel")
        found = foedus.panel(unit=unit, years=_years(years), with_=parts, as_of=as_of)
        if report is not None:
            report(f"Writing {out}")
        found.to_file(out)
    names = [name for name, _ in found.items()]
    if json:
        from json import dumps

        told = {"file": str(out), "rows": len(found), "columns": names}
        write(dumps({**told, "bibtex": foedus.cite(found)}, ensure_ascii=False, indent=2))
    note(f"{len(found):,} rows and {len(names)} columns written to {out}")


def _years(text: str) -> tuple[int, int]:
    first, _, last = text.partition("-")
    try:
        return int(first), int(last or first)
    except ValueError:
        raise InputError(f"Not a span of years: {text!r}. Give {_SPAN}.") from None
