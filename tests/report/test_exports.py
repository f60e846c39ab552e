"""Every export opened with another program's eyes: the rows are the view's, the source is named."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from datetime import date
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from foedus.errors import InputError
from foedus.report.exports.provenance import Provenance, provenance
from foedus.report.exports.view import EXPORTERS, Graph, View, export, file_name

QUERY = '/network?actor=RUS&kinds=defense,offense&note="x"'
ROWS = (
    {"guarantor": "Russia", "since": date(1992, 5, 15), "strength": 0.25, "calls": 3,
     "bound": True, "texts": ["Tashkent", "Minsk"], "words": "=cmd|' /C calc'!A0"},
    {"guarantor": "Česko", "since": None, "strength": None, "calls": None,
     "bound": None, "texts": [], "words": "@SUM(1)\x07"},
)  # fmt: skip
GRAPH = Graph(
    nodes=({"id": "RUS", "name": "Russia\x01"}, {"id": "ARM", "name": "Armenia"}),
    edges=({"source": "RUS", "target": "ARM", "kind": "defense", "strength": 0.25},),
)
PICTURE = '<svg width="60" height="30" viewBox="0 0 60 30"><rect width="9" height="9"/></svg>'


def source() -> Provenance:
    return provenance(
        'Ties of "Russia"', QUERY, as_of=date(2026, 1, 1), foedus_version="0.1.0",
        catalog_version="0123456789ab",
        tables=("commitments", "capitals"),
    )  # fmt: skip


def view() -> View:
    return View("ties-RUS", source(), rows=ROWS, graph=GRAPH, picture=PICTURE)


def test_csv_holds_the_rows_and_no_formula() -> None:
    text = export(view(), "csv")[0].decode()
    comments = [line for line in text.splitlines() if line.startswith("# ")]
    assert all("," not in line for line in comments)
    assert f"# run: {source().run}" in comments
    assert any("Alliance Treaty Obligations and Provisions 5.1" in line for line in comments)
    rows = list(csv.DictReader(io.StringIO("\n".join(text.splitlines()[len(comments) :]))))
    assert [row["guarantor"] for row in rows] == ["Russia", "Česko"]
    assert (rows[0]["since"], rows[0]["strength"], rows[0]["bound"]) == (
        "1992-05-15", "0.25", "True",
    )  # fmt: skip
    assert rows[1]["since"] == rows[1]["strength"] == ""
    assert [row["words"][:2] for row in rows] == ["'=", "'@"]


@given(st.text(st.characters(codec="utf-8"), max_size=20), st.text(max_size=20))
def test_no_text_and_no_query_becomes_a_formula_in_a_spreadsheet(cell: str, query: str) -> None:
    query = query.encode("utf-8", "replace").decode()
    said = source().model_copy(update={"query": query, "title": query})
    text = export(View("x", said, rows=({"cell": cell, "more": cell},)), "csv")[0].decode()
    read = [line for line in csv.reader(io.StringIO(text, newline="")) if line]
    assert len(read) == len(said.items) + 2
    for row in read:
        assert not any(one.startswith(("=", "+", "-", "@", "\t", "\r")) for one in row)


def test_json_holds_the_rows_the_graph_and_the_source() -> None:
    read = json.loads(export(view(), "json")[0])
    assert read["foedus"]["query"] == QUERY
    assert read["foedus"]["vintages"] == ["atop-5.1", "foedus-register-2026", "capitals-2024"]
    assert read["rows"][0]["since"] == "1992-05-15"
    assert read["rows"][1]["strength"] is None
    assert read["graph"]["edges"] == [dict(GRAPH.edges[0])]


def test_parquet_holds_typed_columns_and_names_its_source(tmp_path: Path) -> None:
    path = tmp_path / "view.parquet"
    path.write_bytes(export(view(), "parquet")[0])
    with duckdb.connect() as connection:
        kinds = connection.execute(f"DESCRIBE FROM '{path}'").fetchall()
        rows = connection.execute(f"FROM '{path}'").fetchall()
        said = connection.execute(f"SELECT key, value FROM parquet_kv_metadata('{path}')")
        metadata = {key.decode(): value.decode() for key, value in said.fetchall()}
    assert [kind[1] for kind in kinds] == [
        "VARCHAR", "DATE", "DOUBLE", "BIGINT", "BOOLEAN", "VARCHAR[]", "VARCHAR",
    ]  # fmt: skip
    assert [dict(zip(ROWS[0], row, strict=True)) for row in rows] == [*map(dict, ROWS)]
    assert metadata["query"] == QUERY
    assert metadata["run"] == source().run
    assert "Capitals of COW states" in metadata["vintages"]


def test_pictures_name_their_source(tmp_path: Path) -> None:
    drawn = ET.fromstring(export(view(), "svg")[0])
    said = {item.get("name"): item.text for item in drawn.iter() if item.tag.endswith("}item")}
    assert (said["query"], said["run"]) == (QUERY, source().run)
    assert drawn.find("{http://www.w3.org/2000/svg}rect") is not None
    image = Image.open(io.BytesIO(export(view(), "png")[0]))
    image.load()
    assert image.size == (120 * 2, 60 * 2)
    assert image.info["foedus:query"] == QUERY
    assert image.info["foedus:as-of"] == "2026-01-01"


def test_graphml_holds_nodes_edges_and_the_source() -> None:
    tree = ET.fromstring(export(view(), "graphml")[0])
    space = "{http://graphml.graphdrawing.org/xmlns}"
    keys = {key.get("id"): key.get("attr.type") for key in tree.iter(f"{space}key")}
    assert keys["edge-strength"] == "double"
    graph = tree.find(f"{space}graph")
    assert graph is not None
    assert [node.get("id") for node in graph.iter(f"{space}node")] == ["RUS", "ARM"]
    (edge,) = graph.iter(f"{space}edge")
    assert (edge.get("source"), edge.get("target")) == ("RUS", "ARM")
    said = {data.get("key"): data.text for data in graph.findall(f"{space}data")}
    assert said["graph-run"] == source().run


def test_bibtex_holds_every_dataset_behind_the_view() -> None:
    text = export(view(), "bib")[0].decode()
    assert f"% query: {QUERY}" in text
    assert f"@misc{{foedus-{source().run}," in text
    assert "leeds2002atop" in text
    assert text.count("{") == text.count("}")


def test_a_view_is_exported_only_as_what_it_has() -> None:
    bare = View("x", source(), rows=ROWS)
    fitting = {name for name, one in EXPORTERS.items() if one.fits(bare)}
    assert fitting == {"csv", "json", "parquet", "bib"}
    for unfit in ("png", "xlsx"):
        with pytest.raises(InputError, match="csv, json, parquet, bib"):
            export(bare, unfit)


def test_the_run_follows_from_what_is_shown() -> None:
    assert source().run == source().run
    other = provenance(
        "x",
        QUERY,
        as_of=date(2026, 1, 2),
        foedus_version="0.1.0",
        catalog_version="0123456789ab",
        tables=(),
    )
    assert other.run != source().run
    named = View("../../etc/passwd", source(), rows=ROWS)
    assert "/" not in file_name(named, EXPORTERS["csv"])
