"""The page in a browser: offline, both colour schemes, narrow and wide, accessible, printable."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from shutil import which
from typing import Any

import pytest
import report_samples as samples

from foedus.report.html import write_html

pytestmark = pytest.mark.browser

WIDTHS = (320, 768, 1280)
SCHEMES = ("light", "dark")
PAGES = {
    "full": lambda: samples.full(record=samples.record(others=30)),
    "bare": samples.bare,
    "hostile": samples.hostile,
}


def missing(what: str) -> None:
    message = f"{what} is missing; install it with `apt-get install -y chromium`"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    chromium = os.environ.get("FOEDUS_CHROMIUM") or which("chromium")
    if chromium is None:
        missing("chromium")
    api = pytest.importorskip("playwright.sync_api") if not os.environ.get("CI") else None
    if api is None:
        from playwright import sync_api as api
    with api.sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=chromium, args=["--headless", "--no-sandbox", "--disable-gpu"]
        )
        yield running
        running.close()


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("reports")
    addresses = {}
    for name, make in PAGES.items():
        path: Path = folder / f"{name}.html"
        write_html(make(), path)
        addresses[name] = path.as_uri()
    return addresses


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", PAGES)
def test_opens_offline_without_a_request_a_message_or_an_accessibility_fault(
    browser: Any, pages: dict[str, str], name: str, scheme: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context(color_scheme=scheme, offline=True)
    page = context.new_page()
    messages: list[str] = []
    requests: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    page.on("dialog", lambda dialog: (messages.append("dialog"), dialog.dismiss()))
    page.on("request", lambda request: requests.append(request.url))
    page.goto(pages[name])
    assert messages == []
    assert requests == [pages[name]]
    page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    context.close()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_never_scrolls_sideways(browser: Any, pages: dict[str, str], name: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(pages[name])
    page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_colours_follow_the_scheme_in_charts_as_well(browser: Any, pages: dict[str, str]) -> None:
    seen = set()
    for scheme in SCHEMES:
        page = browser.new_page(color_scheme=scheme)
        page.goto(pages["full"])
        seen.add(
            page.evaluate(
                "[...['body', '.chart text', '.chart path[fill=\"#9cc4cf\"]']].map(s =>"
                "getComputedStyle(document.querySelector(s))[s === 'body' ? 'color' : 'fill'])"
                ".join()"
            )
        )
        page.close()
    light, dark = (set(colours.split("),")) for colours in seen)
    assert len(seen) == 2
    assert not light & dark


def test_keyboard_reaches_the_skip_link_first(browser: Any, pages: dict[str, str]) -> None:
    page = browser.new_page()
    page.goto(pages["full"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.close()


def test_print_unfolds_everything_and_shows_addresses(
    browser: Any, pages: dict[str, str], tmp_path: Path
) -> None:
    from pypdfium2 import PdfDocument

    page = browser.new_page()
    page.goto(pages["full"])
    path = tmp_path / "report.pdf"
    page.pdf(path=str(path), prefer_css_page_size=True)
    page.close()
    document = PdfDocument(path)
    text = " ".join(sheet.get_textpage().get_text_range() for sheet in document)
    width, height = document[0].get_size()
    document.close()
    assert (round(width), round(height)) == (595, 842)
    assert "Border crisis 30 " in " ".join(text.split())
    assert "https://example.org/news/2025/partnership-treaty?id=7&lang=en" in "".join(text.split())
