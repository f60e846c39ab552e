"""Fifty readers and five reviewers at once: no error, and no review lost. `make load` times it."""

from __future__ import annotations

import shutil
from pathlib import Path

from web_load import load, lost
from web_server import WebServer

from foedus.workspace import Workspace

SECONDS = 4


def test_many_at_once_get_answers_and_lose_nothing(workspace: Path, tmp_path: Path) -> None:
    with Workspace.open(workspace):
        pass
    copy = tmp_path / "copy.sqlite"
    shutil.copy(workspace, copy)
    with WebServer(copy) as running:
        outcome = load(running.address, SECONDS, readers=50, reviewers=5, pause=1.0)
    assert outcome.faults == []
    assert outcome.pages
    assert outcome.api
    assert outcome.reviews
    assert lost(str(copy), outcome) == []
