"""The register's calls.csv and responses.csv -> calls and responses.

Source: Foedus register 2004-2026 and its codebook. Rungs are exact; NA is null. A row's note
may tell of anything up to its source's date, so `note_date` is that date's last possible day.
"""

from __future__ import annotations

import duckdb

from foedus.domain.responses import SUPPORT_CATEGORIES
from foedus.sources.actor_keys import REGISTER, read_text

_SOURCE = """
       source_title, source_publisher, text_first(source_date) AS source_date_first,
       text_last(source_date) AS source_date_last, source_ref, confidence,
       text_last(source_date) AS note_date, 'register' AS origin,
       'foedus-register-2026' AS source_table
"""

_CALLS = f"""
INSERT INTO call_rows BY NAME
WITH challenged AS (
    SELECT r.id, list(t.actor ORDER BY t.actor) AS challengers
    FROM (SELECT id, unnest(string_split(challenger, ';')) AS token FROM register_calls) r
    JOIN token_actor t USING (token) GROUP BY r.id
)
SELECT id, name, kind, 'target' AS role, b.actor AS beneficiary,
       coalesce(c.challengers, []) AS challengers,
       text_first("start") AS started_first, text_last("start") AS started_last,
       text_first("end") AS ended_first, text_last("end") AS ended_last,
       CAST(hostility AS INTEGER) AS hostility, outcome_for_beneficiary AS outcome,
       summary AS note, {_SOURCE}
FROM register_calls r JOIN token_actor b ON b.token = beneficiary_iso3
LEFT JOIN challenged c USING (id)
"""

_RESPONSES = """
INSERT INTO response_rows BY NAME
SELECT call_id AS call, t.actor AS guarantor, CAST(rung AS INTEGER) AS rung_low,
       rung_low AS rung_high, least(rung_low, 1) AS act_low, 0 AS unseen, {support},
       opposed = '1' AS opposed,
       CASE asked WHEN 'yes' THEN true WHEN 'no' THEN false END AS asked,
       CASE obliged WHEN '1' THEN true WHEN '0' THEN false END AS obliged,
       text_first(first_date) AS first_act_first, text_last(first_date) AS first_act_last,
       coalesce(string_split(commitment_ids, ';'), []) AS commitments, note, {source}
FROM register_responses JOIN token_actor t ON t.token = guarantor_iso3
"""


def stage(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Add the register to `call_rows` and `response_rows`; returns tokens without an actor."""
    for table in ("calls", "responses"):
        con.execute(
            f"CREATE OR REPLACE TEMP TABLE register_{table} AS"
            f" FROM {read_text(REGISTER / f'{table}.csv')}"
        )
    con.execute(_CALLS)
    support = ", ".join(f"{name} = '1' AS {name}" for name in SUPPORT_CATEGORIES)
    con.execute(_RESPONSES.format(support=support, source=_SOURCE))
    rows = con.execute("""
        SELECT DISTINCT token FROM (
            SELECT beneficiary_iso3 AS token FROM register_calls
            UNION ALL SELECT unnest(string_split(challenger, ';')) FROM register_calls
            UNION ALL SELECT guarantor_iso3 FROM register_responses
        ) WHERE token NOT IN (SELECT token FROM token_actor) ORDER BY 1
    """).fetchall()
    return [f"register {token}" for (token,) in rows]
