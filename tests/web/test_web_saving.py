"""Saving, hostile names, files: what a visitor changes and takes away."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from collections.abc import Iterator

import httpx
import pytest
from web_server import WebServer

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\u202e"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebServer]:
    """A server whose workspace holds a hostile commitment, call and document."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "bad.txt").write_text(
        f"{HOSTILE}\n\nRussia promised Iran air defence systems, {HOSTILE} said on 3 May 2025.\n"
    )
    subprocess.run(
        [sys.executable, "-c", "from foedus.cli import main; main()", "read",
         str(folder / "bad.txt"), "--workspace", str(folder / "w.sqlite")],
        check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    with WebServer(folder / "w.sqlite") as running:
        yield running


def csrf(page: httpx.Response) -> str:
    found = re.search(r'name="csrf" value="([0-9a-f]+)"', page.text)
    assert found
    return found[1]


def test_saving_keeps_the_assessment_and_shows_it(desk: WebServer) -> None:
    with desk.client() as visitor:
        page = visitor.get("/pair/USA/KOR")
        answer = visitor.post("/pair/USA/KOR/save", data={"csrf": csrf(page)})
        assert answer.status_code == 303
        after = visitor.get(answer.headers["location"])
        assert "Saved." in after.text
        assert "History of forecasts" in after.text
        assert "USA" in visitor.get("/?show=saved&promise=any").text


def test_hostile_words_are_shown_as_words(desk: WebServer) -> None:
    for path in (
        "/pair/RUS/IRN", f"/search?q={HOSTILE}", f"/?guarantor={HOSTILE}", f"/call/{HOSTILE}",
        f"/actor/{HOSTILE}", f"/pair/{HOSTILE}/IRN", f"/pair/RUS/IRN?challenger={HOSTILE}",
        f"/data/{HOSTILE}", f"/search/names?q={HOSTILE}", f"/login?next={HOSTILE}",
        f"/?as_of={HOSTILE}", f"/pair/RUS/IRN?rule={HOSTILE}",
    ):  # fmt: skip
        answer = desk.get(path)
        assert answer.status_code < 500, path
        assert "<script>alert" not in answer.text, path
        assert "<img src=x" not in answer.text, path


def test_a_view_s_file_holds_what_the_page_shows(desk: WebServer) -> None:
    query = "/?guarantor=RUS&region=Asia&promise=any"
    shown = re.findall(r'<th scope="row"><a href="/pair/([^/]+)/([^"]+)"', desk.get(query).text)
    answer = desk.get(query + "&format=csv")
    assert "attachment" in answer.headers["content-disposition"]
    lines = answer.text.splitlines()
    assert any(line.startswith("# query: /?guarantor=RUS") for line in lines)
    rows = list(csv.DictReader(io.StringIO("\n".join(x for x in lines if not x.startswith("# ")))))
    assert [(row["guarantor"], row["beneficiary"]) for row in rows] == shown
    told = json.loads(desk.get(query + "&format=json").text)
    assert str(len(shown)) in json.dumps(told)
    assert "vintages" in json.dumps(told)


@pytest.mark.parametrize("path", ["/", "/actor/RUS", "/call/pak-2026", "/data"])
@pytest.mark.parametrize("kind", ["csv", "json", "parquet", "bib"])
def test_every_page_gives_its_files(desk: WebServer, path: str, kind: str) -> None:
    answer = desk.get(f"{path}?format={kind}")
    assert answer.status_code == 200
    assert len(answer.content) > 200
    assert f".{kind}" in answer.headers["content-disposition"]
    assert desk.get(f"{path}?format=exe").status_code == 400


def test_the_pair_s_files(desk: WebServer) -> None:
    for ending, start in (("json", b"{"), ("html", b"<!doctype html>"), ("pdf", b"%PDF")):
        if ending == "pdf":
            pytest.importorskip("typst")
        answer = desk.get(f"/pair/RUS/IRN.{ending}?as_of=2024-01-01")
        assert answer.status_code == 200
        assert answer.content.lstrip().startswith(start)
        assert "2024-01-01" in answer.headers["content-disposition"]


def test_the_start_page_is_light(server: WebServer) -> None:
    page = server.get("/", headers={"Accept-Encoding": "gzip"})
    size = int(page.headers.get("content-length", 0)) or len(page.content)
    for path in re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text):
        size += int(server.get(path, headers={"Accept-Encoding": "gzip"}).headers["content-length"])
    assert size < 200_000
