"""The queue by keyboard, and two people on one claim: nothing is lost, the second one chooses."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from web_server import WebServer

from foedus.workspace import Workspace

pytestmark = pytest.mark.browser


@pytest.fixture
def own(workspace: Path, tmp_path: Path) -> Iterator[WebServer]:
    """A server over a copy of the example workspace, for one test to write in."""
    with Workspace.open(workspace):
        pass  # what the write-ahead log holds goes into the file
    copy = tmp_path / "copy.sqlite"
    shutil.copy(workspace, copy)
    with WebServer(copy) as running:
        yield running


def opened(browser: Any, server: WebServer, name: str, path: str = "/review") -> Any:
    """A page of a visitor of his own, who decides under this name."""
    page = browser.new_context().new_page()
    page.goto(server.address + path)
    page.fill("input[name=name]", name)
    with page.expect_navigation(wait_until="load"):
        page.click("button:has-text('Change')")
    return page


def states(server: WebServer) -> list[tuple[str, str | None]]:
    with Workspace.open(str(server.workspace)) as workspace:
        found = workspace.queue(status=None, limit=500).items
    return [(state.claim.review, state.changed_by) for state in found]


def test_a_reviewer_needs_only_the_keyboard(browser: Any, own: WebServer) -> None:
    page = opened(browser, own, "Ada")
    before = page.locator("article.claim").count()
    for key, words in (("a", "accepted by Ada"), ("r", "rejected by Ada")):
        page.keyboard.press("j")
        card = page.locator("article.claim.current")
        name = card.get_attribute("id")
        page.keyboard.press(key)
        page.wait_for_function(
            "([id, words]) => document.getElementById(id).innerText.includes(words)",
            arg=[name, words],
        )
        page.wait_for_function("id => document.activeElement.id !== id", arg=name)
    assert page.locator("article.claim").count() == before
    page.keyboard.press("k")
    name = page.locator("article.claim.current").get_attribute("id")
    page.keyboard.press("u")
    page.wait_for_function(
        "id => document.getElementById(id).innerText.includes('unreviewed')", arg=name
    )
    page.keyboard.press("?")
    assert page.locator("dialog#keys").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type("Iran")
    page.keyboard.press("Enter")
    page.wait_for_url("**actor=Iran**")
    assert "names Iran" in page.inner_text(".chips")
    assert ("accepted", "Ada") in states(own)


def test_an_edit_by_keyboard_is_kept_with_its_quote_word_for_word(
    browser: Any, own: WebServer
) -> None:
    page = opened(browser, own, "Ada")
    page.keyboard.press("j")
    name = page.locator("article.claim.current").get_attribute("id")
    page.keyboard.press("e")
    page.select_option(f"#{name} select[name=polarity]", "neg")
    page.fill(f"#{name} input[name=target]", "Syria")
    page.click(f"#{name} >> text=Save the edit")
    page.wait_for_function(
        "id => document.getElementById(id).innerText.includes('edited by Ada')", arg=name
    )
    page.keyboard.press("e")
    page.fill(f"#{name} textarea", "words that stand nowhere")
    page.click(f"#{name} >> text=Save the edit")
    page.wait_for_selector(f"#{name} [role=alert]")
    assert "word for word" in page.inner_text(f"#{name} [role=alert]")
    with Workspace.open(str(own.workspace)) as workspace:
        claim = workspace.claim(str(name)[2:]).claim
    assert (claim.polarity, claim.target, claim.review) == ("neg", ("SYR",), "edited")


def test_decisions_under_way_are_kept_when_the_next_page_is_asked_for(
    browser: Any, own: WebServer
) -> None:
    page = opened(browser, own, "Ada")
    shown = page.locator("article.claim").count()
    page.locator("article.claim").last.focus()
    page.evaluate("document.querySelectorAll('button[data-key=a]').forEach(one => one.click())")
    page.keyboard.press("j")
    page.wait_for_url("**after=*")
    assert states(own).count(("accepted", "Ada")) == shown


def test_the_second_writer_sees_the_firsts_change_and_chooses(browser: Any, own: WebServer) -> None:
    ada, ben = opened(browser, own, "Ada"), opened(browser, own, "Ben")
    ada.keyboard.press("j")
    ben.keyboard.press("j")
    name = ada.locator("article.claim.current").get_attribute("id")
    ada.keyboard.press("r")
    ada.wait_for_function(
        "id => document.getElementById(id).innerText.includes('rejected by Ada')", arg=name
    )
    ben.keyboard.press("a")
    ben.wait_for_selector(f"#{name}.conflict")
    words = ben.inner_text(f"#{name}")
    assert "Nothing of yours was written" in words
    assert "Ada: reject" in words
    with Workspace.open(str(own.workspace)) as workspace:
        assert workspace.claim(str(name)[2:]).claim.review == "rejected"
    ben.click("text=Do mine on top of it: accept")
    ben.wait_for_function(
        "id => document.getElementById(id).innerText.includes('accepted by Ben')", arg=name
    )
    with Workspace.open(str(own.workspace)) as workspace:
        history = workspace.history(str(name)[2:])
    assert [(change.by, change.action) for change in history] == [
        ("Ada", "reject"), ("Ben", "accept"),
    ]  # fmt: skip


def test_a_conflict_without_scripts_is_a_page_with_the_same_choice(
    browser: Any, own: WebServer
) -> None:
    context = browser.new_context(java_script_enabled=False)
    one, two = context.new_page(), context.new_page()
    one.goto(own.address + "/review")
    two.goto(own.address + "/review")
    one.locator("button:has-text('Reject')").first.click()
    two.locator("button:has-text('Accept')").first.click()
    assert "Changed while you looked" in two.inner_text("main")
    two.click("text=Do mine on top of it: accept")
    assert "accepted by" in two.locator("article.claim").first.inner_text()
    context.close()


def test_a_blind_round_shows_nobody_elses_decision(browser: Any, own: WebServer) -> None:
    ada = opened(browser, own, "Ada")
    ada.keyboard.press("j")
    name = ada.locator("article.claim.current").get_attribute("id")
    ada.keyboard.press("r")
    ada.wait_for_selector(f"#{name}.rejected")
    ben = opened(browser, own, "Ben", "/review?round=second")
    assert "Ada" not in ben.inner_text("main")
    card = ben.locator(f"#{name}")
    assert "not decided by you" in card.inner_text()
    card.locator("button:has-text('Accept')").click()
    ben.wait_for_function(
        "id => document.getElementById(id).innerText.includes('you decided: accepted')", arg=name
    )
    with Workspace.open(str(own.workspace)) as workspace:
        assert workspace.claim(str(name)[2:]).claim.review == "rejected"
        (made,) = workspace.blind_decisions("second")
    assert (made.by, made.action) == ("Ben", "accept")
