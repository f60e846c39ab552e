"""States, organisations and armed groups with their codes, spells, capitals and names."""

from __future__ import annotations

from pathlib import Path

import duckdb

from foedus.sources.actor_keys import cow_actor_view, gw_actor_view, token_actor_view
from foedus.sources.names import write_names
from foedus.sources.state_system import write_system

__all__ = ["cow_actor_view", "derive", "gw_actor_view", "token_actor_view"]


def derive(con: duckdb.DuckDBPyConnection, out: Path) -> dict[str, int]:
    """Write every table about actors but leaders and memberships; rows per table."""
    return write_system(con, out) | write_names(con, out)
