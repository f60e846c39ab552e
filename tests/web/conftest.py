"""A real server in its own process, and Debian's chromium to look at it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from shutil import copy, which
from typing import Any

import pytest
from web_server import WebServer

from foedus.workspace import Workspace


def missing(what: str) -> None:
    """Skip loudly; under CI, fail."""
    message = f"{what} is missing; `make test` installs it, or `apt-get install -y {what}`"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's chromium, headless."""
    chromium = os.environ.get("FOEDUS_CHROMIUM") or which("chromium")
    if chromium is None:
        missing("chromium")
    from playwright import sync_api

    with sync_api.sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=chromium, args=["--headless", "--no-sandbox", "--disable-gpu"]
        )
        yield running
        running.close()


@pytest.fixture(scope="session")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the example documents read and Russia-Iran assessed in it."""
    path = tmp_path_factory.mktemp("web") / "workspace.sqlite"
    examples = Path(__file__).resolve().parents[2] / "examples" / "documents"
    subprocess.run(
        [sys.executable, "-c", "from foedus.cli import main; main()", "assess", "Russia", "Iran",
         "--read", str(examples), "--workspace", str(path)],
        check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    return path


@pytest.fixture(scope="session")
def server(workspace: Path) -> Iterator[WebServer]:
    """One server for all reading tests; those that write make their own with `WebServer`."""
    with WebServer(workspace) as running:
        yield running


@pytest.fixture(scope="module")
def own(workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebServer]:
    """A server of the module's own, on a copy that its tests may change."""
    copy_of = tmp_path_factory.mktemp("own") / "copy.sqlite"
    with Workspace.open(workspace):
        pass
    copy(workspace, copy_of)
    with WebServer(copy_of) as running:
        yield running
