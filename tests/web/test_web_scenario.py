"""A scenario in the browser: edited in either form, saved under a link, run, cancelled, shared."""

from __future__ import annotations

import csv
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import httpx
import pytest
from web_server import TIMEOUT, WebServer

from foedus.stress.scenario_files import parse, shipped, text_of
from foedus.web.scenario_forms import toml_of, values_of
from foedus.workspace import Workspace

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebServer]:
    with WebServer(tmp_path_factory.mktemp("scenario") / "w.sqlite") as running:
        yield running


@pytest.mark.parametrize("name", shipped())
def test_the_form_loses_nothing_of_a_scenario(name: str) -> None:
    read = parse(text_of(name), name)
    assert parse(toml_of(values_of(read)), name) == read


def _files_hold_what_is_shown(page: Any) -> None:
    """Each file of a run opened: the same commitments in each, and the run named."""
    run = page.url.rpartition("/")[2]
    files = {
        form: httpx.get(f"{page.url}?format={form}", timeout=120)
        for form in ("csv", "json", "parquet", "graphml", "bib")
    }
    assert {answer.status_code for answer in files.values()} == {200}
    whole = files["json"].json()
    assert whole["foedus"]["run"] == run
    rows = whole["rows"]
    assert rows
    lines = [line for line in files["csv"].text.splitlines() if not line.startswith("# ")]
    ends = [(row["guarantor"], row["beneficiary"]) for row in rows]
    assert [(one["guarantor"], one["beneficiary"]) for one in csv.DictReader(lines)] == ends
    with tempfile.NamedTemporaryFile(suffix=".parquet") as kept:
        Path(kept.name).write_bytes(files["parquet"].content)
        counted = duckdb.sql(f"SELECT count(*) FROM '{kept.name}'").fetchall()
    assert counted == [(len(rows),)]
    edges = ET.fromstring(files["graphml"].content).iter(
        "{http://graphml.graphdrawing.org/xmlns}edge"
    )
    assert {(edge.get("source"), edge.get("target")) for edge in edges} == set(ends)
    assert "@" in files["bib"].text


@pytest.mark.slow
def test_the_syria_scenario_runs_beside_its_baseline_and_is_shared_by_link(
    browser: Any, own: WebServer
) -> None:
    page = browser.new_page()
    page.goto(own.address + "/scenario")
    page.click("text=Syria falls, and Iran is struck")
    page.locator("button:has-text('Save and run')").first.click()
    page.wait_for_selector(".job, nav.contents", timeout=180_000)
    page.wait_for_selector("nav.contents", timeout=600_000)
    words = page.inner_text("main")
    assert "Syria falls" in words
    assert "baseline" in words.lower()
    assert "illustration" in words.lower()
    _files_hold_what_is_shown(page)
    page.click("text=Edit the scenario")
    assert "saved=" in page.url
    kept = httpx.get(own.address + "/actor/RUS", timeout=TIMEOUT).text
    assert "Stress test: Syria falls" in kept
    assert "names it as a guarantor" not in kept
    early = httpx.get(own.address + "/actor/RUS?as_of=2000-01-01", timeout=TIMEOUT).text
    assert "names it as a guarantor" in early
    other = browser.new_page()
    other.goto(page.url)
    assert other.input_value("textarea.code") == page.input_value("textarea.code")
    page.close()
    other.close()


def test_a_field_changed_in_the_form_changes_the_text(browser: Any, own: WebServer) -> None:
    page = browser.new_page()
    page.goto(own.address + "/scenario?from=syria-falls")
    page.fill("input[name=shock-0-share]", "0.25")
    page.locator("button:has-text('Save and check')").first.click()
    assert "saved=" in page.url
    assert "share = 0.25" in page.input_value("textarea.code")
    page.close()


def test_a_wrong_scenario_names_its_line_and_keeps_what_was_written(
    browser: Any, own: WebServer
) -> None:
    page = browser.new_page()
    page.goto(own.address + "/scenario")
    wrong = 'name = "x"\ntitle = "X"\nas_of = 2024-01-01\n\n[[shock]]\nkind = "meteor"\n'
    page.fill("textarea.code", wrong)
    page.locator("button:has-text('Save and check')").last.click()
    words = page.inner_text("[role=alert]")
    assert "line 6" in words
    assert "attack" in words
    assert page.input_value("textarea.code") == wrong
    page.close()


def test_a_run_is_cancelled(browser: Any, own: WebServer) -> None:
    page = browser.new_page()
    page.goto(own.address + "/scenario?from=syria-falls")
    form = page.locator("form[aria-labelledby=toml-title]")
    form.locator("select[name=runs]").select_option("100000")
    form.locator("button:has-text('Save and run')").click()
    page.wait_for_selector(".job")
    page.click("button:has-text('Cancel')")
    page.wait_for_selector(".job.cancelled", timeout=180_000)
    with Workspace.open(str(own.workspace)) as workspace:
        job = workspace.jobs.recent(1, kind="stress")[0]
    assert (job.state, job.result) == ("cancelled", None)
    page.close()


def test_the_page_is_accessible_and_fits(browser: Any, own: WebServer) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = browser.new_page()
    answer = page.goto(own.address + "/scenario?from=syria-falls", timeout=120_000)
    assert answer.status == 200
    for width in (768, 1440, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    page.close()
