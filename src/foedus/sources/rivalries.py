"""Strategic rivalries (Thompson, Sakuwa and Suhas) -> rivalries."""

from __future__ import annotations

from pathlib import Path

import duckdb

from foedus.sources.cow_codes import require_actors
from foedus.sources.files import require, write_table

VENICE = 324
"""A code of the rivalry data that is no member of the COW state system."""


def derive(con: duckdb.DuckDBPyConnection, out: Path) -> dict[str, int]:
    """Write `rivalries`, one row per rivalry, the lower COW code first.

    The last coded year (2020) means "not over when coded": its `last_year` is null. Rivalries
    of Venice, all over before 1816, have no actor and are left out.

    Source: Thompson, Sakuwa and Suhas 2021.
    """
    require(con, "rivalry_tss2021")
    require_actors(con, "rivalry_tss2021", "ccode1", "ccode2", outside=(VENICE,))
    query = """
        SELECT a.actor AS actor_a, b.actor AS actor_b, ccode1 AS cow_a, ccode2 AS cow_b,
               rivalry AS name, "start" AS first_year,
               CASE WHEN "end" < (SELECT max("end") FROM rivalry_tss2021) THEN "end" END
                   AS last_year
        FROM rivalry_tss2021
        JOIN cow_actor a ON a.cow = ccode1
        JOIN cow_actor b ON b.cow = ccode2
    """
    return {"rivalries": write_table(con, "rivalries", query, out)}
