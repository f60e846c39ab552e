"""UCDP/PRIO Armed Conflict -> one state's part in one conflict in one year.

Source: UCDP/PRIO Armed Conflict Dataset 25.1 (Davies, Pettersson, Sollenberg and Oberg 2025),
1946-2024, with the type and intensity (1: 25 to 999 battle deaths, 2: more) of the conflict-year.
Primary parties have `secondary` false; states that sent troops to a side have it true.
`name` is the place and what is fought over, from the UCDP Dyadic Dataset 24.1 (to 2023); null
for conflicts that began later. `opponents` are the primary state parties of the other side,
empty where it is a rebel group.
Trap avoided: peacesciencer's copy repeats each conflict-year for every pairing of its parties
and names the types; UCDP's own file lists the parties with commas and numbers the types. Either
is read.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from foedus.sources.actor_keys import gw_actor_view
from foedus.sources.files import write_table

_QUERY = """
WITH listed AS (
    SELECT conflict_id, year, type_of_conflict, intensity_level, side, secondary,
           unnest(string_split(CAST(codes AS VARCHAR), ',')) AS code
    FROM ucdp_acd_251, LATERAL (VALUES
        ('A', false, CAST(gwno_a AS VARCHAR)), ('A', true, CAST(gwno_a_2nd AS VARCHAR)),
        ('B', false, CAST(gwno_b AS VARCHAR)), ('B', true, CAST(gwno_b_2nd AS VARCHAR))
    ) AS p(side, secondary, codes)
), parts AS (
    SELECT *, CAST(TRY_CAST(trim(code) AS DOUBLE) AS INTEGER) AS gw FROM listed
), named AS (
    SELECT parts.* EXCLUDE (code, gw), actor FROM parts JOIN gw_actor USING (gw)
), places AS (
    SELECT conflict_id,
           replace(arg_max(location, year), ' (Soviet Union)', '') || ': '
           || coalesce(CAST(arg_max(territory_name, year) AS VARCHAR), 'government') AS name
    FROM ucdp_dyadic_241 GROUP BY conflict_id
), primaries AS (
    SELECT conflict_id, year, side, list(DISTINCT actor ORDER BY actor) AS actors
    FROM named WHERE NOT secondary GROUP BY ALL
)
SELECT n.actor, n.year, n.conflict_id, any_value(places.name) AS name, n.side, n.secondary,
       coalesce(any_value(p.actors), []) AS opponents,
       CASE CAST(any_value(type_of_conflict) AS VARCHAR)
           WHEN '1' THEN 'extrasystemic' WHEN '2' THEN 'interstate' WHEN '3' THEN 'intrastate'
           WHEN '4' THEN 'internationalised intrastate'
           WHEN 'II' THEN 'internationalised intrastate'
           ELSE CAST(any_value(type_of_conflict) AS VARCHAR) END AS type,
       max(intensity_level) AS intensity
FROM named n LEFT JOIN places USING (conflict_id) LEFT JOIN primaries p
  ON p.conflict_id = n.conflict_id AND p.year = n.year AND p.side <> n.side
GROUP BY n.actor, n.year, n.conflict_id, n.side, n.secondary
"""


def derive(con: duckdb.DuckDBPyConnection, out: Path) -> dict[str, int]:
    """Write `conflicts.parquet` into `out`; returns rows per table."""
    gw_actor_view(con)
    return {"conflicts": write_table(con, "conflicts", _QUERY, out)}
