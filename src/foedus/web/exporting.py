"""Files of what a page shows: `format` in the page's address gives the file instead."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from fastapi import Request
from starlette.responses import Response

from foedus import __version__
from foedus.report.exports.provenance import provenance
from foedus.report.exports.view import EXPORTERS, Graph, Row, View, export, file_name
from foedus.web.desk import desk_of
from foedus.web.urlstate import UrlState

PARAMETER = "format"


def view_of(
    request: Request,
    name: str,
    title: str,
    *,
    as_of: date,
    tables: tuple[str, ...],
    rows: Sequence[Row] = (),
    graph: Graph | None = None,
    picture: str | None = None,
    run: str | None = None,
    state: str = "",
) -> View:
    """What a page shows, with the address, the day and the data that it rests on."""
    return View(
        name=name,
        provenance=provenance(
            title,
            UrlState.of(request).url(**{PARAMETER: None}),
            as_of=as_of,
            foedus_version=__version__,
            catalog_version=desk_of(request).catalog_version,
            tables=tables,
            run=run,
            state=state,
        ),
        rows=rows,
        graph=graph,
        picture=picture,
    )


def exported(request: Request, make: Callable[[], View]) -> Response | None:
    """The file that the address asks for, or null where it asks for the page.

    Raises:
        InputError: a format that there is not, or that the view has nothing for.
    """
    wanted = UrlState.of(request).get(PARAMETER)
    if wanted is None:
        return None
    view = make()
    content, exporter = export(view, wanted)
    return Response(
        content,
        media_type=exporter.media_type,
        headers={"Content-Disposition": f'attachment; filename="{file_name(view, exporter)}"'},
    )


def formats(request: Request, *names: str, empty: bool = False) -> list[tuple[str, str]]:
    """Label and address of each format that a page offers, for the macro `ui.exports`.

    A page without rows (`empty`) offers none that would hold rows alone.
    """
    state = UrlState.of(request)
    offered = [EXPORTERS[name] for name in names]
    return [
        (one.label, state.url(**{PARAMETER: one.format}))
        for one in offered
        if not (empty and one.needs == "rows")
    ]
