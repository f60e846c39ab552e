"""A fresh place for a workspace on each back end."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from postgres_server import Server, installed_binaries, running

settings.register_profile(
    "workspace", deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A running PostgreSQL server; skipped where none is installed, which fails under CI."""
    binaries = installed_binaries()
    if binaries is None:
        message = "no PostgreSQL server binaries (initdb); install the postgresql package"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    with running(binaries) as server:
        yield server


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A place at which no workspace lies yet."""
    if request.param == "sqlite":
        return str(tmp_path / 'it\'s a "work?space" #1%.sqlite')
    server: Server = request.getfixturevalue("postgres")
    schema = f"w{uuid.uuid4().hex}"
    server.run(f"CREATE SCHEMA {schema}")
    return server.url(query=f"?options=-csearch_path%3D{schema}")


@pytest.fixture(autouse=True)
def _own_data_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data-home"))
    monkeypatch.delenv("FOEDUS_WORKSPACE", raising=False)
