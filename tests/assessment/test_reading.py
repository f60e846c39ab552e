"""Reading many documents: the same claims however it is done, and nothing lost on the way."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import foedus
from foedus.assessment.reading_work import names_of
from foedus.domain.documents import Document
from foedus.errors import InputError
from foedus.evidence import coder
from foedus.evidence.reader import read_file
from foedus.workspace import Workspace

GOLD = Path(__file__).parents[1] / "gold" / "development"
PARAGRAPHS = [
    part
    for path in sorted(GOLD.glob("*.txt"))
    for part in path.read_text("utf-8").split("\n\n")
    if len(part) > 80
]


@pytest.fixture(autouse=True)
def _own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data-home"))
    monkeypatch.delenv("FOEDUS_WORKSPACE", raising=False)


def _folder(at: Path, documents: int, seed: int = 1) -> Path:
    """A folder of texts, a page, a table of documents and three files that cannot be read."""
    at.mkdir()
    choose = random.Random(seed)
    for number in range(documents):
        parts = [f"Report {number} of 12 March 2024", *choose.sample(PARAGRAPHS, 4)]
        (at / f"{number:05}.txt").write_text("\n\n".join(parts), "utf-8")
    page = "".join(f"<p>{part}</p>" for part in PARAGRAPHS[:3])
    (at / "page.html").write_text(f"<html><body><article>{page}</article></body></html>", "utf-8")
    rows = [{"text": part, "date": "2024-03-12"} for part in PARAGRAPHS[3:9]]
    (at / "table.jsonl").write_text("\n".join(map(json.dumps, [*rows, {"text": ""}])), "utf-8")
    (at / "broken.pdf").write_bytes(b"%PDF-1.4 no more of it")
    (at / "blank.txt").write_text(" \n", "utf-8")
    return at


def test_a_text_read_in_many_parts_gives_the_claims_of_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "long.txt"
    file.write_text("12 March 2024\n\n" + "\n\n".join(PARAGRAPHS), "utf-8")
    (document,) = (one for one in read_file(file) if isinstance(one, Document))
    monkeypatch.setattr(coder, "PART", 7)
    expected = sorted(
        coder.code_document(document, names_of(document, date.today())),
        key=lambda claim: (claim.start, claim.end, claim.claim_id),
    )
    reading = foedus.read(file, workspace=tmp_path / "desk.sqlite")
    with Workspace.open(tmp_path / "desk.sqlite") as desk:
        assert list(desk.claims(include_abstained=True)) == expected
    assert reading.claims + reading.abstained == len(expected) > 300
    assert reading.abstained == sum(claim.abstained for claim in expected)


def _content(where: Path) -> dict[str, Any]:
    """Everything that a reading stores, in order."""
    with Workspace.open(where) as desk:
        documents = list(desk.documents())
        return {
            "documents": [one.model_dump() for one in documents],
            "claims": [one.model_dump() for one in desk.claims(include_abstained=True)],
            "sketches": desk.sketches([one.id for one in documents]),
            "quarantine": [(one.name, one.reason) for one in desk.quarantined()],
        }


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _folder(tmp_path_factory.mktemp("many") / "in", 40)


@pytest.fixture(scope="module")
def one_process(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    where = tmp_path_factory.mktemp("one") / "one.sqlite"
    done = foedus.read([folder], workspace=where)
    content = _content(where)
    assert len(content["documents"]) == len(done.added) == 40 + 1 + 6
    assert len(content["sketches"]) == len(content["documents"])
    assert len(content["claims"]) == done.claims + done.abstained > 100
    assert len(done.failures) == len(content["quarantine"]) == 3
    return content


def test_workers_find_the_same_claims(
    folder: Path, one_process: dict[str, Any], tmp_path: Path
) -> None:
    seen: list[tuple[int, int]] = []
    done = foedus.read(
        [folder], workspace=tmp_path / "w", workers=3,
        progress=lambda _name, files, total: seen.append((files, total)),
    )  # fmt: skip
    assert _content(tmp_path / "w") == one_process
    assert (len(done.added), len(done.failures)) == (47, 3)
    assert seen == [(number, 44) for number in range(1, 45)]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as local:
        yield local


@pytest.mark.slow
def test_a_cluster_finds_the_same_claims_and_a_lost_worker_costs_none(
    folder: Path, one_process: dict[str, Any], tmp_path: Path, cluster: Any
) -> None:
    lost: list[int] = []

    def lose(_name: str, files: int, _total: int) -> None:
        if files == 8 and not lost:
            lost.append(next(iter(cluster.workers.values())).pid)
            os.kill(lost[0], signal.SIGKILL)

    foedus.read(
        [folder], workspace=tmp_path / "w", cluster=cluster.scheduler_address, progress=lose
    )
    assert lost
    assert _content(tmp_path / "w") == one_process


def test_no_cluster_there_is_said_plainly(folder: Path, tmp_path: Path) -> None:
    pytest.importorskip("distributed")
    with pytest.raises(InputError, match="No Dask scheduler"):
        foedus.read([folder], workspace=tmp_path / "w", cluster="not an address")
    with pytest.raises(InputError, match="Not a number of workers: 0"):
        foedus.read([folder], workspace=tmp_path / "w", workers=0)


def _workers_of_this_process() -> list[int]:
    listed = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    children = [int(pid) for path in listed for pid in path.read_text().split()]
    return [
        pid
        for pid in children
        if b"foedus.assessment.reading_process" in Path(f"/proc/{pid}/cmdline").read_bytes()
    ]


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs /proc")
def test_a_lost_process_costs_no_document(
    folder: Path, one_process: dict[str, Any], tmp_path: Path
) -> None:
    over = threading.Event()
    killed: list[int] = []

    def kill_some() -> None:
        while not over.is_set() and len(killed) < 2:
            for pid in _workers_of_this_process():
                if pid not in killed and len(killed) < 2:
                    os.kill(pid, signal.SIGKILL)
                    killed.append(pid)
            time.sleep(0.3)

    killer = threading.Thread(target=kill_some)
    killer.start()
    try:
        foedus.read([folder], workspace=tmp_path / "w", workers=2)
    finally:
        over.set()
        killer.join()
    assert len(killed) == 2
    assert _content(tmp_path / "w") == one_process


def test_a_reading_that_is_killed_goes_on_where_it_stopped(
    folder: Path, one_process: dict[str, Any], tmp_path: Path
) -> None:
    where = tmp_path / "w.sqlite"
    program = "from foedus.cli import main; main()"
    command = [sys.executable, "-c", program, "read", str(folder), "--workspace", str(where)]
    stored = []
    moments = random.Random(5)
    for workers in ("1", "2", "1"):
        reading = subprocess.Popen(
            [*command, "--workers", workers], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        before = time.monotonic()
        while not where.exists() and time.monotonic() - before < 60:
            time.sleep(0.01)
        time.sleep(moments.uniform(0.5, 1.5))
        reading.kill()
        reading.wait()
        with Workspace.open(where) as desk:
            stored.append(sum(1 for _ in desk.documents()))
    assert stored == sorted(stored)
    foedus.read([folder], workspace=where)
    assert _content(where) == one_process


def test_what_cannot_be_read_waits_in_quarantine_until_it_changes(tmp_path: Path) -> None:
    bad = tmp_path / "in" / "note.txt"
    bad.parent.mkdir()
    bad.write_text(" ", "utf-8")
    table = tmp_path / "in" / "rows.csv"
    table.write_text("text,date\n,2024-01-01\nRussia sent arms to Syria.,\n", "utf-8")
    where = tmp_path / "w"
    first = foedus.read([tmp_path / "in"], workspace=where)
    assert (len(first.failures), first.passed_over) == (2, 0)
    again = foedus.read([tmp_path / "in"], workspace=where)
    assert (sorted(again.failures), again.passed_over) == (sorted(first.failures), 1)
    held = {one.name: one for one in foedus.quarantine(where)}
    assert (held[str(bad)].tries, held[str(bad)].reason) == (1, "empty.")
    assert len(held) == 2
    foedus.read([tmp_path / "in"], workspace=where, retry_quarantined=True)
    assert {one.name: one.tries for one in foedus.quarantine(where)}[str(bad)] == 2
    bad.write_text("Iran sent drones to Russia, officials said.", "utf-8")
    changed = foedus.read([tmp_path / "in"], workspace=where)
    assert changed.added == ("note.txt",)
    assert str(bad) not in {one.name for one in foedus.quarantine(where)}
    table.write_text("text,date\nRussia sent arms to Syria.,\n", "utf-8")
    assert foedus.read([tmp_path / "in"], workspace=where).failures == ()
    assert foedus.quarantine(where) == []


def test_a_path_that_is_not_there_is_tried_each_time(tmp_path: Path) -> None:
    later = tmp_path / "later.txt"
    where = tmp_path / "w"
    assert len(foedus.read([later], workspace=where).failures) == 1
    later.write_text("Iran sent drones to Russia, officials said.", "utf-8")
    assert foedus.read([later], workspace=where).failures == ()
