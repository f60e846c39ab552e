"""Every export opened and compared with the page that offers it."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import duckdb
import httpx
import pytest
from PIL import Image
from web_server import WebServer

from foedus.domain.assessments import Assessment

VIEWS = {
    "watch-list": "/?guarantor=RUS&as_of=2024-01-01",
    "actor": "/actor/ARM?as_of=2024-01-01",
    "network": "/network?actor=ARM&kind=defense&as_of=2024-01-01",
    "evidence": "/evidence",
    "pair-evidence": "/evidence/pair?guarantor=RUS&beneficiary=IRN",
    "call": "/call/pak-2026",
    "data": "/data",
}
_LINK = re.compile(r'href="([^"]*[?&;]format=(\w+)[^"]*)"')


@pytest.fixture(scope="module")
def client(server: WebServer) -> Any:
    with httpx.Client(base_url=server.address, timeout=120) as made:
        yield made


def links(client: httpx.Client, page: str) -> dict[str, str]:
    """Address of each export that a page offers, by format."""
    text = client.get(page).text
    return {form: link.replace("&amp;", "&") for link, form in _LINK.findall(text)}


def read_csv(content: bytes) -> tuple[dict[str, str], list[dict[str, str]]]:
    lines = content.decode().splitlines()
    comments = [line for line in lines if line.startswith("# ")]
    said = dict(line[2:].split(": ", 1) for line in comments)
    return said, list(csv.DictReader(lines[len(comments) :]))


@pytest.mark.parametrize("view", VIEWS)
def test_all_formats_of_a_view_hold_the_same_rows_and_name_their_source(
    client: httpx.Client, view: str, tmp_path: Path
) -> None:
    offered = links(client, VIEWS[view])
    files = {form: client.get(link) for form, link in offered.items()}
    assert {form: answer.status_code for form, answer in files.items()} == dict.fromkeys(
        offered, 200
    )
    said, rows = read_csv(files["csv"].content)
    whole = json.loads(files["json"].content)
    assert rows
    assert len(rows) == len(whole["rows"])
    assert said["run"] == whole["foedus"]["run"]
    for row, other in zip(rows, whole["rows"], strict=True):
        assert set(row) == set(other)
        for name, value in other.items():
            if isinstance(value, str) and not value.startswith(("=", "+", "-", "@", "#", "'")):
                assert row[name] == value.replace("\r\n", "\n") or "\n" in value
    path = tmp_path / "view.parquet"
    path.write_bytes(files["parquet"].content)
    assert duckdb.sql(f"SELECT count(*) FROM '{path}'").fetchall() == [(len(rows),)]
    if "graphml" in files:
        edges = ET.fromstring(files["graphml"].content).iter(
            "{http://graphml.graphdrawing.org/xmlns}edge"
        )
        pairs = {(edge.get("source"), edge.get("target")) for edge in edges}
        shown = {(row["guarantor"], row["beneficiary"]) for row in rows}
        assert pairs == shown
    if "svg" in files:
        drawn = files["svg"].text
        ET.fromstring(drawn)
        assert whole["foedus"]["run"] in drawn
        assert "As of 2024-01-01" in drawn
        Image.open(io.BytesIO(files["png"].content)).verify()
    assert "@" in files["bib"].text


def test_the_exported_rows_are_those_of_the_page(client: httpx.Client) -> None:
    page = client.get("/?guarantor=RUS&as_of=2024-01-01").text
    total = re.search(r"([\d,]+) commitments</p>", page)
    assert total
    _, rows = read_csv(client.get("/?guarantor=RUS&as_of=2024-01-01&format=csv").content)
    assert len(rows) == int(total[1].replace(",", ""))
    assert {row["guarantor"] for row in rows} == {"RUS"}
    for row in rows[:20]:
        assert f"/pair/{row['guarantor']}/{row['beneficiary']}" in page


def test_a_page_without_rows_offers_only_what_it_has(tmp_path: Path) -> None:
    with WebServer(tmp_path / "new.sqlite") as fresh, fresh.client() as visitor:
        for page in ("/actor/ASEAN", "/network?actor=ASEAN", "/evidence"):
            offered = links(visitor, page)
            assert "bib" in offered
            assert "csv" not in offered
            for link in offered.values():
                assert visitor.get(link).status_code == 200, link


@pytest.mark.parametrize("path", ["/?format=exe", "/?format=graphml", "/evidence?format=svg"])
def test_what_cannot_be_exported_is_said_with_what_can(client: httpx.Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 400
    assert "It can as csv, json, parquet" in answer.text


def test_a_file_taken_first_leaves_no_trace_in_the_pages_links(client: httpx.Client) -> None:
    assert client.get("/?guarantor=TUR&format=csv").status_code == 200
    drawn = client.get("/?guarantor=TUR").text.partition("<svg")[2].partition("</svg>")[0]
    assert "beneficiary=" in drawn
    assert "format=" not in drawn


def test_the_call_files_hold_the_guarantors_of_the_page(client: httpx.Client) -> None:
    page = client.get("/call/pak-2026").text
    _, rows = read_csv(client.get("/call/pak-2026?format=csv").content)
    shown = re.findall(r'<th scope="row"><a href="/pair/(\w+)/(\w+)"', page)
    assert [(row["guarantor"], row["beneficiary"]) for row in rows] == shown


def test_the_pair_files_say_what_the_page_says(client: httpx.Client) -> None:
    """JSON is the assessment, the one-file page has its sections, the PDF its headline."""
    import pypdfium2

    where = "/pair/RUS/IRN"
    page = client.get(where).text
    whole = Assessment.model_validate(client.get(f"{where}.json").json())
    words = re.sub(r"\s+", " ", html.unescape(re.sub("<[^>]+>", "", page)))
    assert re.sub(r"\s+", " ", whole.headline) in words
    alone = client.get(f"{where}.html").text
    titles = re.findall(r'<section id="(\w[\w-]*)"', alone)
    assert titles
    assert all(f'id="{anchor}"' in page for anchor in titles)
    answer = client.get(f"{where}.pdf")
    assert answer.status_code == 200
    document = pypdfium2.PdfDocument(answer.content)
    text = " ".join(one.get_textpage().get_text_range() for one in document)
    assert whole.guarantor.name in text
    assert whole.beneficiary.name in text
    assert str(whole.as_of.year) in text
