"""Every table of what ties or divides two states in a year, in one call."""

from __future__ import annotations

from pathlib import Path

import duckdb

from foedus.sources import alliance_years, dispute_years, war_years


def derive(con: duckdb.DuckDBPyConnection, out: Path) -> dict[str, int]:
    """Write alliance_years, dispute_years and war_years; rows per table."""
    rows: dict[str, int] = {}
    for source in (alliance_years, dispute_years, war_years):
        rows |= source.derive(con, out)
    return rows
