"""Wars, disputes, crises, external support and the register -> the tables calls and responses.

One occasion for one beneficiary is one call. Where several sources hold it, the best keeps it
and the others carry its id in `same_as`, in the order register, COW wars, MIDs, UCDP external
support, ICB. The rule wants the same beneficiary, and:

- war and dispute: overlapping dates, a dispute that reached war (hostility 5) and a shared
  challenger;
- war or dispute and crisis: a shared challenger, and the crisis begins within 60 days of the
  other's start, or inside it (inside a dispute only if that lasted two years at most);
- war, or dispute with force used, and UCDP interstate spell: overlapping dates, a shared
  challenger, and a first year within one year of the other's;
- register and others: a start within 60 days, or inside either, as above; and a shared
  challenger, or no state among the challengers of either;
- register and UCDP insurgency: a shared challenger and a first year within one year.

Among several candidates the one whose start is nearest is taken. A candidate that is itself a
repeat passes on its own target.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from foedus.catalog.schema import TABLES
from foedus.sources import crises, external_support, mids, register_calls, wars
from foedus.sources.actor_keys import gw_actor_view, token_actor_view
from foedus.sources.files import write_table
from foedus.sources.spans import create_macros

NEAR_DAYS = 60
LONG_DISPUTE_DAYS = 730
PRECEDENCE = ("foedus-register-2026", "cow-wars-4.0", "mid-5.0", "ucdp-esd-18.1", "icb-13")

_LINK = f"""
UPDATE call_rows SET same_as = found.target FROM (
    WITH spans AS (
        SELECT *, coalesce(ended_last, known_until, DATE '9999-12-31') AS until,
               list_has_any(challengers, (SELECT list(actor) FROM cow_actor)) AS against_state
        FROM call_rows
    ), pairs AS (
        SELECT low.id, coalesce(high.same_as, high.id) AS target,
               list_has_any(low.challengers, high.challengers) AS shared,
               abs(low.started_first - high.started_first) AS distance,
               low.started_last >= high.started_first - {NEAR_DAYS}
                   AND low.started_first <= high.started_last + {NEAR_DAYS} AS near,
               low.started_last >= high.started_first AND low.started_first <= high.until
                   AND (high.source_table <> 'mid-5.0'
                        OR high.until - high.started_first <= {LONG_DISPUTE_DAYS}) AS inside,
               high.started_last >= low.started_first AND high.started_first <= low.until
                   AND low.until - low.started_first <= {LONG_DISPUTE_DAYS} AS holds,
               low.started_first <= high.until AND high.started_first <= low.until AS overlap,
               low.against_state OR high.against_state AS of_states,
               low.source_table AS low_source, high.source_table AS high_source,
               low.kind AS low_kind, low.hostility AS low_hostility,
               high.hostility AS high_hostility,
               year(low.started_first) - year(high.started_first) AS years
        FROM spans low JOIN spans high ON high.beneficiary = low.beneficiary
         AND low.source_table = ? AND list_contains(?, high.source_table)
         AND low.started_first <= high.until + {NEAR_DAYS}
         AND high.started_first <= low.until + {NEAR_DAYS}
    )
    SELECT id, target FROM pairs WHERE CASE
        WHEN high_source = 'foedus-register-2026' AND low_kind = 'insurgency'
            THEN abs(years) <= 1 AND shared
        WHEN high_source = 'foedus-register-2026'
            THEN (near OR inside OR holds) AND (shared OR NOT of_states)
        WHEN low_source = 'mid-5.0' THEN overlap AND shared AND low_hostility = 5
        WHEN low_source = 'icb-13' AND high_source <> 'ucdp-esd-18.1'
            THEN shared AND (near OR inside)
        WHEN low_source = 'ucdp-esd-18.1' THEN overlap AND shared AND low_kind = 'interstate_war'
                 AND high_hostility >= 4 AND abs(years) <= 1
        ELSE false END
    QUALIFY row_number() OVER (PARTITION BY id ORDER BY
        list_position({list(PRECEDENCE)!r}, high_source), distance, target) = 1
) AS found WHERE call_rows.id = found.id
"""

_RESPONSES = """
SELECT r.call || ':' || r.guarantor AS id, r.* EXCLUDE (act_low, unseen)
       REPLACE (coalesce(r.commitments, []) AS commitments),
       {windows}
FROM response_rows r JOIN call_rows c ON c.id = r.call
"""


def derive(con: duckdb.DuckDBPyConnection, out: Path) -> dict[str, int]:
    """Write `calls.parquet` and `responses.parquet` into `out`; returns rows per table."""
    assemble(con)
    windows = ", ".join(
        f"within_low({days}, r.rung_low, r.rung_high, r.act_low, {dates}) AS rung{days}_low, "
        f"within_high({days}, r.rung_low, r.rung_high, r.unseen, {dates}) AS rung{days}_high"
        for days in (30, 365)
        for dates in (
            "r.first_act_first, r.first_act_last,"
            " c.started_first, c.started_last, coalesce(c.ended_last, DATE '9999-12-31')",
        )
    )
    return {
        "calls": write_table(con, "calls", "SELECT * FROM call_rows", out),
        "responses": write_table(con, "responses", _RESPONSES.format(windows=windows), out),
    }


def assemble(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Fill `call_rows` (linked) and `response_rows`; returns the codes that matched no actor."""
    create_macros(con)
    gw_actor_view(con)
    token_actor_view(con)
    _create("call_rows", TABLES["calls"].columns, con)
    computed = ("id", "rung30_low", "rung30_high", "rung365_low", "rung365_high")
    columns = {k: v for k, v in TABLES["responses"].columns.items() if k not in computed}
    _create("response_rows", {**columns, "act_low": "INTEGER", "unseen": "INTEGER"}, con)
    unmatched: list[str] = []
    for source in (register_calls, wars, mids, external_support, crises):
        unmatched += source.stage(con)
    for position, source_table in enumerate(PRECEDENCE):
        con.execute(_LINK, [source_table, list(PRECEDENCE[:position])])
    return unmatched


def _create(name: str, columns: dict[str, str], con: duckdb.DuckDBPyConnection) -> None:
    listed = ", ".join(f'"{column}" {kind}' for column, kind in columns.items())
    con.execute(f"CREATE OR REPLACE TEMP TABLE {name} ({listed})")
