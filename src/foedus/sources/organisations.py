"""Register of organisations -> memberships.

Source: organisations.csv of the register (dated member spells, 1949-2026). A suspended spell
stands beside the member spell that it replaces for its dates.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from foedus.sources.actor_keys import ORGANISATION_IDS, REGISTER, read_text, token_actor_view
from foedus.sources.files import write_table


def derive(con: duckdb.DuckDBPyConnection, out: Path) -> dict[str, int]:
    """Write memberships; rows per table."""
    token_actor_view(con)
    ids = ", ".join(f"('{token}', '{actor}')" for token, actor in ORGANISATION_IDS.items())
    query = f"""
        SELECT coalesce(i.actor, o.org) AS organisation, t.actor AS member,
               CAST(o.joined AS DATE) AS joined, CAST(o."left" AS DATE) AS left_on, o.status,
               CAST(CAST(o.defence_obligation AS INTEGER) AS BOOLEAN) AS defence_obligation,
               o.source, o.confidence
        FROM {read_text(REGISTER / "organisations.csv")} o
        LEFT JOIN (VALUES {ids}) AS i(token, actor) ON i.token = o.org
        LEFT JOIN token_actor t ON t.token = o.member_iso3
    """
    return {"memberships": write_table(con, "memberships", query, out)}
