"""The drawing follows its filters at once; table, address and drawing say the same."""

from __future__ import annotations

from typing import Any

import pytest
from web_server import WebServer

pytestmark = pytest.mark.browser


def counted(page: Any) -> int:
    """Ties that are drawn."""
    found: int = page.evaluate(
        "[...document.querySelectorAll('#net-ties path')]"
        ".reduce((sum, path) => sum + path.getAttribute('d').split('Q').length - 1, 0)"
    )
    return found


def test_a_filter_acts_at_once_and_survives_reload_and_sharing(
    browser: Any, server: WebServer
) -> None:
    page = browser.new_page()
    page.goto(server.address + "/network?actor=USA&rings=2&as_of=2024-01-01", timeout=120_000)
    every = counted(page)
    page.check("input[name=kind][value=consultation]")
    left = counted(page)
    assert 0 < left < every
    page.wait_for_selector("#net-chips >> text=holds", timeout=120_000)
    assert "kind=consultation" in page.url
    assert f"Showing {left:,} of {every:,} ties" in page.inner_text("#net-chips")
    page.reload()
    assert counted(page) == left
    hidden = page.evaluate(
        "[...document.querySelectorAll('#net-nodes [data-n]')]"
        ".filter((mark) => mark.style.display === 'none').length"
    )
    assert hidden == 0
    page.close()


def test_hidden_actors_take_their_ties_with_them(browser: Any, server: WebServer) -> None:
    page = browser.new_page()
    page.goto(server.address + "/network?actor=RUS&as_of=2024-01-01", timeout=120_000)
    page.check("input[name=kind][value=defense]")
    marks = page.evaluate(
        "[...document.querySelectorAll('#net-nodes [data-n]')]"
        ".filter((mark) => mark.style.display !== 'none').map((mark) => mark.textContent)"
    )
    page.wait_for_selector("#net-chips >> text=holds", timeout=120_000)
    rows = page.evaluate(
        "[...document.querySelectorAll('#net-table tbody tr')]"
        ".flatMap((row) => [row.cells[0].innerText, row.cells[1].innerText])"
    )
    assert {mark.partition(":")[0] for mark in marks} == set(rows)
    page.close()


def test_the_page_is_accessible_and_fits(browser: Any, server: WebServer) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = browser.new_page()
    page.goto(server.address + "/network?actor=ARM&as_of=2024-01-01", timeout=120_000)
    for width in (768, 1440, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    page.close()
