"""The data behind every page: tables, vintages, coverage, terms, citations, models."""

from __future__ import annotations

from collections import Counter
from datetime import date

from fastapi import APIRouter, Request
from starlette.responses import PlainTextResponse, Response

from foedus import data
from foedus.catalog.vintages import vintages
from foedus.report.exports.view import View
from foedus.web.desk import Desk, desk_of
from foedus.web.exporting import exported, formats, view_of
from foedus.web.navigation import NavItem
from foedus.web.render import kept_page, page

router = APIRouter(include_in_schema=False)
NAV = NavItem("Data", "/data", 90, within=("/data/",))


@router.get("/data")
def tables(request: Request) -> Response:
    """Every table and vintage, what may be done with them, and how to cite them."""
    desk = desk_of(request)
    listed = desk.kept("tables", data.list_tables)
    if file := exported(request, lambda: _view(request, listed)):
        return file
    return kept_page(
        request,
        "data.html.jinja",
        rests_on=desk.workspace.count_assessments(),
        context=lambda: {
            "title": "Data",
            "tables": listed,
            "vintages": list(vintages().values()),
            "made": _made_with(desk),
            "files": formats(request, "csv", "json", "parquet", "bib"),
        },
    )


@router.get("/data/citations.bib")
def citations() -> Response:
    """BibTeX for everything."""
    return PlainTextResponse(data.cite(), media_type="application/x-bibtex; charset=utf-8")


@router.get("/data/{name}")
def table(request: Request, name: str) -> Response:
    """One table: what a row is, its columns, its sources and its first rows."""
    from foedus.report.data_blocks import table_blocks

    desk = desk_of(request)
    info = desk.kept(("table", name), lambda: data.show(name))
    return page(
        request,
        "table.html.jinja",
        title=f"Table {info.name}",
        info=info,
        blocks=table_blocks(info),
    )


def _made_with(desk: Desk) -> list[tuple[str, str, int]]:
    """Catalog and model of the saved assessments: what has changed since they were made."""
    seen: Counter[tuple[str, str]] = Counter()
    for guarantor, beneficiary in desk.workspace.assessed_pairs():
        for saved in desk.workspace.assessments(guarantor, beneficiary):
            model = saved.payload.get("forecast") or {}
            seen[(
                str(saved.payload.get("catalog_version", "unknown")),
                f"{model.get('model', 'none')} {model.get('model_version', '')}".strip(),
            )] += 1  # fmt: skip
    return [(catalog, model, count) for (catalog, model), count in seen.most_common()]


def _view(request: Request, listed: list[data.TableInfo]) -> View:
    return view_of(
        request,
        "tables",
        "Tables of the catalog",
        as_of=date.today(),
        tables=tuple(info.name for info in listed),
        rows=[
            {
                "table": info.name,
                "row_is": info.unit,
                "rows": info.rows,
                "first_year": info.first_year,
                "last_year": info.last_year,
                "vintages": [one.key for one in info.vintages],
                "terms": list(info.terms),
            }
            for info in listed
        ],
    )
