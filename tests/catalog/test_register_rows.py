"""Rows of the register's format become the records that the catalog's build makes of them."""

from __future__ import annotations

from datetime import date, timedelta

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.catalog.facts import Facts
from foedus.catalog.register_cells import call_cells, commitment_cells, response_cells
from foedus.catalog.register_corrections import corrected_commitments
from foedus.catalog.register_faults import Examiner
from foedus.catalog.register_format import (
    ACTOR_OF,
    EXITS,
    KINDS,
    Cells,
    RowKind,
    columns,
    complete,
    parent_of,
)
from foedus.catalog.register_rows import to_call, to_commitments, to_response, written
from foedus.catalog.rows import to_call as row_to_call
from foedus.catalog.rows import to_response as row_to_response
from foedus.catalog.rung_windows import within
from foedus.catalog.shipped_rows import ShippedRows
from foedus.domain.dates import DateSpan
from foedus.domain.rungs import Rung, RungRange
from foedus.sources import actor_keys, commitments_members, commitments_register
from foedus.sources.spans import create_macros

SHIPPED = ShippedRows()
EVERYTHING = Facts(as_of=date.max)


def test_every_shipped_call_reads_as_the_build_reads_it() -> None:
    rows = EVERYTHING.rows("FROM calls__all WHERE origin = 'register'")
    built = {row["id"]: row_to_call(row) for row in rows}
    read = {key: to_call(row, "register") for key, row in SHIPPED.register["call"].items()}
    assert len(read) > 100
    assert read == {key: call.model_copy(update={"same_as": None}) for key, call in built.items()}


def test_every_shipped_response_reads_as_the_build_reads_it() -> None:
    rows = EVERYTHING.rows("FROM responses__all WHERE origin = 'register'")
    built = {row["id"]: row_to_response(row) for row in rows}
    calls = {key: to_call(row) for key, row in SHIPPED.register["call"].items()}
    read = {}
    for row in SHIPPED.register["response"].values():
        item = to_response(row, calls[row["call_id"]], "register")
        read[item.id] = item
    assert len(read) > 500
    assert read == built


OWN_DATES = {
    row
    for row in SHIPPED.register["commitment"]
    if row not in commitments_members.ORGANISATIONS
    and row not in commitments_register.BENEFICIARIES
    and not any(pact == row for pact, _ in commitments_members.LATE_ENTRIES)
    and "-acc-" not in row
    and not row.endswith("-freeze")
    and row not in EXITS
}


def test_every_shipped_commitment_that_only_the_register_knows_reads_the_same() -> None:
    """Rows that no ATOP coding and no dated membership of an organisation refines."""
    compared = 0
    for key in sorted(OWN_DATES):
        cells = SHIPPED.register["commitment"][key]
        if cells["atopid"] != "NA":
            continue
        built = SHIPPED.commitments(key)
        for item in to_commitments(cells, origin="register"):
            theirs = built[item.id].model_copy(update={"conditions": {}, "status": item.status})
            assert item == theirs
            compared += 1
    assert compared > 150


def test_a_pact_binds_every_pair_that_the_build_knows() -> None:
    for key in ("balkan-3-2025", "trilat-jpn-kor-usa-2023", "aes-2023", "fpda-1971"):
        mine = {item.id for item in to_commitments(SHIPPED.register["commitment"][key])}
        assert set(SHIPPED.commitments(key)) <= mine


def test_the_build_and_the_rows_share_their_exceptions() -> None:
    assert ACTOR_OF == actor_keys.TOKEN_ALIASES
    assert EXITS == commitments_register._EXITS


@st.composite
def _spans(draw: st.DrawFn) -> DateSpan:
    first = draw(st.dates(date(2000, 1, 1), date(2004, 12, 31)))
    return DateSpan(first=first, last=first + timedelta(days=draw(st.sampled_from([0, 30, 365]))))


@pytest.fixture(scope="module")
def macros() -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    create_macros(con)
    return con


@settings(max_examples=300, deadline=None)
@given(
    started=_spans(),
    ended=st.none() | _spans(),
    act=st.none() | _spans(),
    rungs=st.tuples(*[st.integers(0, 4)] * 4),
    days=st.sampled_from([30, 365]),
)
def test_windows_agree_with_the_build_on_any_dates(
    macros: duckdb.DuckDBPyConnection,
    started: DateSpan,
    ended: DateSpan | None,
    act: DateSpan | None,
    rungs: tuple[int, int, int, int],
    days: int,
) -> None:
    low, high = sorted(rungs[:2])
    act_low, unseen = min(rungs[2], low), min(rungs[3], high)
    dates = {
        "af": act and act.first, "al": act and act.last,
        "sf": started.first, "sl": started.last,
        "el": ended.last if ended else date(9999, 12, 31),
    }  # fmt: skip
    text = {key: f"DATE '{day}'" if day else "NULL::DATE" for key, day in dates.items()}
    tail = "{af}, {al}, {sf}, {sl}, {el}".format(**text)
    sql = macros.execute(
        f"SELECT within_low({days}, {low}, {high}, {act_low}, {tail}),"
        f" within_high({days}, {low}, {high}, {unseen}, {tail})"
    ).fetchone()
    assert sql is not None
    if sql[0] > sql[1]:
        return  # no source codes a first act above what it would not have recorded
    mine = within(
        days, RungRange(low=Rung(low), high=Rung(high)), started=started, ended=ended,
        first_act=act, act_low=Rung(act_low), unseen=Rung(unseen),
    )  # fmt: skip
    assert (mine.low, mine.high) == sql


