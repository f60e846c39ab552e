"""Every measure of states and pairs of states, in one call."""

from __future__ import annotations

from pathlib import Path

import duckdb

from foedus.sources import capability, contiguity, ideal_points, regimes, rivalries


def derive(con: duckdb.DuckDBPyConnection, out: Path) -> dict[str, int]:
    """Write capability, contiguity, rivalries, regimes and ideal_points; rows per table."""
    rows: dict[str, int] = {}
    for source in (capability, contiguity, rivalries, regimes, ideal_points):
        rows |= source.derive(con, out)
    return rows
