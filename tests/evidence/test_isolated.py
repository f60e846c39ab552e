"""A file is parsed in another process: slow, greedy and crashing files cost themselves alone."""

from __future__ import annotations

import io
import os
import signal
import threading
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from foedus.domain.documents import Document
from foedus.errors import DocumentError
from foedus.evidence.isolated import each_isolated, read_isolated
from foedus.evidence.reader import read_documents

PARAGRAPH = (
    "Russia condemned the strikes on Iran but sent no weapons, two officials said on Monday."
)
PAGE = f"<html><body><h1>Arms</h1><p>{PARAGRAPH}</p><p>{PARAGRAPH}</p></body></html>".encode()
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def slow_page(megabytes: int = 4) -> bytes:
    """A page whose parsing takes seconds."""
    row = f"<div><p>{PARAGRAPH}</p><ul><li>{PARAGRAPH}</li></ul></div>"
    return f"<html><body>{row * (megabytes * 1_000_000 // len(row))}</body></html>".encode()


def word(body: str) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
        )
    return kept.getvalue()


def parsers() -> set[int]:
    """Process ids of this process's parsing children."""
    found = set()
    for entry in Path("/proc").iterdir():
        try:
            stat = (entry / "stat").read_text().rpartition(")")[2].split()
            mine = int(stat[1]) == os.getpid() and stat[0] != "Z"
            if mine and b"isolated_worker" in (entry / "cmdline").read_bytes():
                found.add(int(entry.name))
        except (OSError, IndexError, ValueError):
            continue
    return found


def test_the_same_document_as_in_this_process(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PARAGRAPH)
    (direct,) = read_documents([tmp_path / "a.txt"])
    assert read_isolated("a.txt", PARAGRAPH.encode()) == direct
    page = read_isolated("uploads/a.html", PAGE)
    assert (page.name, page.title) == ("a.html", "Arms")


def test_errors_name_the_file_as_given() -> None:
    for name, data, reason in (
        ("a.xyz", b"x", "suffix"),
        ("a.txt", b"", "empty"),
        ("a.pdf", b"%PDF-1.7 nothing", "PDF"),
        ("a.jsonl", b'{"text": "One two."}\n{"text": "Three four."}', "several"),
    ):
        with pytest.raises(DocumentError, match=reason) as caught:
            read_isolated(name, data)
        assert caught.value.name == name


def test_a_table_gives_each_of_its_documents() -> None:
    data = b'{"text": "One two."}\nnot json\n{"text": "Three four."}'
    found = list(each_isolated("a.jsonl", data))
    assert [item.name for item in found] == ["a.jsonl#1", "a.jsonl#2", "a.jsonl#3"]
    assert isinstance(found[1], DocumentError)


def test_a_slow_file_is_given_up_and_the_next_one_read() -> None:
    read_isolated("a.html", PAGE)
    before = time.monotonic()
    with pytest.raises(DocumentError, match=r"more than 0\.3 s"):
        read_isolated("slow.html", slow_page(), seconds=0.3)
    assert time.monotonic() - before < 8
    assert isinstance(read_isolated("a.html", PAGE), Document)


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="no limit on memory here")
def test_a_greedy_file_is_given_up_and_the_next_one_read() -> None:
    body = f"<w:p><w:r><w:t>{'x' * 50_000_000}</w:t></w:r></w:p>"
    with pytest.raises(DocumentError, match="memory"):
        read_isolated("greedy.docx", word(body), megabytes=40, seconds=30)
    assert isinstance(read_isolated("a.html", PAGE), Document)


@pytest.mark.skipif(not Path("/proc").exists(), reason="children are found through /proc")
def test_a_crash_of_the_parser_costs_one_file() -> None:
    read_isolated("a.html", PAGE)
    crashed = threading.Event()

    def crash() -> None:
        while not crashed.wait(0.05):
            for child in parsers():
                os.kill(child, signal.SIGSEGV)

    killer = threading.Thread(target=crash)
    killer.start()
    try:
        with pytest.raises(DocumentError, match="signal 11"):
            read_isolated("slow.html", slow_page())
    finally:
        crashed.set()
        killer.join()
    assert isinstance(read_isolated("a.html", PAGE), Document)


@pytest.mark.skipif(not Path("/proc").exists(), reason="children are found through /proc")
def test_parsers_are_used_again_and_by_several_threads() -> None:
    read_isolated("a.html", PAGE)
    warm = parsers()
    for _ in range(5):
        read_isolated("a.html", PAGE)
    assert parsers() == warm
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda at: read_isolated(f"{at}.html", PAGE), range(12)))
    assert {item.name for item in found} == {f"{at}.html" for at in range(12)}


def test_keys_do_not_reach_the_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    from foedus.evidence.isolated import close_workers

    monkeypatch.setenv("FOEDUS_LLM_KEY", "secret-key")
    close_workers()
    read_isolated("a.txt", PARAGRAPH.encode())
    for child in parsers():
        assert b"secret-key" not in Path(f"/proc/{child}/environ").read_bytes()
