"""COW inter-state wars, directed dyad-year -> war_years."""

from __future__ import annotations

from pathlib import Path

import duckdb

from foedus.sources.cow_codes import require_actors
from foedus.sources.files import require, write_table


def derive(con: duckdb.DuckDBPyConnection, out: Path) -> dict[str, int]:
    """Write `war_years`, each pair of enemies once, the lower COW code first.

    Where a pair fought in two phases of one war in one year (wars 46, 148 and 184), they are
    one row: an onset or initiation in either counts, deaths are the larger of the two. The
    publisher's -9 (unknown) is null.

    Source: COW Inter-State Wars 4.0 (Sarkees and Wayman 2010), as packaged in peacesciencer.
    """
    require(con, "cow_war_inter_ddy")
    require_actors(con, "cow_war_inter_ddy", "ccode1", "ccode2")
    query = """
        SELECT warnum AS war, a.actor AS actor_a, b.actor AS actor_b,
               ccode1 AS cow_a, ccode2 AS cow_b, year,
               max(cowinteronset) = 1 AS onset, min(sidea1) = 1 AS a_on_side_a,
               max(initiator1) = 1 AS initiator_a, max(initiator2) = 1 AS initiator_b,
               max(nullif(batdeath1, -9)) AS deaths_a, max(nullif(batdeath2, -9)) AS deaths_b
        FROM cow_war_inter_ddy
        JOIN cow_actor a ON a.cow = ccode1
        JOIN cow_actor b ON b.cow = ccode2
        WHERE ccode1 < ccode2
        GROUP BY ALL
    """
    return {"war_years": write_table(con, "war_years", query, out)}
