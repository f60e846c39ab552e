"""ATOP, directed dyad-year -> alliance_years."""

from __future__ import annotations

from pathlib import Path

import duckdb

from foedus.sources.cow_codes import require_actors
from foedus.sources.files import require, write_table

_OBLIGATIONS = {
    "defense": "atop_defense",
    "offense": "atop_offense",
    "neutrality": "atop_neutral",
    "nonaggression": "atop_nonagg",
    "consultation": "atop_consul",
}


def derive(con: duckdb.DuckDBPyConnection, out: Path) -> dict[str, int]:
    """Write `alliance_years`: what `cow_a` owes `cow_b`, in runs of equal years.

    A run with no obligation at all is an alliance that promises none of the five. Pairs and
    years without a row have no alliance, inside 1815-2018.

    Source: ATOP 5.1 (Leeds et al. 2002), directed dyad-year, as packaged in peacesciencer.
    """
    require(con, "atop51_dyad_year_directed")
    require_actors(con, "atop51_dyad_year_directed", "ccode1", "ccode2")
    held = ", ".join(f"{raw} = 1 AS {name}" for name, raw in _OBLIGATIONS.items())
    names = ", ".join(_OBLIGATIONS)
    query = f"""
        WITH runs AS (
            SELECT ccode1 AS cow_a, ccode2 AS cow_b, year, {held},
                   year - row_number() OVER (
                       PARTITION BY cow_a, cow_b, {names} ORDER BY year) AS run
            FROM atop51_dyad_year_directed
        )
        SELECT a.actor AS actor_a, b.actor AS actor_b, cow_a, cow_b,
               min(year) AS first_year, max(year) AS last_year, {names}, run
        FROM runs JOIN cow_actor a ON a.cow = cow_a JOIN cow_actor b ON b.cow = cow_b
        GROUP BY ALL
    """
    kept = f"SELECT * EXCLUDE (run) FROM ({query})"
    return {"alliance_years": write_table(con, "alliance_years", kept, out)}
