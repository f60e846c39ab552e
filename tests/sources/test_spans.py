"""Partial dates and the rung within days of a call's start."""

from __future__ import annotations

from datetime import date, timedelta

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.sources.spans import create_macros


@pytest.fixture(scope="module")
def con() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    create_macros(connection)
    return connection


@pytest.mark.parametrize(
    ("year", "month", "day", "first", "last"),
    [
        (1914, 7, 29, date(1914, 7, 29), date(1914, 7, 29)),
        (1914, 7, -9, date(1914, 7, 1), date(1914, 7, 31)),
        (1914, -9, -9, date(1914, 1, 1), date(1914, 12, 31)),
        (1914, 2, 66, date(1914, 2, 1), date(1914, 2, 10)),
        (1914, 2, 77, date(1914, 2, 11), date(1914, 2, 20)),
        (1914, 2, 88, date(1914, 2, 21), date(1914, 2, 28)),
        (-9, -9, -9, None, None),
        (None, None, None, None, None),
    ],
)
def test_unknown_parts_of_a_date_widen_the_span(
    con: duckdb.DuckDBPyConnection,
    year: int | None,
    month: int | None,
    day: int | None,
    first: date | None,
    last: date | None,
) -> None:
    row = con.execute(
        "SELECT span_first(y, m, d), span_last(y, m, d)"
        " FROM (SELECT ?::INTEGER AS y, ?::INTEGER AS m, ?::INTEGER AS d)",
        [year, month, day],
    ).fetchone()
    assert row == (first, last)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("2025-06-13", date(2025, 6, 13), date(2025, 6, 13)),
        (None, None, None),
    ],
)
def test_a_written_date_is_as_wide_as_it_is_written(
    con: duckdb.DuckDBPyConnection, text: str | None, first: date | None, last: date | None
) -> None:
    row = con.execute(
        "SELECT text_first(t), text_last(t) FROM (SELECT ?::VARCHAR AS t)", [text]
    ).fetchone()
    assert row == (first, last)


def _within(
    con: duckdb.DuckDBPyConnection,
    days: int,
    rung: tuple[int, int],
    act: tuple[date, date] | None,
    started: tuple[date, date],
    ended: date | None,
    unseen: int = 0,
) -> tuple[int, int]:
    values = [*(act or (None, None)), *started, ended]
    found = con.execute(
        f"""SELECT within_low({days}, lo, hi, least(lo, 1), af, al, sf, sl, e),
                   within_high({days}, lo, hi, {unseen}, af, al, sf, sl, e)
        FROM (SELECT {rung[0]} AS lo, {rung[1]} AS hi, ?::DATE AS af, ?::DATE AS al,
                     ?::DATE AS sf, ?::DATE AS sl, coalesce(?::DATE, DATE '9999-12-31') AS e)""",
        values,
    ).fetchone()
    assert found is not None
    return int(found[0]), int(found[1])


START = (date(2000, 1, 1), date(2000, 1, 1))


@pytest.mark.parametrize(
    ("rung", "act", "ended", "expected"),
    [
        ((4, 4), (date(2000, 1, 5), date(2000, 1, 5)), None, (1, 4)),
        ((4, 4), (date(1999, 6, 1), date(1999, 6, 1)), None, (1, 4)),
        ((4, 4), (date(2000, 3, 1), date(2000, 3, 1)), None, (0, 0)),
        ((4, 4), (date(2000, 1, 1), date(2000, 12, 31)), None, (0, 4)),
        ((4, 4), None, None, (0, 4)),
        ((4, 4), None, date(2000, 1, 20), (4, 4)),
        ((0, 0), (date(2000, 1, 5), date(2000, 1, 5)), None, (0, 0)),
    ],
)
def test_the_rung_within_thirty_days(
    con: duckdb.DuckDBPyConnection,
    rung: tuple[int, int],
    act: tuple[date, date] | None,
    ended: date | None,
    expected: tuple[int, int],
) -> None:
    assert _within(con, 30, rung, act, START, ended) == expected


days = st.integers(-500, 500).map(lambda offset: date(2000, 1, 1) + timedelta(days=offset))
spans = st.tuples(days, days).map(lambda pair: (min(pair), max(pair)))
rungs = st.tuples(st.integers(0, 4), st.integers(0, 4)).map(lambda pair: (min(pair), max(pair)))


@settings(max_examples=150, deadline=None)
@given(rung=rungs, act=st.none() | spans, started=spans, ended=st.none() | days, unseen=rungs)
def test_a_longer_window_never_reaches_lower(
    con: duckdb.DuckDBPyConnection,
    rung: tuple[int, int],
    act: tuple[date, date] | None,
    started: tuple[date, date],
    ended: date | None,
    unseen: tuple[int, int],
) -> None:
    month = _within(con, 30, rung, act, started, ended, unseen[0])
    year = _within(con, 365, rung, act, started, ended, unseen[0])
    assert month[0] <= year[0] <= rung[0]
    assert month[1] <= year[1] <= rung[1]
    assert month[0] <= month[1]
    assert year[0] <= year[1]
