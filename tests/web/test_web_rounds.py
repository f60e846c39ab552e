"""Blind rounds in the browser's pages: agreement, differences, and whose decision is taken."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from test_web_guard import csrf_of
from web_server import WebServer

from foedus.workspace import Workspace


@pytest.fixture
def judged(workspace: Path, tmp_path: Path) -> Iterator[tuple[WebServer, str]]:
    """A copy of the example workspace in which two people differ on the first claim."""
    with Workspace.open(workspace):
        pass  # what the write-ahead log holds goes into the file
    copy = tmp_path / "copy.sqlite"
    shutil.copy(workspace, copy)
    with Workspace.open(copy) as desk:
        first = desk.queue(limit=1).items[0].claim.claim_id
        desk.review_blind(first, "accept", blind="spring", by="Ada", seen=0)
        desk.review_blind(first, "reject", blind="spring", by="Ben", seen=0)
    with WebServer(copy) as running:
        yield running, first


def test_a_difference_is_shown_and_settled(judged: tuple[WebServer, str]) -> None:
    server, claim = judged
    with server.client() as visitor:
        page = visitor.get("/review/rounds?round=spring")
        assert page.status_code == 200
        assert "Showing 1 of 1 claims" in page.text
        form = {"csrf": csrf_of(page), "claim": claim, "round": "spring", "of": "Ben", "seen": "1"}
        origin = {"Origin": server.address}
        done = visitor.post("/review/rounds/take", data=form, headers=origin, follow_redirects=True)
        assert done.status_code == 200, done.text
        assert "Taken." in done.text
    with Workspace.open(str(server.workspace)) as desk:
        assert desk.claim_states([claim])[claim].claim.review == "rejected"


def test_whoever_is_still_at_work_does_not_see_the_others(judged: tuple[WebServer, str]) -> None:
    server, _ = judged
    with Workspace.open(str(server.workspace)) as desk:
        other = desk.queue(limit=2).items[1].claim.claim_id
        desk.review_blind(other, "reject", blind="spring", by="Ben", seen=0)
    with server.client() as ada:
        form = {"csrf": csrf_of(ada.get("/review")), "name": "Ada"}
        ada.post("/reviewer", data=form, headers={"Origin": server.address})
        hidden = ada.get("/review/rounds?round=spring").text
        assert "You are still at work" in hidden
        assert "Ben" not in hidden.partition("<main")[2]
        assert "Ben: reject" in re.sub(
            "<[^>]+>", "", ada.get("/review/rounds?round=spring&open=1").text
        )


def test_unknown_rounds_and_pairs_say_how_to_go_on(server: WebServer) -> None:
    assert server.get("/review/rounds").status_code == 200
    assert "There is no blind round" in server.get("/review/rounds?round=none").text
    led = server.get("/evidence/pair?guarantor=Russia&beneficiary=Iran")
    assert led.headers["location"] == "/evidence/pair?guarantor=RUS&beneficiary=IRN"
