"""Facts: what was known on a day, and nothing later; the user's rows over the catalog's."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.catalog.facts import TABLES_FOLDER, Facts, Overlay
from foedus.catalog.literals import literal
from foedus.catalog.rows import (
    call_row,
    commitment_row,
    response_row,
    to_call,
    to_commitment,
    to_response,
)
from foedus.catalog.schema import TABLES
from foedus.domain.calls import Call
from foedus.domain.dates import DateSpan
from foedus.domain.sources import Source
from foedus.errors import CatalogError, DateError

TODAY = date(2026, 11, 21)
FIRST_DATES = {
    "commitments": "least(signed_last, in_force_last)",
    "calls": "started_last",
    "conflicts": "make_date(year, 12, 31)",
    "capability": "make_date(year, 12, 31)",
    "regimes": "make_date(year, 12, 31)",
    "ideal_points": "make_date(year, 12, 31)",
    "rivalries": "make_date(first_year, 12, 31)",
    "platforms": "start_last",
    "proxies": "start_last",
    "leaders": "start",
    "memberships": "joined",
    "contiguity": "first",
    "major_powers": "first",
}


@pytest.fixture(scope="module")
def today() -> Facts:
    return Facts(as_of=TODAY)


def _span(text: str) -> DateSpan:
    return DateSpan.parse(text)


def test_every_table_opens_with_the_columns_of_the_schema(today: Facts) -> None:
    for name, table in TABLES.items():
        columns = [row["column_name"] for row in today.rows(f"DESCRIBE {name}")]
        assert columns == list(table.columns), name


def test_a_treaty_signed_but_not_in_force_is_pending() -> None:
    """The 2025 Russia-Iran treaty was signed in January and not in force in June 2025."""
    held = {c.instrument: c for c in Facts(as_of=date(2025, 6, 13)).commitments("RUS", "IRN")}
    treaty = held["rus-irn-csp2025"]
    assert treaty.status == "signed, not in force"
    assert treaty.in_force is None
    later = {c.instrument: c for c in Facts(as_of=date(2025, 12, 1)).commitments("RUS", "IRN")}
    assert later["rus-irn-csp2025"].status == "in force"
    before = {c.instrument for c in Facts(as_of=date(2025, 1, 16)).commitments("RUS", "IRN")}
    assert "rus-irn-csp2025" not in before


def test_an_end_is_not_known_before_it_comes() -> None:
    """As of 1985 nothing says that the Warsaw Pact ended in 1991."""
    then = Facts(as_of=date(1985, 1, 1)).commitments("RUS", "POL")
    pact = [item for item in then if item.atopid == 3285]
    assert pact
    assert all(item.ended is None and item.end_cause is None for item in pact[-1:])
    assert pact[-1].status == "in force"
    now = Facts(as_of=TODAY).commitments("RUS", "POL")
    assert all(item.status == "ended" for item in now if item.atopid == 3285)


def test_an_open_call_shows_no_outcome() -> None:
    facts = Facts(as_of=date(2025, 6, 16))
    (call,) = facts.calls(ids=["irn-2025"])
    assert call.ended is None
    assert call.hostility is None
    assert call.outcome is None
    assert call.challengers == ()
    assert "Twelve" not in call.name
    for response in facts.responses(calls=["irn-2025"]):
        assert response.rung.high == 4
        written = response.source.published
        if written is None or written.last > facts.as_of:
            assert not response.support
        if response.note is not None:
            assert response.source.published is not None
            assert response.source.published.last <= facts.as_of


@pytest.mark.parametrize("day", [date(1938, 9, 1), date(1975, 4, 1), date(2014, 3, 1), TODAY])
def test_no_row_begins_after_the_day(day: date) -> None:
    facts = Facts(as_of=day)
    for table, first in FIRST_DATES.items():
        late = facts.rows(f"SELECT count(*) AS n FROM {table} WHERE {first} > $day", {"day": day})
        assert late[0]["n"] == 0, table
    for table, last in {
        "commitments": "ended_last",
        "calls": "ended_last",
        "leaders": "ended",
        "memberships": "left_on",
        "contiguity": "last",
        "actors": "last",
    }.items():
        late = facts.rows(f"SELECT count(*) AS n FROM {table} WHERE {last} > $day", {"day": day})
        assert late[0]["n"] == 0, table


def test_planted_future_facts_never_arrive(tmp_path: Path) -> None:
    """With every table cut at the day, the same rows come out: nothing later was used."""
    day = date(2015, 6, 30)
    con = duckdb.connect()
    for name in TABLES:
        source = str(TABLES_FOLDER / f"{name}.parquet")
        first = FIRST_DATES.get(name)
        where = f"WHERE coalesce({first} <= DATE '{day}', true)" if first else ""
        con.execute(
            f"COPY (FROM read_parquet('{source}') {where}) TO '{tmp_path}/{name}.parquet'"
            " (FORMAT parquet)"
        )
    whole, cut = Facts(as_of=day), Facts(as_of=day, folder=tmp_path)
    for name in TABLES:
        if name in {"actor_names", "actor_codes"}:
            continue
        order = ", ".join(f'"{column}"' for column in TABLES[name].key)
        query = f"FROM {name} ORDER BY {order}"
        assert whole.rows(query) == cut.rows(query), name


def test_days_before_all_tables_are_refused() -> None:
    with pytest.raises(DateError, match="1816"):
        Facts(as_of=date(1700, 1, 1))


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match="actors"):
        _ = Facts(as_of=TODAY, folder=tmp_path).connection


def test_rows_round_trip_through_records(today: Facts) -> None:
    calls = today.rows("FROM calls USING SAMPLE 200")
    assert [to_call(call_row(to_call(row))) for row in calls] == [to_call(row) for row in calls]
    for row in today.rows("FROM responses USING SAMPLE 200"):
        item = to_response(row)
        assert to_response(response_row(item)) == item
    for row in today.rows("FROM commitments WHERE origin = 'register' USING SAMPLE 100"):
        item = to_commitment(row, TODAY).model_copy(update={"atopid": None})
        item = item.model_copy(update={"sources": item.sources[:1]})
        assert to_commitment(commitment_row(item), TODAY) == item


def test_a_users_call_lies_over_the_catalog() -> None:
    mine = Call(
        id="my-call",
        name="A raid that no dataset has",
        kind="limited_strike",
        role="target",
        beneficiary="IRN",
        challengers=("ISR",),
        started=_span("2026-05-01"),
        ended=_span("2026-05-02"),
        hostility=4,
        outcome="held",
        same_as=None,
        note=None,
        origin="user",
        source=Source(table="user"),
    )
    corrected = mine.model_copy(update={"id": "irn-2025", "name": "Corrected"})
    facts = Facts(as_of=TODAY, overlay=Overlay(calls=(mine, corrected)))
    assert facts.calls(ids=["my-call"]) == (mine,)
    assert facts.calls(ids=["irn-2025"]) == (corrected,)
    plain = Facts(as_of=TODAY)
    assert len(facts.calls()) == len(plain.calls()) + 1
    assert plain.calls(ids=["irn-2025"])[0].origin == "register"


def test_a_users_later_call_does_not_reach_an_earlier_day() -> None:
    mine = Facts(as_of=TODAY).calls(ids=["irn-2026"])[0].model_copy(update={"id": "x"})
    assert Facts(as_of=date(2025, 1, 1), overlay=Overlay(calls=(mine,))).calls(ids=["x"]) == ()


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_any_text_is_a_literal_and_nothing_more(text: str) -> None:
    text = text.encode("utf-8", "ignore").decode()
    row = _PLAIN.execute(f"SELECT {literal(text)}").fetchone()
    assert row == (text.replace("\0", ""),)


_PLAIN = duckdb.connect()
