"""A newcomer's first hour: from the watch list to a claim that moves an estimate, and a PDF.

With FOEDUS_PICTURES=DIR each step leaves a picture there (`make pictures`).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from web_server import WebServer

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PATIENCE = 240_000
COLOURS = 128
"""Of a picture: text stays sharp at under half the bytes."""
ARTICLE = (
    "Russia arms Iran again\n\nTehran, 3 November 2026\n\n"
    "Russia delivered air defence missiles to Iran on Monday, officials in Tehran said.\n"
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebServer]:
    with WebServer(tmp_path_factory.mktemp("newcomer") / "w.sqlite") as running:
        yield running


def picture(page: Any, name: str) -> None:
    if folder := os.environ.get("FOEDUS_PICTURES"):
        from PIL import Image

        whole = Image.open(BytesIO(page.screenshot())).convert("RGB")
        few = whole.quantize(COLOURS, dither=Image.Dither.NONE)
        few.save(Path(folder) / f"{name}.png", optimize=True)


def test_a_newcomer_gets_from_the_list_to_an_answer_that_moves(
    browser: Any, desk: WebServer, tmp_path: Path
) -> None:
    page = browser.new_context(viewport={"width": 1280, "height": 860}).new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(desk.address + "/")
    page.wait_for_selector("main table")
    picture(page, "watch-list")

    page.goto(desk.address + "/pair/RUS/IRN")
    assert "Russia" in page.inner_text("main")
    picture(page, "pair")
    before = page.inner_text("main")

    page.goto(desk.address + "/evidence")
    article = tmp_path / "article.txt"
    article.write_text(ARTICLE, "utf-8")
    page.set_input_files("input[name=files]", str(article))
    if page.locator("button:has-text('Read them')").is_visible():
        page.click("button:has-text('Read them')")
    page.wait_for_url("**/jobs/*")
    page.wait_for_selector(".job.done")
    page.goto(desk.address + "/review")
    page.wait_for_selector("article.claim")
    picture(page, "review")
    page.keyboard.press("j")
    page.keyboard.press("a")
    page.wait_for_function("() => document.querySelector('main').innerText.includes('accepted by')")

    page.goto(desk.address + "/pair/RUS/IRN")
    after = page.inner_text("main")
    assert after != before
    assert "1 reviewed statement moved the model's answer" in after
    assert "what the documents moved" in after.lower()
    page.locator("#moved").scroll_into_view_if_needed()
    picture(page, "moved")
    with page.expect_download() as waiting:
        page.evaluate("() => document.querySelector('a[href*=\".pdf\"]').click()")
    assert Path(waiting.value.path()).read_bytes().startswith(b"%PDF")


def test_the_shipped_syria_scenario_is_shown_before_it_is_run(
    browser: Any, desk: WebServer
) -> None:
    page = browser.new_context(viewport={"width": 1280, "height": 860}).new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(desk.address + "/scenario?from=syria-falls")
    assert "illustration" in page.inner_text("main").lower()
    picture(page, "scenario")
