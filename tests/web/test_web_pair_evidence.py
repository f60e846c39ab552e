"""What the documents say of a pair: contradictions side by side, and silence called by its name."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from typing import Any

import pytest
from test_web_evidence import ARTICLE, finished, upload
from web_server import WebServer

GIVEN = "Damascus, 4 March 2024\n\nRussia delivered missiles to Syria.\n"
REFUSED = "Moscow, 4 March 2024\n\nRussia refused to supply Syria with missiles on Monday.\n"
PAIR = "/evidence/pair?guarantor=RUS&beneficiary=SYR"


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebServer]:
    with WebServer(tmp_path_factory.mktemp("pair") / "w.sqlite") as running:
        for name, text in (("one.txt", ARTICLE), ("two.txt", GIVEN), ("three.txt", REFUSED)):
            finished(running.address, upload(running.address, (name, text.encode())))
        yield running


def test_statements_that_exclude_each_other_stand_side_by_side(told: WebServer) -> None:
    text = told.get(PAIR).text
    sides = text.partition('class="sides"')[2].partition("</section>")[0]
    assert "Russia delivered missiles to Syria" in sides
    assert "Russia refused to supply Syria with missiles" in sides
    for link in set(re.findall(r'href="(/document/[^"#]+)', sides)):
        assert told.get(link.replace("&amp;", "&")).status_code == 200


def test_names_lead_to_the_pairs_own_address(told: WebServer) -> None:
    answer = told.get("/evidence/pair?guarantor=Russia&beneficiary=Syria&as_of=2024-03-05")
    assert answer.status_code == 303
    assert answer.headers["location"] == f"{PAIR}&as_of=2024-03-05"


def test_where_no_source_is_found_the_page_says_so(told: WebServer) -> None:
    text = told.get("/evidence/pair?guarantor=USA&beneficiary=JPN").text
    assert "No source found." in text
    assert "3 documents were read" in re.sub(r"\s+", " ", text).lower()
    before = told.get(f"{PAIR}&as_of=2024-03-01").text
    assert "No source found." in before


def test_the_file_holds_the_claims_of_the_page(told: WebServer) -> None:
    page = told.get(PAIR).text
    content = told.get(f"{PAIR}&format=csv").text
    rows = list(csv.DictReader(line for line in content.splitlines() if not line.startswith("# ")))
    assert {row["claim"] for row in rows} == set(re.findall(r"claim=(\w[\w-]*)#c-", page))
    assert any(row["contradicts"] for row in rows)


@pytest.mark.browser
def test_the_page_is_accessible_and_fits(browser: Any, told: WebServer) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = browser.new_page()
    for path in (PAIR, "/evidence/pair"):
        page.goto(told.address + path)
        for width in (320, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        results = Axe().run(page)
        assert results.violations_count == 0, results.generate_report()
    page.close()
