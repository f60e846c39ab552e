"""A writer killed at any moment leaves whole documents, every acknowledged one among them.

FOEDUS_KILLS sets the number of kills (30 unless set).
"""

from __future__ import annotations

import os
import random
import select
import signal
import sqlite3
import time
from contextlib import closing

import alembic.command
import pytest
import sqlalchemy.dialects.sqlite
from workspace_samples import CLAIMS_PER_NUMBERED, numbered

from foedus.workspace import Workspace, adding, claims, migrate

KILLS = int(os.environ.get("FOEDUS_KILLS", "30"))
KILLS_PER_WORKSPACE = 3
DOCUMENTS = 80
LOADED = (alembic.command, sqlalchemy.dialects.sqlite, adding, claims, migrate)
"""Loaded before the fork, so that the kills fall on creating and writing, not on importing."""


def _write_until_killed(where: str, acknowledged: int) -> None:
    with Workspace.open(where) as workspace:
        for number in range(DOCUMENTS):
            one, coded = numbered(number)
            workspace.add_document(one, coded)
            os.write(acknowledged, f"{one.id}\n".encode())


def _killed_after(where: str, seconds: float, *, of_writing: bool) -> set[str]:
    """Run a writer in a process of its own and kill it; the ids that it said were stored.

    `seconds` count from its start, or, `of_writing`, from the first document it stored.
    """
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(read_end)
            _write_until_killed(where, write_end)
        finally:
            os._exit(0)
    os.close(write_end)
    received = b""
    if of_writing:
        received += os.read(read_end, 65536)
    deadline = time.monotonic() + seconds
    while (left := deadline - time.monotonic()) > 0:
        if select.select([read_end], [], [], left)[0]:
            part = os.read(read_end, 65536)
            if not part:
                break
            received += part
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while part := os.read(read_end, 65536):
        received += part
    os.close(read_end)
    return set(received.decode().split("\n")[:-1])


def _whole(where: str) -> set[str]:
    """The ids of the stored documents; each must have all of its claims."""
    with Workspace.open(where) as workspace:
        stored = {one.id: one for one in workspace.documents()}
        for key, one in stored.items():
            coded = workspace.claims(key)
            assert len(coded) == CLAIMS_PER_NUMBERED
            assert all(one.text[c.start : c.end] == c.quote for c in coded)
        assert len(workspace.claims()) == CLAIMS_PER_NUMBERED * len(stored)
    if "://" not in where:
        with closing(sqlite3.connect(where)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    return set(stored)


@pytest.mark.parametrize("seed", range(max(1, KILLS // KILLS_PER_WORKSPACE)))
def test_killed_at_random_moments(where: str, seed: int) -> None:
    moments = random.Random(seed)
    acknowledged: set[str] = set()
    for kill in range(KILLS_PER_WORKSPACE):
        acknowledged |= _killed_after(where, moments.uniform(0, 0.2), of_writing=kill > 0)
        assert acknowledged <= _whole(where)
    with Workspace.open(where) as workspace:
        already = {one.id for one in workspace.documents()}
        for number in range(DOCUMENTS):
            one, coded = numbered(number)
            assert workspace.add_document(one, coded) is (one.id not in already)
    assert _whole(where) == {numbered(number)[0].id for number in range(DOCUMENTS)}
