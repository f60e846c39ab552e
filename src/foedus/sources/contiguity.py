"""COW Direct Contiguity -> contiguity."""

from __future__ import annotations

from pathlib import Path

import duckdb

from foedus.sources.cow_codes import require_actors
from foedus.sources.files import require, write_table

_MASTER_FILE = """
    SELECT statelno AS ccode1, statehno AS ccode2, conttype,
           strptime(CAST("begin" AS VARCHAR), '%Y%m')::DATE AS stdate,
           strptime(CAST("end" AS VARCHAR), '%Y%m')::DATE AS enddate
    FROM cow_contdir_dated
"""


def derive(con: duckdb.DuckDBPyConnection, out: Path) -> dict[str, int]:
    """Write `contiguity`, both directions of every pair, from the first to the last month's end.

    The publisher's last month (December 2016) means that the spell goes on: its `last` is null.
    Where the type changes inside a month, the publisher gives that month to both spells; here
    the older one ends on the day before it.
    Rows of type 0, which one copy of the data adds for "not contiguous", are left out: a pair
    without a row is not contiguous. Takes that copy (ccode1, ccode2, stdate, enddate) as well
    as the publisher's master file (statelno, statehno, begin, end as YYYYMM).

    Source: COW Direct Contiguity 3.2.
    """
    require(con, "cow_contdir_dated")
    columns = {str(row[0]) for row in con.execute("DESCRIBE cow_contdir_dated").fetchall()}
    spells = _MASTER_FILE if "statelno" in columns else "FROM cow_contdir_dated"
    con.execute(f"CREATE OR REPLACE TEMP VIEW contiguity_spells AS {spells}")
    require_actors(con, "contiguity_spells", "ccode1", "ccode2")
    query = """
        WITH directed AS (
            SELECT ccode1 AS cow_a, ccode2 AS cow_b, conttype, stdate, enddate
            FROM contiguity_spells
            UNION
            SELECT ccode2, ccode1, conttype, stdate, enddate FROM contiguity_spells
        ), spells AS (
            SELECT *, lead(stdate) OVER (PARTITION BY cow_a, cow_b ORDER BY stdate) - 1 AS until
            FROM directed
        )
        SELECT a.actor AS actor_a, b.actor AS actor_b, cow_a, cow_b, conttype AS type,
               stdate AS first,
               CASE WHEN enddate < max(enddate) OVER () THEN least(last_day(enddate), until) END
                   AS last
        FROM spells
        JOIN cow_actor a ON a.cow = cow_a
        JOIN cow_actor b ON b.cow = cow_b
        WHERE conttype > 0
    """
    return {"contiguity": write_table(con, "contiguity", query, out)}
