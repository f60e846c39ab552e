"""A team's workspace: `foedus serve` over a real PostgreSQL."""

from __future__ import annotations

import importlib.util
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from test_web_evidence import ARTICLE, finished, upload
from web_server import WebServer

from foedus.workspace import Workspace

pytestmark = pytest.mark.postgres


def _postgres_server() -> Any:
    path = Path(__file__).parents[1] / "workspace" / "postgres_server.py"
    spec = importlib.util.spec_from_file_location("postgres_server", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules.setdefault("postgres_server", module)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def team() -> Iterator[WebServer]:
    postgres = _postgres_server()
    binaries = postgres.installed_binaries()
    if binaries is None:
        message = "no PostgreSQL server binaries (initdb); install the postgresql package"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    with postgres.running(binaries) as database, WebServer(database.url()) as running:
        yield running


def test_pages_upload_review_and_conflict_as_on_one_machine(team: WebServer) -> None:
    assert team.get("/evidence").status_code == 200
    assert team.get("/pair/RUS/IRN?as_of=2024-11-01").status_code == 200
    words = finished(team.address, upload(team.address, ("article.txt", ARTICLE.encode())))
    assert "1 document added" in words
    with team.client() as ada, team.client() as ben:
        forms = []
        for who, client in (("Ada", ada), ("Ben", ben)):
            text = client.get("/review").text
            token = re.search(r'name="csrf" value="(\w+)"', text)
            key = re.search(r'data-claim="([^"]+)"', text)
            assert token
            assert key
            client.post("/reviewer", data={"csrf": token[1], "name": who})
            forms.append((client, key[1], {"csrf": token[1], "seen": "1"}))
        (first, key, form), (second, same, other) = forms
        assert key == same
        assert first.post(f"/review/{key}", data=form | {"action": "accept"}).status_code == 303
        late = second.post(f"/review/{key}", data=other | {"action": "reject"})
        assert late.status_code == 409
        assert "Ada" in late.text
    with Workspace.open(str(team.workspace)) as workspace:
        assert workspace.claim(key).claim.review == "accepted"
        assert [change.by for change in workspace.history(key)] == ["Ada"]


def test_the_database_password_is_not_shown(team: WebServer) -> None:
    secret = str(team.workspace).replace("@127.0.0.1", ":s3cret-word@127.0.0.1")
    with WebServer(secret) as running, httpx.Client(base_url=running.address, timeout=90) as client:
        for path in ("/", "/data", "/about", "/api/v1/openapi.json"):
            assert "s3cret-word" not in client.get(path).text
