"""The shipped responses: who came in known cases, and what a source leaves open."""

from __future__ import annotations

from datetime import date
from typing import Any

import duckdb
import pytest

from foedus.catalog.facts import TABLES_FOLDER

Range = tuple[int, int]


@pytest.fixture(scope="module")
def tables() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    for name in ("calls", "responses"):
        connection.execute(f"CREATE VIEW {name} AS FROM '{TABLES_FOLDER / name}.parquet'")
    return connection


def _response(tables: duckdb.DuckDBPyConnection, call: str, guarantor: str) -> dict[str, Any]:
    cursor = tables.execute(
        "SELECT * FROM responses WHERE call = ? AND guarantor = ?", [call, guarantor]
    )
    names = [column[0] for column in cursor.description or ()]
    row = cursor.fetchone()
    assert row is not None, f"no response of {guarantor} to {call}"
    return dict(zip(names, row, strict=True))


@pytest.mark.parametrize(
    ("call", "guarantor", "rung", "month", "year", "opposed"),
    [
        ("war-151:KOR", "USA", (4, 4), (4, 4), (4, 4), False),
        ("war-151:KOR", "GBR", (4, 4), (0, 3), (4, 4), False),
        ("war-151:KOR", "CHN", (0, 0), (0, 0), (0, 0), True),
        ("war-106:BEL", "GBR", (4, 4), (4, 4), (4, 4), False),
        ("war-106:BEL", "USA", (4, 4), (0, 3), (0, 3), False),
        ("war-139:POL", "FRA", (4, 4), (4, 4), (4, 4), False),
        ("war-211:KWT", "USA", (4, 4), (0, 3), (4, 4), False),
        ("war-221:USA", "GBR", (4, 4), (4, 4), (4, 4), False),
        ("war-139:USA", "ITA", (4, 4), (0, 3), (0, 3), True),
        ("mid-12:CSK", "FRA", (2, 4), (0, 3), (2, 4), False),
        ("icb-62:CSK", "FRA", (1, 2), (1, 2), (1, 2), False),
        ("icb-64:CSK", "FRA", (0, 1), (0, 1), (0, 1), True),
        ("icb-393:KWT", "USA", (4, 4), (0, 4), (4, 4), False),
        ("kor-2010b", "USA", (4, 4), (1, 4), (4, 4), False),
    ],
)
def test_a_known_response(
    tables: duckdb.DuckDBPyConnection,
    call: str,
    guarantor: str,
    rung: Range,
    month: Range,
    year: Range,
    opposed: bool,
) -> None:
    found = _response(tables, call, guarantor)
    assert (found["rung_low"], found["rung_high"]) == rung
    assert (found["rung30_low"], found["rung30_high"]) == month
    assert (found["rung365_low"], found["rung365_high"]) == year
    assert found["opposed"] is opposed


def test_the_first_act_of_a_joiner_is_its_entry(tables: duckdb.DuckDBPyConnection) -> None:
    found = _response(tables, "war-151:KOR", "USA")
    assert (found["first_act_first"], found["first_act_last"]) == (
        date(1950, 6, 27),
        date(1950, 6, 27),
    )


def test_a_state_that_entered_after_the_beneficiary_fell_did_not_come(
    tables: duckdb.DuckDBPyConnection,
) -> None:
    came = tables.execute("SELECT guarantor FROM responses WHERE call = 'war-139:POL'").fetchall()
    assert {name for (name,) in came} == {"AUS", "CAN", "FRA", "GBR", "NZL", "ZAF"}


def test_forces_alone_are_recorded_for_wars(tables: duckdb.DuckDBPyConnection) -> None:
    found = _response(tables, "war-151:KOR", "USA")
    assert found["arms"] is None
    assert found["diplomatic"] is None
    assert found["obliged"] is None


def test_support_that_cannot_be_told_apart_is_unknown(tables: duckdb.DuckDBPyConnection) -> None:
    soviet = _response(tables, "esd-333-1978:AFG", "RUS")
    assert soviet["troops"] is True
    assert (soviet["rung_low"], soviet["rung_high"]) == (4, 4)
    estonia = _response(tables, "esd-418-2001:USA", "EST")
    assert estonia["troops"] is None
    assert (estonia["rung_low"], estonia["rung_high"]) == (3, 4)


def test_not_asked_differs_from_not_known_to_be_asked(tables: duckdb.DuckDBPyConnection) -> None:
    counts = tables.execute("""
        SELECT count(*) FILTER (asked), count(*) FILTER (NOT asked), count(*) FILTER (asked IS NULL)
        FROM responses WHERE origin = 'register'
    """).fetchone()
    assert counts == (294, 62, 173)


@pytest.mark.parametrize("prefix", ["rung", "rung30", "rung365"])
def test_a_range_is_in_order_and_on_the_ladder(
    tables: duckdb.DuckDBPyConnection, prefix: str
) -> None:
    low, high = f"{prefix}_low", f"{prefix}_high"
    wrong = tables.execute(
        f"SELECT id FROM responses WHERE NOT coalesce("
        f"{low} <= {high} AND {low} >= 0 AND {high} <= 4 AND {high} <= rung_high, false)"
    ).fetchall()
    assert wrong == []


def test_every_response_answers_a_call(tables: duckdb.DuckDBPyConnection) -> None:
    lost = tables.execute(
        "SELECT id FROM responses WHERE call NOT IN (SELECT id FROM calls)"
    ).fetchall()
    assert lost == []


def test_nobody_responds_twice_or_to_itself(tables: duckdb.DuckDBPyConnection) -> None:
    twice = tables.execute("""
        SELECT call, guarantor, source_table FROM responses GROUP BY ALL HAVING count(*) > 1
    """).fetchall()
    itself = tables.execute("""
        SELECT r.id FROM responses r JOIN calls c ON c.id = r.call
        WHERE r.guarantor = c.beneficiary
    """).fetchall()
    assert (twice, itself) == ([], [])


def test_a_challenger_responds_only_in_the_register_and_only_against(
    tables: duckdb.DuckDBPyConnection,
) -> None:
    helped = tables.execute("""
        SELECT r.id FROM responses r JOIN calls c ON c.id = r.call
        WHERE list_contains(c.challengers, r.guarantor)
          AND (r.origin <> 'register' OR NOT r.opposed)
    """).fetchall()
    assert helped == []


def test_forces_and_rung_agree(tables: duckdb.DuckDBPyConnection) -> None:
    wrong = tables.execute("""
        SELECT id FROM responses WHERE (troops OR air_naval) AND rung_low < 4
            OR (arms OR intelligence OR training OR funding OR sanctuary) AND rung_low < 3
            OR troops = false AND air_naval = false AND rung_low = 4
    """).fetchall()
    assert wrong == []


@pytest.mark.parametrize("source", ["cow-wars-4.0", "mid-5.0"])
def test_a_source_of_forces_never_rules_out_other_help(
    tables: duckdb.DuckDBPyConnection, source: str
) -> None:
    closed = tables.execute(
        "SELECT id FROM responses WHERE source_table = ? AND rung_high < 3"
        " AND (NOT opposed OR rung_low > 0)",
        [source],
    ).fetchall()
    assert closed == []
