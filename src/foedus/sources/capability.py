"""COW National Material Capabilities -> capability."""

from __future__ import annotations

from pathlib import Path

import duckdb

from foedus.sources.cow_codes import require_actors
from foedus.sources.files import require, write_table

_MEASURES = ("milex", "milper", "irst", "pec", "tpop", "upop", "cinc")


def derive(con: duckdb.DuckDBPyConnection, out: Path) -> dict[str, int]:
    """Write `capability`; unknown is null (version 7 writes it NA, version 6 and older -9).

    Units: milex thousand pounds to 1913 and thousand dollars from 1914, milper and the two
    populations thousands, irst thousand tons, pec thousand coal-ton equivalents. Germany (255 and
    260) and Yemen (678 and 679) have two codes in 1990: both rows stay, the key is (cow, year).

    Source: COW National Material Capabilities 7.0.
    """
    require(con, "cow_nmc_v7")
    require_actors(con, "cow_nmc_v7", "ccode")
    measures = ", ".join(f"CASE WHEN {name} >= 0 THEN {name} END AS {name}" for name in _MEASURES)
    query = f"""
        SELECT actor, ccode AS cow, year, {measures}
        FROM cow_nmc_v7 JOIN cow_actor ON cow_actor.cow = ccode
    """
    return {"capability": write_table(con, "capability", query, out)}
