"""Gibler-Miller-Little and COW disputes, directed dyad-year -> dispute_years."""

from __future__ import annotations

from pathlib import Path

import duckdb

from foedus.sources.cow_codes import require_actors
from foedus.sources.files import require, write_table

GML = "gml-mid-2.2.1"
COW = "mid-5.0"

_EACH = {
    "fatality": "fatality",
    "deaths": "fatalpre",
    "highest_action": "hiact",
    "hostility": "hostlev",
}
_PAIR_COLUMNS = ", ".join(
    f"nullif({raw}{number}, -9) AS {name}_{state}"
    for name, raw in _EACH.items()
    for state, number in (("a", 1), ("b", 2))
)


def derive(con: duckdb.DuckDBPyConnection, out: Path) -> dict[str, int]:
    """Write `dispute_years`, each pair of opponents once, the lower COW code first.

    The publishers' -9 (unknown) is null. What a dispute is as a whole (fatality, hostility,
    reciprocated, days) comes with the first data set's own rows and from COW's dispute file for
    the second. `deaths` are the publishers' exact deaths, `highest_action` their 0 to 21. Month
    13, which one dispute of the first data set starts in, is null.

    Source: GML 2.2.1 (Gibler, Miller and Little 2016); MID 5.0 (Palmer et al. 2022).
    """
    files = ("gml_dirdisp", "mid5_directed_dyad_year", "mid5_mida")
    require(con, *files)
    for file in files[:2]:
        require_actors(con, file, "ccode1", "ccode2")
    query = f"""
        WITH coded AS (
            SELECT '{GML}' AS source_table, d.*, d.midonset AS started
            FROM gml_dirdisp d
            UNION ALL BY NAME
            SELECT '{COW}' AS source_table, d.*, d.disponset AS started,
                   a.fatality, a.hostlev, a.recip, a.mindur, a.maxdur, a.stmon
            FROM mid5_directed_dyad_year d LEFT JOIN mid5_mida a USING (dispnum)
        )
        SELECT source_table, dispnum AS dispute, a.actor AS actor_a, b.actor AS actor_b,
               ccode1 AS cow_a, ccode2 AS cow_b, year, started = 1 AS onset,
               sidea1 = 1 AS a_on_side_a,
               orig1 = 1 AS originator_a, orig2 = 1 AS originator_b, {_PAIR_COLUMNS},
               nullif(fatality, -9) AS fatality, nullif(hostlev, -9) AS hostility,
               CASE WHEN recip >= 0 THEN recip = 1 END AS reciprocated,
               nullif(mindur, -9) AS shortest, nullif(maxdur, -9) AS longest,
               CASE WHEN stmon BETWEEN 1 AND 12 THEN stmon END AS start_month
        FROM coded JOIN cow_actor a ON a.cow = ccode1 JOIN cow_actor b ON b.cow = ccode2
        WHERE ccode1 < ccode2
    """
    return {"dispute_years": write_table(con, "dispute_years", query, out)}
