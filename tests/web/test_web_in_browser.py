"""Every page in a browser: three widths, two schemes, axe, keyboard, without scripts, in print."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from web_server import TIMEOUT, WebServer

pytestmark = [pytest.mark.browser, pytest.mark.slow]

UNFOLD = """
for (const row of document.querySelectorAll('tbody tr:nth-child(n+13)')) row.remove();
for (const fold of document.querySelectorAll('details')) fold.open = true;
"""
"""Every fold open; of long tables the first dozen rows, as the others are built like them."""
WIDTHS = (320, 768, 1440)
BOTH_SCHEMES = ("/", "/pair/RUS/IRN", "/call/pak-2026", "/data")
PAGES = (
    "/",
    "/?show=attacked&promise=any",
    "/actor/RUS",
    "/actor/NATO",
    "/pair/RUS/IRN",
    "/pair/USA/JPN?as_of=2000-01-01",
    "/pair/RUS/IRN/change",
    "/call/pak-2026",
    "/data",
    "/data/commitments",
    "/search",
    "/search?q=Rusia",
    "/about",
    "/questions",
    "/features",
    "/no/such/page",
)


@pytest.fixture(scope="module")
def open_page(browser: Any, server: WebServer) -> Iterator[Any]:
    """Opens a path in a new tab; the tab keeps `told`: messages, dialogs, foreign requests."""
    contexts = []

    def visit(path: str, **options: Any) -> Any:
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(TIMEOUT * 1000)
        page.told = []
        page.on("console", lambda message: page.told.append(message.text))
        page.on("pageerror", lambda error: page.told.append(str(error)))
        page.on("dialog", lambda dialog: (page.told.append("dialog"), dialog.dismiss()))
        page.on(
            "request",
            lambda request: (
                None
                if request.url.startswith((server.address, "data:"))
                else page.told.append(request.url)
            ),
        )
        page.goto(server.address + path)
        return page

    yield visit
    for context in contexts:
        context.close()


@pytest.mark.parametrize("path", PAGES)
def test_no_message_no_foreign_request_no_accessibility_fault(open_page: Any, path: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    for scheme in ("light", "dark") if path in BOTH_SCHEMES else ("light",):
        page = open_page(path, color_scheme=scheme, reduced_motion="reduce")
        page.wait_for_load_state("networkidle")
        page.evaluate(UNFOLD)
        told = [one for one in page.told if "404" not in one]
        assert told == []
        results = Axe().run(page)
        assert results.violations_count == 0, results.generate_report()
        page.context.close()


@pytest.mark.parametrize("path", PAGES)
def test_never_scrolls_sideways(open_page: Any, path: str) -> None:
    for width in WIDTHS:
        page = open_page(path, viewport={"width": width, "height": 800})
        page.evaluate(UNFOLD)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width
        page.context.close()


def test_the_main_path_by_keyboard_alone(open_page: Any, server: WebServer) -> None:
    page = open_page("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "find"
    page.keyboard.type("Russia, Iran")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url == server.address + "/pair/RUS/IRN"
    page.locator("#slide").focus()
    with page.expect_navigation():
        page.keyboard.press("ArrowLeft")
    assert "as_of=" in page.url
    with page.expect_navigation():
        page.go_back()
    assert page.url == server.address + "/pair/RUS/IRN"


def test_a_filter_applies_as_soon_as_it_is_chosen_and_survives_reload(open_page: Any) -> None:
    page = open_page("/")
    with page.expect_navigation():
        page.select_option("#guarantor", "RUS")
    assert "guarantor=RUS" in page.url
    assert "region=" not in page.url
    page.reload()
    assert page.locator("#guarantor").input_value() == "RUS"
    assert "promised by Russia" in page.locator(".chips").inner_text()


def test_everything_works_without_scripts(open_page: Any, server: WebServer) -> None:
    page = open_page("/", java_script_enabled=False)
    page.select_option("#guarantor", "RUS")
    page.select_option("#beneficiary", "IRN")
    page.click("form.tools button")
    page.click("table.watch a")
    assert "/pair/RUS/IRN" in page.url
    page.fill("#as_of", "2020-01-01")
    page.click("text=Ask")
    assert "as_of=2020-01-01" in page.url
    page.fill("#find", "Germany")
    page.click("button:text-is('Find')")
    assert page.url == server.address + "/actor/DEU"


def test_the_watch_list_fills_in_what_moved(open_page: Any) -> None:
    page = open_page("/?show=saved")
    page.wait_for_selector("text=no movement of 5 points or more")


def test_a_pair_prints_whole(open_page: Any, tmp_path: Any) -> None:
    from pypdfium2 import PdfDocument

    page = open_page("/pair/RUS/IRN")
    path = tmp_path / "pair.pdf"
    page.pdf(path=str(path), prefer_css_page_size=True)
    document = PdfDocument(path)
    text = " ".join(sheet.get_textpage().get_text_range() for sheet in document)
    document.close()
    assert "bottom line" in text.lower()  # set in capitals
    assert "Save this assessment" not in text
    assert "Watch list" not in text
