"""DuckDB macros: dates that are known only in part, and rungs within days of a call's start."""

from __future__ import annotations

import duckdb

_MACROS = """
CREATE OR REPLACE TEMP MACRO span_first(y, m, d) AS CASE
    WHEN y IS NULL OR y < 1 THEN NULL
    WHEN m IS NULL OR m NOT BETWEEN 1 AND 12 THEN make_date(y, 1, 1)
    ELSE make_date(y, m, CASE WHEN d BETWEEN 1 AND 31 THEN d
                              WHEN d = 77 THEN 11 WHEN d = 88 THEN 21 ELSE 1 END) END;
CREATE OR REPLACE TEMP MACRO span_last(y, m, d) AS CASE
    WHEN y IS NULL OR y < 1 THEN NULL
    WHEN m IS NULL OR m NOT BETWEEN 1 AND 12 THEN make_date(y, 12, 31)
    WHEN d BETWEEN 1 AND 31 THEN make_date(y, m, d)
    WHEN d = 66 THEN make_date(y, m, 10)
    WHEN d = 77 THEN make_date(y, m, 20)
    ELSE last_day(make_date(y, m, 1)) END;
CREATE OR REPLACE TEMP MACRO text_first(t) AS span_first(
    CAST(split_part(t, '-', 1) AS INTEGER), TRY_CAST(split_part(t, '-', 2) AS INTEGER),
    TRY_CAST(split_part(t, '-', 3) AS INTEGER));
CREATE OR REPLACE TEMP MACRO text_last(t) AS span_last(
    CAST(split_part(t, '-', 1) AS INTEGER), TRY_CAST(split_part(t, '-', 2) AS INTEGER),
    TRY_CAST(split_part(t, '-', 3) AS INTEGER));
CREATE OR REPLACE TEMP MACRO within_low(
    days, low, high, act_low, act_first, act_last, started_first, started_last, ended_last
) AS CASE
    WHEN high = 0 THEN 0
    WHEN ended_last - started_first <= days THEN low
    WHEN act_last <= started_first + days THEN least(low, act_low)
    ELSE 0 END;
CREATE OR REPLACE TEMP MACRO within_high(
    days, low, high, unseen, act_first, act_last, started_first, started_last, ended_last
) AS CASE
    WHEN high = 0 THEN 0
    WHEN ended_last - started_first <= days THEN high
    WHEN act_first > started_last + days THEN least(high, unseen)
    ELSE high END;
"""


def create_macros(con: duckdb.DuckDBPyConnection) -> None:
    """Create the macros that the call and response sources share.

    `span_first(y, m, d)` and `span_last(y, m, d)` are the first and last possible day: a month
    or day below 1 or null is unknown; days 66, 77 and 88 are early, mid and late month (ICB).
    `text_first(t)` and `text_last(t)` read `YYYY`, `YYYY-MM` and `YYYY-MM-DD`.

    `within_low` and `within_high` bound the highest rung reached within `days` of the call's
    start, from the bounds over the whole call. A call that is over within the window keeps
    them. A first act surely inside the window puts the low bound at `act_low`, the least that
    such an act was, as the highest rung may have come later. A first act surely after the
    window leaves at most `unseen`, what the source would not have recorded before it. Acts
    dated before the call count as inside. Anything else leaves 0 to the whole call's high.
    """
    con.execute(_MACROS)
