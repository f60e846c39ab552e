"""A reviewer's process killed at any moment: every acknowledged change is there, whole.

FOEDUS_KILLS sets the number of kills (20 unless set).
"""

from __future__ import annotations

import os
import random
import select
import signal
import time

import pytest
import sqlalchemy.dialects.sqlite
from workspace_samples import numbered

from foedus.domain.reviews import StaleClaim
from foedus.workspace import Workspace, adding, claims, migrate, reviews

KILLS = int(os.environ.get("FOEDUS_KILLS", "20"))
KILLS_PER_WORKSPACE = 5
LOADED = (sqlalchemy.dialects.sqlite, adding, claims, migrate, reviews)
"""Loaded before the fork, so that the kills fall on reviewing, not on importing."""


def _review_until_killed(where: str, name: str, acknowledged: int) -> None:
    with Workspace.open(where) as desk:
        keys = [one.claim.claim_id for one in desk.queue(status=None, limit=100).items]
        turn = 0
        while True:
            key, turn = keys[turn % len(keys)], turn + 1
            seen = desk.claim(key).version
            action = ("accept", "reject", "grade")[turn % 3]
            changes = {"credibility": turn % 6 + 1} if action == "grade" else {}
            try:
                state = desk.review(key, action, seen=seen, by=name, changes=changes)
            except StaleClaim:
                continue
            line = f"{key} {state.version} {name} {state.claim.review} {state.claim.credibility}"
            os.write(acknowledged, f"{line}\n".encode())


def _killed_after(where: str, name: str, seconds: float) -> list[str]:
    """Two reviewers at once, both killed; the changes that were acknowledged."""
    read_end, write_end = os.pipe()
    children = []
    for reviewer in (name, f"{name}-colleague"):
        child = os.fork()
        if child == 0:
            try:
                os.close(read_end)
                _review_until_killed(where, reviewer, write_end)
            finally:
                os._exit(0)
        children.append(child)
    os.close(write_end)
    received = os.read(read_end, 65536)
    deadline = time.monotonic() + seconds
    while (left := deadline - time.monotonic()) > 0:
        if select.select([read_end], [], [], left)[0]:
            received += os.read(read_end, 65536)
    for child in children:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    while part := os.read(read_end, 65536):
        received += part
    os.close(read_end)
    return received.decode().split("\n")[:-1]


@pytest.mark.parametrize("seed", range(max(1, KILLS // KILLS_PER_WORKSPACE)))
def test_every_acknowledged_review_is_there(where: str, seed: int) -> None:
    moments = random.Random(seed)
    with Workspace.open(where) as desk:
        for number in range(2):
            desk.add_document(*numbered(number))
    acknowledged: list[str] = []
    for kill in range(KILLS_PER_WORKSPACE):
        acknowledged += _killed_after(where, f"r{kill}", moments.uniform(0, 0.15))
        with Workspace.open(where) as desk:
            kept = set()
            for state in desk.queue(status=None, limit=100).items:
                claim, changes = state.claim, desk.history(state.claim.claim_id)
                assert [one.version for one in changes] == list(range(2, state.version + 1))
                grade, status = 6, "unreviewed"
                for one in changes:
                    grade = one.after.get("credibility", grade)
                    status = one.after.get("review", status)
                    kept.add(f"{claim.claim_id} {one.version} {one.by} {status} {grade}")
                assert (claim.credibility, claim.review) == (grade, status)
            assert set(acknowledged) <= kept
    assert acknowledged
