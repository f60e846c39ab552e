"""The server killed in the middle of reviews and uploads: what it acknowledged is there.

FOEDUS_KILLS sets the number of kills (3 unless set).
"""

from __future__ import annotations

import os
import random
import shutil
import threading
import time
from pathlib import Path

import httpx
import pytest
from test_web_evidence import ARTICLE, upload
from web_server import WebServer

from foedus.workspace import Workspace

KILLS = int(os.environ.get("FOEDUS_KILLS", "3"))


def _review(address: str, made: list[tuple[str, int]]) -> None:
    with httpx.Client(base_url=address, timeout=20) as client:
        while True:
            for state in client.get("/api/v1/claims?limit=10").json()["items"]:
                key = state["claim"]["claim_id"]
                asked = {"action": "note", "seen": state["version"], "by": "Ada", "note": "seen"}
                answer = client.post(f"/api/v1/claims/{key}/review", json=asked)
                if answer.status_code == 200:
                    made.append((key, answer.json()["version"]))


def _upload(address: str, jobs: list[str], kill: int) -> None:
    numbered = ((f"{kill}-{number}.txt", f"{ARTICLE} {kill} {number}") for number in range(1000))
    jobs.extend(upload(address, (name, text.encode())) for name, text in numbered)


def _until_killed(work: object, *given: object) -> None:
    try:
        work(*given)  # type: ignore[operator]
    except (httpx.HTTPError, AssertionError, ValueError):
        return  # the server is gone


@pytest.mark.slow
def test_every_acknowledged_review_and_upload_outlives_the_server(
    workspace: Path, tmp_path: Path
) -> None:
    with Workspace.open(workspace):
        pass
    copy = tmp_path / "copy.sqlite"
    shutil.copy(workspace, copy)
    moments = random.Random(11)
    made: list[tuple[str, int]] = []
    jobs: list[str] = []
    for kill in range(KILLS):
        with WebServer(copy) as server:
            threads = [
                threading.Thread(target=_until_killed, args=(_review, server.address, made)),
                threading.Thread(target=_until_killed, args=(_upload, server.address, jobs, kill)),
            ]
            for thread in threads:
                thread.start()
            time.sleep(moments.uniform(0.2, 2.0))
            server.process.kill()
            for thread in threads:
                thread.join(30)
        with Workspace.open(copy) as desk:
            for key, version in made:
                assert any(one.version == version for one in desk.history(key))
            kept = {job.id for job in desk.jobs.recent(100_000, kind="read")}
            assert {job.rpartition("/")[2] for job in jobs} <= kept
    assert made
    assert jobs
    with WebServer(copy), Workspace.open(copy) as desk:
        deadline = time.monotonic() + 60 + 5 * len(jobs)
        while any(not job.over for job in desk.jobs.recent(100_000)):
            assert time.monotonic() < deadline
            time.sleep(0.5)
        states = {job.state for job in desk.jobs.recent(100_000)}
        names = {name for one in desk.documents() for name in desk.names(one.id)}
    assert states == {"done"}
    assert {f"{kill}-0.txt" for kill in range(KILLS)} & names
