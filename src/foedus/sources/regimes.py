"""Polity5, V-Dem and Unified Democracy scores by COW state-year -> regimes."""

from __future__ import annotations

from pathlib import Path

import duckdb

from foedus.sources.cow_codes import require_actors
from foedus.sources.files import require, write_table


def derive(con: duckdb.DuckDBPyConnection, out: Path) -> dict[str, int]:
    """Write `regimes`; state-years without any score are left out.

    Polity's codes for interruption, interregnum and transition (-66, -77, -88) are null.

    Source: isard 2026 (Miller), from Polity5 (to 2018; the United States to 2020) V-Dem (to 2025)
    and the extended Unified Democracy Scores, plain and augmented (to 2025).
    """
    require(con, "democracy_cow_year")
    require_actors(con, "democracy_cow_year", "ccode")
    query = """
        SELECT actor, ccode AS cow, year,
               CASE WHEN polity2 BETWEEN -10 AND 10 THEN polity2 END AS polity2,
               CASE WHEN v2x_polyarchy BETWEEN 0 AND 1 THEN v2x_polyarchy END AS polyarchy,
               euds, aeuds
        FROM democracy_cow_year JOIN cow_actor ON cow_actor.cow = ccode
        WHERE polity2 BETWEEN -10 AND 10 OR v2x_polyarchy BETWEEN 0 AND 1
           OR euds IS NOT NULL OR aeuds IS NOT NULL
    """
    return {"regimes": write_table(con, "regimes", query, out)}
