"""International Crisis Behavior -> one call per crisis actor, and what the great powers did.

Source: ICB 13 (Brecher, Wilkenfeld, Beardsley, James and Quinn 2020), actor level: trigent,
southv, triggr, viol, outcom, and usinv/usfavr, suinv/sufavr ... jpinv/jpfavr.

The challenger is the state that triggered the crisis, else the state perceived as the source of
threat, else none (a non-state or internal trigger). Hostility: full-scale war 5, clashes 4,
without violence 3 for a non-violent military trigger and 2 for a verbal one, else unknown.

Responses are coded for the United States and the Soviet Union or Russia throughout and, as the
codebook limits them, for the United Kingdom, France, Italy, Germany and Japan up to 1945. ICB
codes the most intense activity, for or against the actor, and how the actor saw it:

- not involved or neutral: rung 0 to 1 (only important activity is coded);
- seen favourably: political or propaganda 1 to 2, economic 2 to 3 (aid, or a sanction on the
  adversary), covert or semi-military 3 to 4, direct military 4;
- seen unfavourably: rung 0 to 1, opposed;
- seen neutrally, or attitude missing or contradictory: 0 up to the activity's own upper bound,
  opposed unknown (mediation, even-handed pressure).

No dates of activity are coded. Traps avoided: days 66, 77 and 88; 21 repeated (crisno, cracid),
whose ids carry cracno; a power that is the challenger is no response.
"""

from __future__ import annotations

import re

import duckdb

KNOWN_UNTIL = "2016-12-31"
POWERS: dict[str, int] = {
    "us": 2,
    "su": 365,
    "gb": 200,
    "fr": 220,
    "it": 325,
    "gr": 255,
    "jp": 740,
}
"""ICB's column prefix and COW code of each power whose activity is coded."""

_ACTORS = """
CREATE OR REPLACE TEMP TABLE icb_actors AS
SELECT 'icb-' || i.crisno || CASE WHEN count(*) OVER (PARTITION BY crisno, cracid) > 1
           THEN '-' || i.cracno ELSE '' END || ':' || b.actor AS id,
       i.*, b.actor AS beneficiary, coalesce(t.actor, s.actor) AS challenger
FROM icb2_v13_actor i
LEFT JOIN cow_actor b ON b.cow = i.cracid
LEFT JOIN cow_actor t ON t.cow = i.trigent AND t.cow <> i.cracid
LEFT JOIN cow_actor s ON s.cow = i.southv AND s.cow <> i.cracid
WHERE i.yrtrig IS NOT NULL
"""

_CALLS = f"""
INSERT INTO call_rows BY NAME
SELECT id,
       t.title AS name,
       'international_crisis' AS kind, 'target' AS role, beneficiary,
       CASE WHEN challenger IS NULL THEN [] ELSE [challenger] END AS challengers,
       span_first(yrtrig, motrig, datrig) AS started_first,
       span_last(yrtrig, motrig, datrig) AS started_last,
       span_first(yrterm, moterm, daterm) AS ended_first,
       span_last(yrterm, moterm, daterm) AS ended_last,
       CASE WHEN triggr IN (8, 9) AND viol = 4 THEN 5 WHEN triggr IN (8, 9) THEN 4
            WHEN triggr = 7 THEN 3 WHEN triggr = 1 THEN 2 END
           AS hostility,
       CASE outcom WHEN 1 THEN 'victory' WHEN 2 THEN 'compromise' WHEN 3 THEN 'stalemate'
                   WHEN 4 THEN 'defeat' END AS outcome,
       DATE '{KNOWN_UNTIL}' AS known_until, 'catalog' AS origin, 'icb-13' AS source_table
FROM icb_actors JOIN icb_titles t USING (crisname) WHERE beneficiary IS NOT NULL
"""

_RESPONSES = """
INSERT INTO response_rows BY NAME
WITH coded AS ({coded}), seen AS (
    SELECT id AS call, p.actor AS guarantor, involvement,
           CASE WHEN involvement <= 2 THEN 'none' WHEN attitude = 1 THEN 'favourable'
                WHEN attitude = 3 THEN 'unfavourable' ELSE 'unclear' END AS view,
           CASE WHEN involvement <= 2 THEN 1 WHEN involvement IN (3, 5) THEN 2
                WHEN involvement = 4 THEN 3 ELSE 4 END AS most
    FROM coded JOIN cow_actor p ON p.cow = coded.power
    WHERE beneficiary IS NOT NULL AND involvement BETWEEN 1 AND 8
      AND p.actor <> beneficiary AND p.actor IS DISTINCT FROM challenger
)
SELECT call, guarantor,
       CASE WHEN view <> 'favourable' THEN 0 WHEN involvement IN (3, 5) THEN 1
            WHEN involvement = 4 THEN 2 WHEN involvement IN (6, 7) THEN 3 ELSE 4 END AS rung_low,
       CASE WHEN view = 'unfavourable' THEN 1 ELSE most END AS rung_high,
       least(rung_low, 1) AS act_low, rung_high AS unseen,
       CASE view WHEN 'unfavourable' THEN true WHEN 'unclear' THEN NULL ELSE false END AS opposed,
       'catalog' AS origin, 'icb-13' AS source_table
FROM seen
"""


_KEPT = frozenset(
    {"II", "III", "IV", "VI", "VII", "VIII", "UAR", "US", "USA", "UN", "USSR", "KAL", "WWII"}
)


def title(crisis: str) -> str:
    """`SINO/INDIAN BDR. II` -> `Sino/Indian Bdr. II`: ICB prints its names in capitals."""
    return re.sub(
        r"[A-Z']+",
        lambda word: word[0] if word[0] in _KEPT else word[0].capitalize(),
        crisis.strip(),
    )


def stage(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Add the crises to `call_rows` and `response_rows`; returns the codes without an actor."""
    con.execute(_ACTORS)
    con.execute("CREATE OR REPLACE TEMP TABLE icb_titles (crisname VARCHAR, title VARCHAR)")
    names = con.execute("SELECT DISTINCT crisname FROM icb_actors").fetchall()
    con.executemany("INSERT INTO icb_titles VALUES (?, ?)", [(n, title(n)) for (n,) in names])
    con.execute(_CALLS)
    coded = " UNION ALL ".join(
        f"SELECT id, beneficiary, challenger, {cow} AS power, {prefix}inv AS involvement,"
        f" {prefix}favr AS attitude FROM icb_actors"
        for prefix, cow in POWERS.items()
    )
    con.execute(_RESPONSES.format(coded=coded))
    rows = con.execute(
        "SELECT DISTINCT 'ICB ' || cracid || ' ' || actor FROM icb_actors"
        " WHERE beneficiary IS NULL ORDER BY 1"
    ).fetchall()
    return [label for (label,) in rows]
