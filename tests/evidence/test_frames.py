"""The lexicon's pattern language, and the operators that turn a frame."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from foedus.evidence.lexicon import PhraseIndex, inflections, lexicon


def _hits(pattern: str, text: str, classes: dict[int, str] | None = None) -> list[tuple[int, int]]:
    index: PhraseIndex[str] = PhraseIndex()
    index.add(pattern, "x")
    words = text.split()
    marks = ["" for _ in words]
    for at, mark in (classes or {}).items():
        marks[at] = mark
    return [(first, last) for first, last, _ in index.find(words, marks)]


@pytest.mark.parametrize(
    ("pattern", "text", "hits"),
    [
        ("@send", "they sent and send", [(1, 2), (3, 4)]),
        ("@sit on ..3 hands", "it sat on its two hands", [(1, 6)]),
        ("@sit on ..1 hands", "it sat on its two hands", []),
        ("no/little incentive to", "has little incentive to act", [(1, 4)]),
        ("@stand ?idly by", "they stood by", [(1, 3)]),
        ("@send <sup>", "they sent tanks", [(1, 3)]),
        ("@sit on ..3 hands", "it sat on . hands", []),
    ],
)
def test_patterns(pattern: str, text: str, hits: list[tuple[int, int]]) -> None:
    assert _hits(pattern, text, {2: "<sup>"} if "<sup>" in pattern else None) == hits


@pytest.mark.parametrize(
    ("verb", "form"),
    [("supply", "supplied"), ("withdraw", "withdrew"), ("pledge", "pledging"), ("push", "pushes")],
)
def test_inflections(verb: str, form: str) -> None:
    assert form in inflections(verb)


def test_the_lexicon_reads_and_has_a_version() -> None:
    assert lexicon() is lexicon()
    assert len(lexicon().version) == 8


def test_rows_in_the_users_folder_are_read_beside_the_shipped_ones(tmp_path: Path) -> None:
    (tmp_path / "frames").mkdir()
    row = "@zorble\tdeliver\tpos\tarms\thelp\tobj\tAID\t0.7\n"
    (tmp_path / "frames" / "deliver.tsv").write_text(row, "utf-8")
    script = (
        "from foedus.evidence.lexicon import lexicon; known = lexicon();"
        "print(known.version, len(known.frames.find(['zorbled'], [''])))"
    )
    own = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "FOEDUS_LEXICON": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert own[0] != lexicon().version
    assert own[1] == "1"


def test_a_row_of_the_users_with_too_few_columns_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "names.tsv").write_text("RUS\tKremlin tower\n", "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", "from foedus.evidence.lexicon import lexicon; lexicon()"],
        env={**os.environ, "FOEDUS_LEXICON": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert "names.tsv" in done.stderr
    assert "3 expected" in done.stderr
