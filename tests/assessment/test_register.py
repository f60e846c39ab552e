"""The user's own facts, from a CSV file to the record and the forecast, and off again."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from foedus.assessment import register
from foedus.catalog.facts import Facts, Overlay
from foedus.catalog.register_check import HERE
from foedus.domain.rungs import Rung
from foedus.errors import InputError, RegisterFaults
from foedus.record.history import actor_names, past_calls
from foedus.reliability.training import training
from foedus.workspace.store import Workspace

TODAY = date(2026, 11, 21)
SOURCE = {"source_title": "Cable 7", "source_date": "2026-06-01", "confidence": "medium"}
RAID = {
    "id": "irn-raid-2026", "name": "A raid that no dataset has", "beneficiary_iso3": "IRN",
    "challenger": "ISR", "start": "2026-01-10", "end": "2026-01-20", "kind": "limited_strike",
    "hostility": 4, "outcome_for_beneficiary": "held", **SOURCE,
}  # fmt: skip
PACT = {
    "id": "rus-irn-secret", "instrument": "Secret protocol", "guarantor_iso3": "RUS",
    "beneficiary_iso3": "IRN", "defense": 1, "signed": "2024-02-01", **SOURCE,
}  # fmt: skip
CAME = {
    "call_id": "irn-raid-2026", "guarantor_iso3": "RUS", "rung": 3, "arms": 1,
    "first_date": "2026-01-12", **SOURCE,
}  # fmt: skip


@pytest.fixture
def where(tmp_path: Path) -> Path:
    return tmp_path / "ws.sqlite"


def _facts(where: Path, day: date = TODAY, *, mine: bool = True) -> Facts:
    return Facts(as_of=day, overlay=register.overlay(where, mine=mine))


def _csv(path: Path, *rows: dict[str, object]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def _shipped_file(kind: str) -> Path:
    return HERE / "register" / f"{kind}s.csv"


def test_a_pact_a_call_and_a_delivery_reach_the_record_and_can_be_left_out(where: Path) -> None:
    assert register.overlay(where) == Overlay()
    assert not where.exists()
    register.add("commitment", PACT, where)
    register.add("call", RAID, where)
    register.add("response", CAME, where)
    facts = _facts(where)
    past = {p.call.id: p for p in past_calls(facts, ["RUS"], actor_names(facts))}
    mine = past["irn-raid-2026"]
    assert mine.verdict.due == "due"
    assert mine.verdict.commitment == "rus-irn-secret:RUS>IRN"
    assert mine.delivered.exact is Rung.MATERIAL
    assert mine.call.origin == "user"
    assert [item.origin for item in mine.responses] == ["user"]
    assert mine.challenger_names == ("Israel",)
    plain = _facts(where, mine=False)
    without = {p.call.id for p in past_calls(plain, ["RUS"], actor_names(plain))}
    assert without == {key for key in past if key != "irn-raid-2026"}
    assert training(facts).calls == training(plain).calls + 1
    assert training(facts).rows > training(plain).rows


def test_a_users_call_meets_the_shipped_commitments(where: Path) -> None:
    register.add("call", {**RAID, "id": "pol-raid", "beneficiary_iso3": "POL"}, where)
    facts = _facts(where)
    past = {p.call.id: p for p in past_calls(facts, ["USA"], actor_names(facts))}
    assert past["pol-raid"].verdict.due != "not due"
    assert (past["pol-raid"].verdict.commitment or "").startswith("nato-1949:USA>POL")


def test_a_users_response_answers_a_shipped_call(where: Path) -> None:
    row = {**CAME, "call_id": "irn-2025", "guarantor_iso3": "BLR", "first_date": "2025-06-14"}
    register.add("response", row, where)
    facts = _facts(where)
    past = {p.call.id: p for p in past_calls(facts, ["BLR"], actor_names(facts))}
    assert past["irn-2025"].delivered.exact is Rung.MATERIAL
    assert past["irn-2025"].responses[0].rung_30.exact is Rung.MATERIAL
    assert past["irn-2025"].responses[0].origin == "user"


def test_nothing_of_the_users_reaches_an_earlier_day(where: Path) -> None:
    register.add("commitment", PACT, where)
    register.add("call", {**RAID, "summary": "Over in ten days."}, where)
    register.add("response", CAME, where)
    before = _facts(where, date(2024, 1, 31))
    assert not [c for c in before.commitments("RUS", "IRN") if c.origin == "user"]
    assert _facts(where, date(2024, 2, 1)).commitments("RUS", "IRN")[-1].origin == "user"
    assert not _facts(where, date(2026, 1, 9)).calls(ids=["irn-raid-2026"])
    (running,) = _facts(where, date(2026, 1, 11)).calls(ids=["irn-raid-2026"])
    assert (running.ended, running.outcome, running.hostility) == (None, None, None)
    assert running.note is None
    assert running.name == "limited strike since 2026-01-10"
    assert not _facts(where, date(2026, 1, 11)).responses(calls=["irn-raid-2026"])
    (after,) = _facts(where, date(2026, 2, 1)).calls(ids=["irn-raid-2026"])
    assert after.ended is not None
    assert after.note is None
    (read,) = _facts(where, date(2026, 6, 1)).calls(ids=["irn-raid-2026"])
    assert read.note == "Over in ten days."


def test_a_text_without_a_source_date_waits_for_the_day_it_was_added(where: Path) -> None:
    undated = {**RAID, "source_date": None, "summary": "Told by a friend."}
    register.add("call", undated, where)
    (call,) = _facts(where, date(2026, 2, 1)).calls(ids=["irn-raid-2026"])
    assert call.note is None
    (call,) = Facts(as_of=date.max, overlay=register.overlay(where)).calls(ids=["irn-raid-2026"])
    assert call.note == "Told by a friend."


def test_import_is_all_or_nothing_and_names_every_cell(where: Path, tmp_path: Path) -> None:
    worse: dict[str, object] = {
        **RAID, "id": "second", "beneficiary_iso3": "Persia", "start": "2026-13-01",
        "hostility": "9", "source_title": "",
    }  # fmt: skip
    file = _csv(tmp_path / "calls.csv", RAID, worse)
    with pytest.raises(RegisterFaults) as caught:
        register.import_csv(file, where)
    faults = {(fault.row, fault.column) for fault in caught.value.faults}
    assert faults == {
        ("second", "beneficiary_iso3"), ("second", "start"), ("second", "hostility"),
        ("second", "source_title"),
    }  # fmt: skip
    assert "Did you mean IRN (Iran)?" in str(caught.value)
    assert "2026-13-01" in str(caught.value)
    assert register.export("call", where) == []
    assert {(fault.row, fault.column) for fault in register.check(file, where)} == faults


def test_importing_again_changes_nothing_and_exports_come_back(where: Path, tmp_path: Path) -> None:
    file = _csv(tmp_path / "calls.csv", RAID, {**RAID, "id": "third", "start": "2026-01"})
    first = register.import_csv(file, where, by="analyst")
    assert [row.outcome for row in first.rows] == ["added", "added"]
    again = register.import_csv(file, where)
    assert [row.outcome for row in again.rows] == ["unchanged", "unchanged"]
    text = register.export_csv("calls", where)
    assert text.splitlines()[0] == _shipped_file("call").read_text("utf-8").splitlines()[0]
    out = tmp_path / "export.csv"
    out.write_text(text, encoding="utf-8")
    elsewhere = tmp_path / "other.sqlite"
    register.import_csv(out, elsewhere)
    assert register.export("call", elsewhere) == register.export("call", where)
    with Workspace.open(where) as workspace:
        assert {row.added_by for row in workspace.register_rows()} == {"analyst"}
        assert {row.came_from for row in workspace.register_rows()} == {"calls.csv"}


def test_the_shipped_files_say_nothing_new(where: Path) -> None:
    for kind in ("commitment", "call", "response"):
        assert register.check(_shipped_file(kind), where) == []
        done = register.import_csv(_shipped_file(kind), where)
        assert {row.outcome for row in done.rows} == {"as shipped"}
    assert register.overlay(where) == Overlay()


def test_a_shipped_call_is_corrected_not_edited(where: Path) -> None:
    row = register.shipped("call", "irn-2025")
    done = register.add(
        "call", {**row, "name": "Corrected", "start": "2025-06-20", **SOURCE}, where
    )
    assert done.rows[0].corrects == "irn-2025"
    facts, plain = _facts(where), _facts(where, mine=False)
    (mine,), (theirs,) = facts.calls(ids=["irn-2025"]), plain.calls(ids=["irn-2025"])
    assert (mine.name, mine.origin, mine.source.title) == ("Corrected", "user", "Cable 7")
    assert (theirs.name, theirs.origin) == (row["name"], "register")
    assert len(facts.calls()) == len(plain.calls())
    assert {r.id for r in facts.responses(calls=["irn-2025"])} == {
        r.id for r in plain.responses(calls=["irn-2025"])
    }


def test_a_correction_of_a_dataset_row_keeps_what_the_row_does_not_say(where: Path) -> None:
    plain = _facts(where, mine=False)
    limited = next(
        item
        for item in plain.commitments()
        if item.origin == "catalog" and item.defense and item.conditions["defense"].adversary
    )
    text = 'SELECT specific_threats, "asymmetric" FROM commitments WHERE id = $id'
    row = register.shipped("commitment", limited.id)
    register.add("commitment", {**row, "in_force": "1999-01-02", "ended": "NA", **SOURCE}, where)
    facts = _facts(where)
    (mine,) = [item for item in facts.commitments(limited.guarantor) if item.id == limited.id]
    assert mine.origin == "user"
    assert mine.conditions == limited.conditions
    assert mine.status == "in force"
    assert facts.rows(text, {"id": limited.id}) == plain.rows(text, {"id": limited.id})


def test_a_corrected_pact_moves_only_what_was_changed(where: Path) -> None:
    row = register.shipped("commitment", "nato-1949")
    register.add(
        "commitment", {**row, "consultation": "0", "in_force": "1949-09-01"} | SOURCE, where
    )
    facts, plain = _facts(where), _facts(where, mine=False)

    def held(of: Facts, beneficiary: str) -> dict[str, object]:
        return {
            item.id: (item.in_force, item.ended, item.defense)
            for item in of.commitments("USA", beneficiary)
            if item.id.startswith("nato-1949:")
        }

    assert held(facts, "EST") == held(plain, "EST")
    assert held(facts, "POL") == held(plain, "POL")
    (founder,) = [i for i in facts.commitments("USA", "GBR") if i.id == "nato-1949:USA>GBR"]
    assert founder.consultation is False
    finland = [i for i in facts.commitments("USA", "FIN") if i.instrument == "nato-1949"]
    assert [i.origin for i in finland] == ["register"]


def test_a_new_member_of_a_shipped_pact_is_bound_to_all_of_it(where: Path) -> None:
    row = {
        "id": "nato-1949-acc-ukr", "instrument": "Accession of Ukraine", "members_iso3": "UKR",
        "defense": 1, "signed": "2026-05-01", "in_force": "2026-06-01", **SOURCE,
    }  # fmt: skip
    register.add("commitment", row, where)
    (bound,) = [i for i in _facts(where).commitments("USA", "UKR") if i.instrument == "nato-1949"]
    assert (bound.status, bound.origin) == ("in force", "user")
    given = {i.beneficiary for i in _facts(where).commitments("UKR") if i.instrument == "nato-1949"}
    assert {"FIN", "USA", "TUR"} <= given


@pytest.mark.parametrize(
    ("kind", "row", "column", "words"),
    [
        ("call", {**RAID, "beneficiary_iso3": "IRN;ISR"}, "beneficiary_iso3", "row of its own"),
        ("call", {**RAID, "challenger": "IRN"}, "challenger", "itself"),
        ("call", {**RAID, "id": "a b"}, "id", "no id"),
        ("call", {**RAID, "source_title": None}, "source_title", "rests on"),
        ("call", {**RAID, "confidence": ""}, "confidence", "must be given"),
        ("call", {**RAID, "begin": "2026"}, "begin", "no column"),
        ("response", {**CAME, "call_id": "ukr-2202"}, "call_id", "ukr-2022"),
        ("response", {**CAME, "call_id": "irn-2025", "rung": 12}, "rung", "none of"),
        ("response", {**CAME, "call_id": "irn-2025", "rung": 1}, "rung", "make it 3"),
        ("response", {**CAME, "call_id": "irn-2025", "guarantor_iso3": "IRN"}, "guarantor_iso3",
         "beneficiary"),
        ("response", {**CAME, "call_id": "irn-2025", "commitment_ids": "csto-1929"},
         "commitment_ids", "csto-1992"),
        ("commitment", {**PACT, "guarantor_iso3": "russia"}, "guarantor_iso3", "RUS"),
        ("commitment", {**PACT, "multilateral": 1, "members_iso3": "RUS"}, "members_iso3", "two"),
        ("commitment", {**PACT, "id": "aukus-2021"}, "multilateral", "keeps"),
        ("commitment", {**PACT, "id": "nato-1949:USA>POL"}, "guarantor_iso3", "USA>POL"),
        ("commitment", {**PACT, "ended": "2020"}, "ended", "before"),
    ],
)  # fmt: skip
def test_a_fault_names_its_cell_and_how_to_mend_it(
    where: Path, kind: str, row: dict[str, object], column: str, words: str
) -> None:
    with pytest.raises(RegisterFaults) as caught:
        register.add(kind, row, where)
    told = {fault.column: fault.problem for fault in caught.value.faults}
    assert words in told[column]
    assert not where.exists() or register.export(kind, where) == []


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "of no kind"),
        (b"\xff\xfe", "UTF-8"),
        (b"a,b\n1,2\n", "of no kind"),
        (b'id,name,start,kind\n"x', "not a CSV"),
        (b"id,name,start,kind,beneficiary_iso3,confidence\nx,y\n", "2 cells"),
        (b"id,name,start,kind,beneficiary_iso3,confidense\n", "confidence"),
    ],
)
def test_a_file_that_is_no_register_is_refused(
    where: Path, tmp_path: Path, content: bytes, words: str
) -> None:
    file = tmp_path / "x.csv"
    file.write_bytes(content)
    with pytest.raises(InputError, match=words):
        register.import_csv(file, where)
    assert not where.exists()


def test_a_file_that_is_not_there_is_said_so(where: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        register.import_csv(tmp_path / "none.csv", where)


def test_a_row_that_others_rest_on_stays(where: Path) -> None:
    register.add("commitment", PACT, where)
    register.add("response", {**CAME, "call_id": "irn-2025", "commitment_ids": PACT["id"]}, where)
    with pytest.raises(RegisterFaults, match="irn-2025/RUS"):
        register.remove("commitment", str(PACT["id"]), where)
    assert register.check(workspace=where) == []


def test_a_call_that_a_response_answers_stays(where: Path) -> None:
    register.add("call", RAID, where)
    register.add("response", CAME, where)
    with pytest.raises(InputError, match="irn-raid-2026/RUS"):
        register.remove("call", "irn-raid-2026", where)
    register.remove("response", "irn-raid-2026/RUS", where)
    register.remove("call", "irn-raid-2026", where)
    assert register.overlay(where) == Overlay()
    with pytest.raises(InputError, match="none to remove"):
        register.remove("call", "irn-raid-2026", where)


def test_a_call_that_looks_like_a_shipped_one_is_pointed_out(where: Path) -> None:
    twin = {**RAID, "id": "mine", "start": "2025-06-14", "end": "2025-06-20"}
    done = register.add("call", twin, where)
    assert any("irn-2025" in note for note in done.notes)
