"""Documents handed over in the browser: read apart, marked in place, hostile ones harmless."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from web_server import WebServer

from foedus.workspace import Workspace

pytestmark = pytest.mark.browser
ARTICLE = (
    "Russia to arm Syria\n\nDamascus, 3 March 2024\n\n"
    "Russia promised Syria air defence missiles on Sunday. Iran refused to send troops to Syria.\n"
)
HOSTILE = (
    "<html><head><title>&lt;script&gt;alert(1)&lt;/script&gt;</title>"
    "<script>alert(document.cookie)</script></head><body><article><p>Russia promised Syria arms on"
    " Sunday, &lt;img src=x onerror=alert(2)&gt; officials said. The rest of the article goes on"
    " for some time so that it reads as one.</p><iframe src='http://evil.example'></iframe>"
    "</article></body></html>"
)


@pytest.fixture(scope="module")
def writing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebServer]:
    with WebServer(tmp_path_factory.mktemp("evidence") / "w.sqlite") as running:
        yield running


def upload(address: str, *files: tuple[str, bytes]) -> str:
    """Send files as the form does; the address of the job."""
    with httpx.Client(base_url=address, timeout=90) as client:
        page = client.get("/evidence").text
        token = re.search(r'name="csrf" value="([0-9a-f]+)"', page)
        assert token
        answer = client.post(
            "/evidence/upload", data={"csrf": token[1]}, files=[("files", file) for file in files]
        )
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def finished(address: str, job: str) -> str:
    deadline = time.monotonic() + 180
    with httpx.Client(base_url=address, timeout=90) as client:
        while time.monotonic() < deadline:
            text = client.get(job).text
            if 'hx-get="/jobs/' not in text:
                return text
            time.sleep(0.1)
    raise AssertionError(f"the job did not end: {text}")


def test_a_document_is_dropped_read_and_shown_with_its_claims_marked(
    browser: Any, writing: WebServer, tmp_path: Path
) -> None:
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE)
    page = browser.new_page()
    page.goto(writing.address + "/evidence")
    page.set_input_files("#files", path)
    assert "1 file" in page.inner_text("#upload-words")
    page.click("text=Read them")
    page.wait_for_selector(".job.done", timeout=120_000)
    page.click("text=open")
    marks = page.locator(".text mark")
    assert marks.count() >= 2
    assert "Russia promised Syria air defence missiles" in marks.first.inner_text()
    marks.first.locator("a").click()
    card = page.locator("article.claim:target")
    assert "Russia promises arms to Syria" in card.inner_text()
    page.close()


def test_a_dropped_file_is_sent_by_the_form(browser: Any, writing: WebServer) -> None:
    page = browser.new_page()
    page.goto(writing.address + "/evidence")
    with page.expect_navigation():
        page.evaluate(
            """text => {
              const bag = new DataTransfer();
              bag.items.add(new File([text], 'dropped.txt', {type: 'text/plain'}));
              document.getElementById('upload').dispatchEvent(
                new DragEvent('drop', {dataTransfer: bag, bubbles: true, cancelable: true}));
            }""",
            ARTICLE + " Dropped.",
        )
    page.wait_for_selector(".job.done", timeout=120_000)
    assert "dropped.txt" in page.inner_text(".files")
    page.close()


def test_hostile_documents_are_text_on_every_page(browser: Any, writing: WebServer) -> None:
    name = "<img src=x onerror=alert(3)>.html"
    job = upload(
        writing.address,
        (name, HOSTILE.encode()),
        ("../../../etc/passwd.txt", ARTICLE.encode() + b"\xe2\x80\xae more"),
    )
    text = finished(writing.address, job)
    assert "passwd.txt" in text
    assert "../" not in text.partition("<main")[2]
    with Workspace.open(str(writing.workspace)) as workspace:
        keys = [one.id for one in workspace.documents()]
    context = browser.new_context()
    page = context.new_page()
    alarms: list[str] = []
    page.on("dialog", lambda dialog: (alarms.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda error: alarms.append(str(error)))
    page.on(
        "request",
        lambda request: None if request.url.startswith(writing.address)
        else alarms.append(request.url),
    )  # fmt: skip
    for path in (job, "/evidence", "/jobs", "/review", *(f"/document/{key}" for key in keys)):
        page.goto(writing.address + path)
        assert page.locator("main iframe, main img, main script").count() == 0
    context.close()
    assert alarms == []


def test_what_cannot_be_read_is_said_file_by_file_and_the_rest_is_read(writing: WebServer) -> None:
    text = finished(
        writing.address,
        upload(
            writing.address,
            ("broken.pdf", b"%PDF-1.4 nothing"),
            ("program.exe", b"MZ"),
            ("good.txt", ARTICLE.encode() + b"Good."),
        ),
    )
    assert "not a PDF that can be opened" in text
    assert "is not read. Known:" in text
    assert "1 document added" in text


def test_no_file_and_too_much_are_refused_with_what_to_do(writing: WebServer) -> None:
    with httpx.Client(base_url=writing.address, timeout=90) as client:
        page = client.get("/evidence").text
        token = re.search(r'name="csrf" value="([0-9a-f]+)"', page)
        assert token
        empty = client.post(
            "/evidence/upload", data={"csrf": token[1]}, files=[("files", ("", b""))]
        )
        assert empty.status_code in (400, 422)
    host, _, port = writing.address.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), 10) as raw:
        raw.sendall(
            f"POST /evidence/upload HTTP/1.1\r\nHost: {host}:{port}\r\n"
            "Content-Length: 80000000\r\n\r\n".encode()
        )
        assert b" 413 " in raw.recv(100)


@pytest.mark.parametrize("path", ["/evidence", "/review", "/jobs", "/document"])
def test_pages_are_accessible_and_fit_at_three_widths(
    browser: Any, server: WebServer, path: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    if path == "/document":
        with Workspace.open(str(server.workspace)) as workspace:
            path = f"/document/{workspace.library.page().lines[0].id}"
    page = browser.new_page()
    page.goto(server.address + path, timeout=120_000)
    page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    for width in (768, 1440, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    page.close()


def test_everything_works_without_scripts(browser: Any, writing: WebServer) -> None:
    finished(writing.address, upload(writing.address, ("plain.txt", ARTICLE.encode() + b"Plain.")))
    context = browser.new_context(java_script_enabled=False)
    context.set_default_timeout(120_000)
    page = context.new_page()
    page.goto(writing.address + "/review")
    page.locator("article.claim button:has-text('Accept')").first.click()
    assert "Your last decision" in page.inner_text("main")
    assert "accepted by" in page.locator("article.claim").first.inner_text()
    page.locator("article.claim button:has-text('Undo')").first.click()
    assert "unreviewed by" in page.locator("article.claim").first.inner_text()
    context.close()
