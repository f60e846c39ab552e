"""What of a view can be exported, and in which formats."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Literal

from foedus.errors import InputError
from foedus.report.exports.provenance import Provenance

Row = Mapping[str, object]
Format = Literal["csv", "json", "parquet", "svg", "png", "graphml", "bib"]
Needs = Literal["rows", "graph", "picture", "nothing"]


@dataclass(frozen=True, slots=True)
class Graph:
    """A directed graph: nodes with an `id`, edges with `source` and `target` of those ids."""

    nodes: Sequence[Row]
    edges: Sequence[Row]


@dataclass(frozen=True, slots=True)
class View:
    """What a page shows: its rows, and where there is one its graph and its picture (SVG).

    `name` begins the file's name. Cells are texts, numbers, truth values, days, null, or lists
    of texts; every row has the same columns.
    """

    name: str
    provenance: Provenance
    rows: Sequence[Row] = ()
    graph: Graph | None = None
    picture: str | None = None


@dataclass(frozen=True, slots=True)
class Exporter:
    """One format: its media type, what a view must have for it, and the module that writes it."""

    format: Format
    label: str
    media_type: str
    needs: Needs
    module: str

    def fits(self, view: View) -> bool:
        """Whether the view has what this format shows."""
        return {
            "rows": bool(view.rows),
            "graph": view.graph is not None,
            "picture": view.picture is not None,
            "nothing": True,
        }[self.needs]


_HERE = "foedus.report.exports"
EXPORTERS: dict[str, Exporter] = {
    one.format: one
    for one in (
        Exporter("csv", "CSV", "text/csv; charset=utf-8", "rows", "csv_file"),
        Exporter("json", "JSON", "application/json", "rows", "json_file"),
        Exporter("parquet", "Parquet", "application/vnd.apache.parquet", "rows", "parquet_file"),
        Exporter("svg", "SVG", "image/svg+xml", "picture", "svg_file"),
        Exporter("png", "PNG", "image/png", "picture", "png_file"),
        Exporter("graphml", "GraphML", "application/xml", "graph", "graphml_file"),
        Exporter("bib", "BibTeX", "application/x-bibtex; charset=utf-8", "nothing", "bibtex_file"),
    )
}


def export(view: View, format: str) -> tuple[bytes, Exporter]:  # noqa: A002
    """The view as a file of that format, and what the format is.

    Raises:
        InputError: a format that there is not, or that this view has nothing for.
    """
    exporter = EXPORTERS.get(format)
    fitting = [one.format for one in EXPORTERS.values() if one.fits(view)]
    if exporter is None or not exporter.fits(view):
        raise InputError(
            f"{view.provenance.title} cannot be exported as {format[:20]!r}."
            f" It can as {', '.join(fitting)}."
        )
    write: Callable[[View], bytes] = import_module(f"{_HERE}.{exporter.module}").write
    return write(view), exporter


def file_name(view: View, exporter: Exporter) -> str:
    """A name for the file: what it shows, of which day, of which run."""
    kept = "".join(c if c.isascii() and (c.isalnum() or c == "-") else "-" for c in view.name)
    source = view.provenance
    return f"foedus-{kept[:60]}-{source.as_of}-{source.run[:8]}.{exporter.format}"
