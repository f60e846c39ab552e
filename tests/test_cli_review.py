"""`foedus review` from the command line: by name, through a pipe, and at a terminal."""

from __future__ import annotations

import io
import json
import os
import pty
import select
import sys
import time
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import foedus
from foedus.cli import main
from foedus.workspace import Workspace

TEXT = (
    "Moscow, 12 March 2024\n\nRussia sent artillery shells to Syria in March. Iran refused to send"
    " troops to Syria, officials said.\n\nFrance promised air defence systems to Ukraine. Poland"
    " delivered tanks to Ukraine last year.\n"
)
COMMAND = [sys.executable, "-c", "from foedus.cli import main; main()", "review"]


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / "note.txt").write_text(TEXT, "utf-8")
    where = tmp_path / "desk.sqlite"
    assert foedus.read(tmp_path / "note.txt", workspace=where).claims >= 3
    return where


class Done(NamedTuple):
    returncode: int
    stdout: str
    stderr: str


def run(desk: Path, *arguments: str, stdin: str = "", name: str = "Ada") -> Done:
    """One command in this process, with its standard streams and its exit code."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setenv("FOEDUS_REVIEWER", name)
        patch.setattr(sys, "stdin", io.StringIO(stdin))
        try:
            main(["review", *arguments, "--workspace", str(desk)])
        except SystemExit as end:
            code = int(end.code or 0)
    return Done(code, out.getvalue(), err.getvalue())


def told(desk: Path, *arguments: str, **options: Any) -> Any:
    done = run(desk, *arguments, "--json", **options)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_each_action_by_name_and_what_the_history_says(desk: Path) -> None:
    first, second, *_ = [one["state"]["claim"]["claim_id"] for one in told(desk, "list")["items"]]
    assert told(desk, "accept", first[:10])["state"]["claim"]["review"] == "accepted"
    edited = told(desk, "edit", first, "act=signal", "target=Iran, Damascus", "--note", "see above")
    assert edited["state"]["claim"]["target"] == ["IRN", "SYR"]
    told(desk, "grade", first, "--reliability", "B", "--credibility", "2")
    told(desk, "note", first, "checked", name="Bo")
    told(desk, "undo", first)
    merged = told(desk, "merge", second, first)["state"]["claim"]
    assert (merged["review"], merged["merged_into"]) == ("merged", first)
    changes = told(desk, "history", first)
    assert [(one["action"], one["by"]) for one in changes] == [
        ("accept", "Ada"), ("edit", "Ada"), ("grade", "Ada"), ("note", "Bo"), ("undo", "Ada"),
    ]  # fmt: skip
    plain = run(desk, "history", first).stdout
    assert "see above" in plain
    assert "accepted" in plain
    assert first in run(desk, "list", "--status", "edited").stdout


def test_what_cannot_be_done_is_said_and_costs_two(desk: Path) -> None:
    key = told(desk, "list")["items"][0]["state"]["claim"]["claim_id"]
    for arguments, words in (
        (("accept", "zzz"), "No claim 'zzz'"),
        (("edit", key, "act"), "Not field=value"),
        (("edit", key, "source=Atlantis"), "No actor is called 'Atlantis'"),
        (("edit", key, "quote=never said"), "word for word"),
        (("edit", key, "time=yesterday"), "Not an EDTF date"),
        (("list", "--status", "odd"), "No review status 'odd'"),
        (("agreement",), "Name a blind round"),
    ):
        done = run(desk, *arguments)
        assert (done.returncode, words in done.stderr) == (2, True), done.stderr
        assert "Traceback" not in done.stderr
    told(desk, "reject", key)
    late = run(desk, "accept", key, "--seen", "1", name="Bo")
    assert late.returncode == 2
    assert "changed by Ada" in late.stderr


def test_keys_through_a_pipe(desk: Path) -> None:
    ids = [one["state"]["claim"]["claim_id"] for one in told(desk, "list")["items"]]
    keys = "?\na\nk\ne act=signal; support=arms, training\nj\ng B2\nr\nx\nq\na\n"
    done = run(desk, stdin=keys)
    assert done.returncode == 0, done.stderr
    states = [told(desk, "show", key)["state"] for key in ids]
    assert [one["claim"]["review"] for one in states[:3]] == ["edited", "rejected", "unreviewed"]
    assert states[0]["claim"]["support"] == ["arms", "training"]
    assert (states[1]["claim"]["reliability"], states[1]["claim"]["credibility"]) == ("B", 2)
    assert "No key 'x'" in done.stderr
    assert "1/" in done.stdout


def test_keys_at_a_terminal(desk: Path) -> None:
    ids = [one["state"]["claim"]["claim_id"] for one in told(desk, "list")["items"]]
    child, terminal = pty.fork()
    if child == 0:
        os.environ |= {"FOEDUS_REVIEWER": "Ada", "TERM": "dumb", "COLUMNS": "100"}
        os.execv(COMMAND[0], [*COMMAND, "--workspace", str(desk)])
    seen = _until(terminal, "version 1")
    os.write(terminal, b"r")
    seen += _until(terminal, ids[1])
    os.write(terminal, b"e")
    _until(terminal, "field=value")
    os.write(terminal, b"act=signal\n")
    _until(terminal, "version 2")
    os.write(terminal, b"q")
    assert os.waitpid(child, 0)[1] == 0
    assert told(desk, "show", ids[0])["state"]["claim"]["review"] == "rejected"
    assert told(desk, "show", ids[1])["state"]["claim"]["act"] == "signal"


def _until(terminal: int, words: str) -> str:
    seen, end = "", time.monotonic() + 30
    while words not in seen:
        assert time.monotonic() < end, seen
        if select.select([terminal], [], [], 0.2)[0]:
            seen += os.read(terminal, 65536).decode("utf-8", "replace")
    return seen


def test_a_blind_round_from_two_reviewers_to_agreement(desk: Path) -> None:
    ids = [one["state"]["claim"]["claim_id"] for one in told(desk, "list")["items"]]
    for name, edits in (("Ada", {}), ("Bo", {ids[0]: "act=signal"})):
        for key in ids:
            action = ("edit", key, edits[key]) if key in edits else ("accept", key)
            told(desk, *action, "--blind", "r1", name=name)
    assert told(desk, "list", "--blind", "r1", name="Bo")["total"] == 0
    assert told(desk, "list", "--blind", "r1", name="Cy")["total"] == len(ids)
    found = told(desk, "agreement")
    assert (found["coders"], found["claims"]) == (["Ada", "Bo"], len(ids))
    alphas = {one["what"]: one for one in found["alphas"]}
    assert alphas["act"]["alpha"] < 1
    assert alphas["target"]["alpha"] == 1
    assert alphas["spans, any act"]["alpha"] == pytest.approx(1)
    assert alphas["act"]["low"] is None
    assert "Krippendorff" in run(desk, "agreement", "--blind", "r1").stdout
    assert told(desk, "list")["total"] == len(ids)
    done = told(desk, "adjudicate", ids[0], "Bo", "--blind", "r1", name="Cy")
    assert done["state"]["claim"]["act"] == "signal"
    assert len(told(desk, "decisions", "--blind", "r1", "--reviewer", "Bo")) == len(ids)
    with Workspace.open(desk) as opened:
        assert opened.history(ids[0])[0].by == "Cy"
