"""Claims out and in: exactly, in every format, and nothing that the documents do not bear out."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import foedus
from foedus.assessment.claim_formats import FORMATS, ClaimFormat, read_rows, write_rows
from foedus.assessment.claim_rows import to_row, to_state
from foedus.assessment.claims_exchange import ClaimFaults
from foedus.domain.claims import ACTS, Attribution, Claim
from foedus.domain.reviews import ClaimState
from foedus.errors import InputError
from foedus.workspace import Workspace

GOLD = Path(__file__).parents[1] / "gold"
TEXT = "Russia sent artillery shells to Syria. Iran refused to send troops, “officials” said.\n"
WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
TRICKY = st.sampled_from(
    ["", "'", "=1+1", "@x", "a;b", " a", "[x]", "-1", "a\r\nb", "null", "\ufeffa"]
)
SUPPORT: st.SearchStrategy[Any] = st.sampled_from([(), ("arms",), ("arms", "none")])
TOKENS = st.lists(WORDS | TRICKY, max_size=3).map(tuple)


@st.composite
def states(draw: st.DrawFn) -> ClaimState:
    start = draw(st.integers(0, len(TEXT) - 2))
    end = draw(st.integers(start + 1, len(TEXT)))
    claim = Claim(
        claim_id=draw(WORDS | TRICKY), doc="d0", quote=TEXT[start:end], start=start, end=end,
        source=draw(TOKENS), target=draw(TOKENS), beneficiary=draw(st.none() | WORDS | TRICKY),
        act=draw(st.sampled_from(ACTS)), support=draw(SUPPORT),
        polarity=draw(st.sampled_from(["pos", "neg"])), time=draw(st.none() | WORDS | TRICKY),
        attribution=Attribution(kind="speaker", name=draw(st.none() | WORDS | TRICKY)),
        confidence=draw(st.floats(0, 1)), abstained=draw(st.booleans()), coder=draw(WORDS | TRICKY),
        coder_version=draw(WORDS | TRICKY), cluster=draw(st.none() | WORDS | TRICKY),
        review=draw(st.sampled_from(["unreviewed", "accepted", "merged"])),
        merged_into=draw(st.none() | WORDS), reliability="B", credibility=2,
    )  # fmt: skip
    return ClaimState(claim=claim, version=draw(st.integers(1, 9)))


@pytest.mark.parametrize("form", FORMATS)
@given(rows=st.lists(states(), max_size=4))
@settings(max_examples=40, deadline=None)
def test_rows_come_back_exactly(
    form: ClaimFormat, rows: list[ClaimState], tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.getbasetemp() / f"rows.{form}"
    with file.open("w", encoding="utf-8", newline="") as out:
        write_rows((to_row(row, "a “name”.txt") for row in rows), out, form)
    back = []
    for _, row in read_rows(file, form):
        assert not isinstance(row, InputError)
        assert row["doc"] == "a “name”.txt"
        back.append(to_state(row, "d0", TEXT, "nobody"))
    assert back == rows


@given(rows=st.lists(states(), min_size=1, max_size=3))
@settings(max_examples=40, deadline=None)
def test_no_cell_is_a_formula(
    rows: list[ClaimState], tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.getbasetemp() / "cells.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        write_rows((to_row(row, "=cmd()") for row in rows), out, "csv")
    with file.open(encoding="utf-8-sig", newline="") as text:
        cells = [cell for line in csv.reader(text) for cell in line]
    assert "'=cmd()" in cells
    assert not [cell for cell in cells if cell[:1] in {"=", "+", "-", "@", "\t", "\r", "\n"}]


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / "note.txt").write_text(TEXT, "utf-8")
    where = tmp_path / "desk.sqlite"
    foedus.read(tmp_path / "note.txt", workspace=where)
    return where


@pytest.mark.parametrize("form", FORMATS)
def test_a_reviewed_workspace_goes_out_and_comes_back(
    desk: Path, tmp_path: Path, form: ClaimFormat
) -> None:
    with Workspace.open(desk) as opened:
        keys = [one.claim.claim_id for one in opened.every_claim()]
        assert len(keys) > 1
        opened.review(keys[0], "edit", seen=1, by="Ada", changes={"act": "signal"})
        opened.review(keys[1], "merge", seen=1, by="Ada", into=keys[0])
    first, second = tmp_path / f"first.{form}", tmp_path / f"second.{form}"
    assert foedus.claims.export(first, desk) == len(keys)
    same = foedus.claims.import_file(first, desk, reviewer="Bo")
    assert (same.added, same.changed, same.unchanged) == (0, 0, len(keys))
    other = tmp_path / "other.sqlite"
    with Workspace.open(desk) as one, Workspace.open(other) as two:
        for document in one.documents():
            two.add_document(document)
    done = foedus.claims.import_file(first, other, reviewer="Bo")
    assert (done.added, done.changed, done.unchanged) == (len(keys), 0, 0)
    foedus.claims.export(second, other)
    assert second.read_bytes() == first.read_bytes()


def _rows(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def _write(file: Path, rows: list[dict[str, Any]]) -> Path:
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return file


def test_an_edit_in_the_file_is_a_change_with_its_history(desk: Path, tmp_path: Path) -> None:
    file = tmp_path / "out.jsonl"
    foedus.claims.export(file, desk)
    rows = _rows(file)
    rows[0]["act"], rows[1]["review"] = "signal", "rejected"
    done = foedus.claims.import_file(_write(file, rows), desk, reviewer="Bo")
    assert (done.changed, done.added) == (2, 0)
    with Workspace.open(desk) as opened:
        (edit,) = opened.history(rows[0]["claim_id"])
        assert (edit.action, edit.by, edit.note) == ("edit", "Bo", "imported from out.jsonl")
        assert opened.claim(rows[0]["claim_id"]).claim.review == "edited"
        assert [one.action for one in opened.history(rows[1]["claim_id"])] == ["reject"]
    rows[0]["act"] = "deliver"
    with pytest.raises(ClaimFaults, match="was changed by Bo since it was exported"):
        foedus.claims.import_file(_write(file, rows), desk, reviewer="Cy")


def test_every_failing_row_is_named_and_nothing_is_stored(desk: Path, tmp_path: Path) -> None:
    file = tmp_path / "out.jsonl"
    foedus.claims.export(file, desk)
    before = file.read_bytes()
    good = {**_rows(file)[0], "claim_id": "new", "coder": "me"}
    bad: list[tuple[dict[str, Any], str]] = [
        ({"quote": "Russia sent tanks"}, "not the quote"),
        ({"end": 10_000}, "does not lie in the document"),
        ({"act": "invade"}, "act"),
        ({"document": "elsewhere"}, "no document 'elsewhere'"),
        ({"source": None}, "source is missing"),
        ({"colour": "red"}, "unknown field 'colour'"),
        ({"version": 0}, "version 0"),
        ({"claim_id": "new"}, "given twice"),
    ]
    rows = [good] + [{**good, "claim_id": f"n{k}", **change} for k, (change, _) in enumerate(bad)]
    _write(file, rows).open("a").write("not json\n[1]\n")
    with pytest.raises(ClaimFaults) as wrong:
        foedus.claims.import_file(file, desk)
    assert [number for number, _ in wrong.value.faults] == list(range(2, 12))
    for (_, reason), (_, words) in zip(wrong.value.faults, bad, strict=False):
        assert words in reason
    foedus.claims.export(file, desk)
    assert file.read_bytes() == before


def test_an_actor_that_there_is_not_is_refused(desk: Path, tmp_path: Path) -> None:
    file = tmp_path / "claims.csv"
    foedus.claims.export(file, desk)
    rows = list(csv.DictReader(file.open(encoding="utf-8", newline="")))
    rows[0]["source"] = "XXX"
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    with pytest.raises(ClaimFaults, match="row 2: source: no actor 'XXX'"):
        foedus.claims.import_file(file, desk)


def test_hand_coded_claims_come_in_by_the_name_of_their_document(tmp_path: Path) -> None:
    where, gold = tmp_path / "w", GOLD / "development" / "claims.jsonl"
    names = {row["doc"] for row in _rows(gold)}
    foedus.read([GOLD / "development" / name for name in sorted(names)], workspace=where)
    taken = [row for row in _rows(gold) if row.get("support", []) is not None]
    file = _write(tmp_path / "hand.jsonl", taken[:40])
    done = foedus.claims.import_file(file, where, coder="hand")
    assert done.added == 40
    with Workspace.open(where) as desk:
        assert sum(one.claim.coder == "hand" for one in desk.every_claim()) == 40


def test_the_scorer_reads_an_export(tmp_path: Path) -> None:
    where = tmp_path / "w"
    foedus.read([GOLD / "development"], workspace=where)
    foedus.claims.export(tmp_path / "out.jsonl", where)
    gold = GOLD / "development" / "claims.jsonl"
    done = subprocess.run(
        [sys.executable, GOLD / "score.py", tmp_path / "out.jsonl", gold, "--json"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    score = json.loads(done.stdout)
    assert score["matched"] > 50
    assert score["abstained"] == sum(row["abstain"] for row in _rows(tmp_path / "out.jsonl"))


@pytest.mark.parametrize("content", ["", "a,b\n1,2\n", '{"x": 1}', "\xff\xfe"])
@pytest.mark.parametrize("form", ["csv", "jsonld"])
def test_another_kind_of_file_is_refused(
    desk: Path, tmp_path: Path, content: str, form: str
) -> None:
    file = tmp_path / f"x.{form}"
    file.write_bytes(content.encode("latin-1"))
    with pytest.raises(InputError):
        foedus.claims.import_file(file, desk)
    with pytest.raises(InputError, match="No format"):
        foedus.claims.import_file(tmp_path / "x.xlsx", desk)
    with pytest.raises(InputError, match="cannot be read"):
        foedus.claims.import_file(tmp_path / f"none.{form}", desk)
    with pytest.raises(InputError, match="cannot be written"):
        foedus.claims.export(tmp_path / "no" / f"x.{form}", desk)