def test_records_and_rows_round_trip() -> None:
    for row in SHIPPED.register["call"].values():
        call = to_call(row)
        assert to_call(call_cells(call)) == call
    calls = {key: to_call(row) for key, row in SHIPPED.register["call"].items()}
    for row in SHIPPED.register["response"].values():
        item = to_response(row, calls[row["call_id"]])
        assert to_response(response_cells(item), calls[item.call]) == item
    for row in SHIPPED.register["commitment"].values():
        for item in to_commitments(row):
            if any("/" in str(day) for day in (item.signed, item.in_force, item.ended)):
                continue  # the format writes days, months and years
            cells = commitment_cells(item)
            (back,) = to_commitments({**cells, "id": item.instrument})
            kept = {"multilateral": item.multilateral, "instrument": item.instrument}
            assert back.model_copy(update={**kept, "id": item.id}) == item


def _pact(**changes: str) -> Cells:
    given = {
        "id": "pact-2030", "instrument": "A pact", "members_iso3": "CHL;PER;BOL", "defense": "1",
        "offense": "0", "signed": "2030-05", "source_title": "Gazette", "confidence": "high",
    }  # fmt: skip
    return complete("commitment", {**given, **changes})


def test_members_promise_one_another_and_what_is_left_out_is_unknown() -> None:
    items = to_commitments(_pact())
    assert len(items) == 6
    assert {item.multilateral for item in items} == {True}
    assert items[0].defense is True
    assert items[0].offense is False
    assert items[0].neutrality is None
    assert str(items[0].in_force) == "2030-05"


def test_a_named_guarantor_or_beneficiary_narrows_a_pact() -> None:
    assert [item.id for item in to_commitments(_pact(beneficiary_iso3="PER"))] == [
        "pact-2030:BOL>PER",
        "pact-2030:CHL>PER",
    ]
    assert {item.guarantor for item in to_commitments(_pact(guarantor_iso3="CHL"))} == {"CHL"}


def test_an_accession_binds_the_new_member_both_ways() -> None:
    row = _pact(id="pact-2030-acc-ecu", members_iso3="ECU")
    items = to_commitments(row, parties=("CHL", "PER"))
    assert {(item.guarantor, item.beneficiary) for item in items} == {
        ("ECU", "CHL"), ("ECU", "PER"), ("CHL", "ECU"), ("PER", "ECU"),
    }  # fmt: skip
    assert {item.instrument for item in items} == {"pact-2030"}


@pytest.mark.parametrize(
    ("source_date", "note", "expected"),
    [
        ("2020-03", "Promised arms.", date(2020, 3, 31)),
        ("2020-03", "Lapsed in 2023.", date(2023, 12, 31)),
        ("2026", "Promised arms.", date(2026, 6, 1)),
        ("NA", "Promised arms.", date(2026, 6, 1)),
        ("2020-03", "Good until 2030.", date(2020, 3, 31)),
    ],
)
def test_a_note_may_be_read_once_nothing_in_it_is_news(
    source_date: str, note: str, expected: date
) -> None:
    row = _pact(source_date=source_date, obligation_note=note)
    assert written("commitment", row, date(2026, 6, 1)) == expected


EXAMINER = Examiner(SHIPPED, {}, {})
_TEXT = st.text(max_size=12) | st.sampled_from(
    ["1", "0", "NA", "", "RUS", "IRN;ISR", "nato-1949", "irn-2025", "2026-01", "0000", "9999",
     "²", "12", "RUS;RUS", ";", "a:b>c", "high", "coup"]
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(kind=st.sampled_from(KINDS), data=st.data())
def test_any_row_is_either_faulted_or_becomes_records(kind: RowKind, data: st.DataObject) -> None:
    row = data.draw(st.fixed_dictionaries(dict.fromkeys(columns(kind), _TEXT)))
    cells = complete(kind, row)
    assert set(cells) == set(columns(kind))
    faults = EXAMINER.faults(kind, [cells])
    assert all(fault.column in cells for fault in faults)


@settings(max_examples=300, deadline=None)
@given(kind=st.sampled_from(KINDS), data=st.data())
def test_a_good_row_with_one_cell_changed_never_breaks_anything(
    kind: RowKind, data: st.DataObject
) -> None:
    """What the checks let through, the conversion takes."""
    key = data.draw(st.sampled_from(sorted(SHIPPED.register[kind])))
    column = data.draw(st.sampled_from(columns(kind)))
    cells = complete(kind, {**SHIPPED.register[kind][key], column: data.draw(_TEXT)})
    if EXAMINER.faults(kind, [cells]):
        return
    if kind == "call":
        assert to_call(cells).id == cells["id"]
    elif kind == "response":
        assert to_response(cells, SHIPPED.calls[cells["call_id"]]).call == cells["call_id"]
    elif SHIPPED.corrected(kind, cells) is None:
        assert to_commitments(cells, EXAMINER.parties(parent_of(cells["id"])))
    else:
        assert corrected_commitments(cells, SHIPPED)
