"""Berkemeier and Fuhrmann's re-coding of fulfilment in war -> one alliance in one war.

The primary coding follows the procedures of Leeds, Long and Mitchell (2000); the second is
the authors' own. Dummies are 1 or missing in the file, never 0: missing is false here.
`why_not` is why an alliance was not put to the test; `honoured_leniently` counts a
multilateral alliance as honoured where one member came and none fought an ally. The war's
last day is that of `war_dyads`.

Source: replication file of Berkemeier and Fuhrmann 2018, Research & Politics 5(2).
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from foedus.sources import war_participants
from foedus.sources.files import write_table
from foedus.sources.war_participants import war_title


def _flags(**columns: str) -> str:
    return ", ".join(f"coalesce({raw}, 0) = 1 AS {name}" for name, raw in columns.items())


_FLAGS = _flags(
    before_1945="sample",
    multilateral="multilateral",
    defense="defense",
    offense="offense",
    neutrality="neutral",
    nonaggression="nonagg",
    consultation="consul",
    honoured="honorLLM",
    violated="violateLLM",
    honoured_leniently="sabroskyhonorllm",
    honoured_second="honorBF",
    violated_second="violateBF",
)


def derive(con: duckdb.DuckDBPyConnection, out: Path) -> dict[str, int]:
    """Write `fulfilment`, `war_dyads` and `war_participants`; rows per table."""
    rows = war_participants.derive(con, out)
    dyads = str(out / "war_dyads.parquet").replace("'", "''")
    query = f"""
        SELECT warid AS war, {war_title("warname")} AS war_name, d.ended AS war_ended, atopid,
               coalesce(dnaLLM, 0) = 0 AS due, coalesce(dnaBF, 0) = 0 AS due_second, {_FLAGS},
               CASE WHEN coalesce(dnaLLM, 0) = 0 THEN NULL
                    WHEN cfnaLLM = 1 THEN 'casus foederis not met'
                    WHEN nonaggLLM = 1 THEN 'non-aggression only, and the allies did not fight'
                    WHEN consulLLM = 1 THEN 'consultation only' END AS why_not
        FROM bf2018_alliance_war_fulfilment
        LEFT JOIN (SELECT war, max(ended) AS ended FROM read_parquet('{dyads}') GROUP BY war) d
            ON d.war = warid
    """
    return {"fulfilment": write_table(con, "fulfilment", query, out), **rows}
