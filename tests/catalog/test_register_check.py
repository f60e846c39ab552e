"""The shipped register holds together, and every planted fault is found in its own cell."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from foedus.catalog.register_check import (
    HERE,
    Codes,
    check_commitment,
    check_register,
    check_response,
    shipped_states,
)

REGISTER = HERE / "register"
CODES = Codes(shipped_states(), frozenset({"HEZBOLLAH"}))


def _rows(name: str) -> list[dict[str, str]]:
    with (REGISTER / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def _write(folder: Path, name: str, rows: list[dict[str, str]]) -> None:
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def test_the_shipped_register_has_no_error() -> None:
    assert [str(error) for error in check_register(REGISTER)] == []


@pytest.mark.shared
def test_the_maintainers_register_has_no_error(shared: Path) -> None:
    assert [str(error) for error in check_register(shared / "register")] == []


FAULTS = [
    ("commitments", "guarantor_iso3", "RUSSIA", "unknown code"),
    ("commitments", "members_iso3", "USA;XXQ", "unknown code 'XXQ'"),
    ("commitments", "defense", "yes", "none of 0, 1, NA"),
    ("commitments", "defense", "", "none of 0, 1, NA"),
    ("commitments", "signed", "2025-02-30", "Not a date"),
    ("commitments", "ended", "1900", "is before"),
    ("commitments", "confidence", "sure", "none of high, medium, low"),
    ("commitments", "atopid", "12", "no ATOP number"),
    ("calls", "kind", "quarrel", "none of"),
    ("calls", "hostility", "6", "none of 1, 2, 3, 4, 5"),
    ("calls", "end", "1999", "is before"),
    ("calls", "beneficiary_iso3", "usa", "unknown code"),
    ("calls", "start", "", "must be given"),
    ("responses", "call_id", "no-such-call", "no call has the id"),
    ("responses", "commitment_ids", "nato-1949;no-such-pact", "no commitment has the id"),
    ("responses", "opposed", "2", "none of 0, 1, NA"),
    ("responses", "rung", "5", "none of 0, 1, 2, 3, 4"),
    ("responses", "first_date", "spring 2024", "Not a date"),
    ("platforms", "kind", "castle", "none of"),
    ("platforms", "serves", "SYR;NOWHERE", "unknown code"),
    ("proxies", "group", "USA", "unknown code"),
    ("proxies", "control", "total", "none of high, medium, low"),
    ("leaders", "effective_leader", "NA", "none of 0, 1"),
    ("leaders", "iso3", "ZZZ", "unknown code"),
    ("organisations", "status", "guest", "none of member, suspended, observer"),
    ("organisations", "left", "1800-01-01", "is before"),
    ("armed_groups", "token", "FRA", "state's code"),
]


@pytest.mark.parametrize(("name", "column", "value", "problem"), FAULTS)
def test_a_planted_fault_is_named_by_file_row_column_and_problem(
    tmp_path: Path, name: str, column: str, value: str, problem: str
) -> None:
    folder = tmp_path / "register"
    shutil.copytree(REGISTER, folder)
    rows = _rows(name)
    rows[-1][column] = value
    _write(folder, name, rows)
    found = [e for e in check_register(folder) if e.file == f"{name}.csv" and e.column == column]
    assert len(found) >= 1
    assert problem in found[0].problem
    assert found[0].row
    assert f"{name}.csv" in str(found[0])


@pytest.mark.parametrize("name", ["commitments", "responses", "organisations", "armed_groups"])
def test_a_repeated_row_is_found(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "register"
    shutil.copytree(REGISTER, folder)
    _write(folder, name, [*_rows(name), _rows(name)[0]])
    assert [e.problem for e in check_register(folder)] == ["stands 2 times."]


def test_a_missing_file_and_a_lost_parent_pact_are_found(tmp_path: Path) -> None:
    folder = tmp_path / "register"
    shutil.copytree(REGISTER, folder)
    (folder / "platforms.csv").unlink()
    kept = [row for row in _rows("commitments") if row["id"] != "nato-1949"]
    _write(folder, "commitments", kept)
    errors = check_register(folder)
    assert any(e.file == "platforms.csv" and "missing" in e.problem for e in errors)
    lost = {e.row for e in errors if e.column == "id"}
    assert lost == {"nato-1949-acc-fin", "nato-1949-acc-swe"}


@pytest.mark.parametrize(
    ("given", "rung", "right"),
    [
        ({"troops": "1"}, "4", True),
        ({"troops": "1"}, "3", False),
        ({"air_naval": "1", "arms": "1"}, "4", True),
        ({"sanctuary": "1"}, "3", True),
        ({"sanctuary": "1"}, "4", False),
        ({"diplomatic": "1", "verbal": "1"}, "2", True),
        ({"verbal": "1"}, "2", False),
        ({}, "0", True),
        ({}, "1", False),
        ({"arms": "NA", "verbal": "1"}, "3", True),
        ({"arms": "NA", "verbal": "1"}, "4", False),
    ],
)
def test_the_rung_is_that_of_the_highest_category(
    given: dict[str, str], rung: str, right: bool
) -> None:
    row = _rows("responses")[0]
    zeros = dict.fromkeys(
        ("troops", "air_naval", "arms", "intelligence", "training", "funding", "sanctuary",
         "diplomatic", "verbal"), "0")  # fmt: skip
    errors = check_response({**row, **zeros, **given, "rung": rung}, CODES)
    assert [e.column for e in errors] == ([] if right else ["rung"])


def test_a_users_own_row_is_held_to_the_same_rules() -> None:
    row = {
        "id": "rus-irn-mine", "instrument": "Secret annex", "guarantor_iso3": "RUS",
        "beneficiary_iso3": "RUS", "members_iso3": "", "multilateral": "0", "defense": "1",
        "offense": "0", "neutrality": "0", "nonaggression": "0", "consultation": "NA",
        "military_aid": "NA", "training": "NA", "exercises": "NA", "bases": "NA",
        "intelligence": "NA", "arms_trade": "NA", "signed": "2026-01", "in_force": "NA",
        "ended": "NA", "source_title": "NA", "confidence": "low",
    }  # fmt: skip
    errors = check_commitment(row, CODES)
    assert [(e.column, e.problem) for e in errors] == [
        ("beneficiary_iso3", "is the guarantor itself.")
    ]
    assert check_commitment({**row, "beneficiary_iso3": "HEZBOLLAH"}, CODES) == []
