"""Interstate War Data and COW wars -> who attacked whom, and who stood on which side.

Dyads: Interstate War Data 1.1 (Reiter, Stam and Horowitz), one row per component war and year.
The first entry and the last exit of all its years date a dyad. A state that stands only in the
columns of further adversaries is `listed`: it faced the attacker, but the data do not say who
moved first. Sides, dates of entry and regions: COW Inter-State Wars 4.0, for the wars that
both sources hold; wars are numbered as in the Interstate War Data (`larger_war_id`).

Five wars of the fulfilment table are in neither source (90 to 94). Their dyads and regions are
coded in coded_wars.csv: states and dates are those of a dispute in MID 5.0 that reached the use of
force, and its side A (the first to act) stands as the attacker. That war and dispute are one
is a judgement, and each row is marked as such.
Traps avoided: `warid` of the fulfilment table is `larger_war_id`, not `init_war_id`; days
such as 31 June; five states stand twice in one COW war.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from foedus.sources.actor_keys import read_text
from foedus.sources.cow_codes import require_actors
from foedus.sources.files import write_table
from foedus.sources.spans import create_macros

CODED = Path(__file__).parent / "coded_wars.csv"

REGIONS: dict[int, tuple[str, ...]] = {
    1: ("Americas",),
    2: ("Europe",),
    4: ("Africa",),
    6: ("Middle East",),
    7: ("Asia",),
    9: ("Oceania",),
    11: ("Europe", "Middle East"),
    12: ("Europe", "Asia"),
    13: ("Americas", "Asia"),
    14: ("Europe", "Africa", "Middle East"),
    15: ("Europe", "Africa", "Middle East", "Asia"),
    16: ("Africa", "Middle East", "Asia", "Oceania"),
    17: ("Asia", "Oceania"),
    18: ("Africa", "Middle East"),
    19: ("Europe", "Africa", "Middle East", "Asia", "Oceania"),
}
"""COW's `WhereFought`. Source: COW Inter-State Wars 4.0 codebook."""

_FURTHER = ", ".join(f"adv{number}ccode" for number in range(2, 15))


def war_title(column: str) -> str:
    """SQL for a war's name with spaces: `WorldWarII` -> `World War II`."""
    spaced = f"replace({column}, '_', ' ')"
    return rf"regexp_replace({spaced}, '([a-z])([A-Z0-9])', '\1 \2', 'g')"


def _day(month: str, day: str) -> str:
    start = f"make_date(year, {month}, 1)"
    return f"least({start} + ({day} - 1)::INTEGER, last_day({start}))"


_DYADS = f"""
WITH years AS (
    SELECT larger_war_id AS war, larger_war_name AS war_name, joiner = 1 AS joined, init_ccode,
           {_day("month_entry", "day_entry")} AS began,
           {_day("coalesce(month_exit02, month_exit)", "coalesce(day_exit02, day_exit)")} AS ended,
           list_prepend({{'foe': target_ccode, 'listed': false}}, list_transform(
               list_filter([{_FURTHER}], lambda foe: foe IS NOT NULL),
               lambda foe: {{'foe': foe, 'listed': true}})) AS foes
    FROM iwd_interstate_war_participants
), met AS (
    SELECT * EXCLUDE (foes), unnest(foes, recursive := true) FROM years
), dyads AS (
    SELECT war, any_value(war_name) AS war_name, init_ccode, foe, min(began) AS began,
           max(ended) AS ended, bool_and(listed) AS listed,
           CASE WHEN bool_and(listed) THEN bool_or(joined)
                ELSE bool_or(joined) FILTER (NOT listed) END AS joined
    FROM met WHERE init_ccode <> foe GROUP BY war, init_ccode, foe
), published AS (
    SELECT war, war_name, init_ccode AS a, foe AS t, began, ended, joined, listed,
           false AS judgement, 'iwd-1.1' AS source_table, NULL AS source_ref
    FROM dyads d
    WHERE NOT listed OR NOT EXISTS (
        SELECT 1 FROM dyads o WHERE o.war = d.war AND o.init_ccode = d.foe
        AND o.foe = d.init_ccode AND (NOT o.listed OR o.init_ccode < d.init_ccode))
), coded AS (
    SELECT war::INTEGER AS war, (SELECT any_value(warname) FROM bf2018_alliance_war_fulfilment
               WHERE warid = war::INTEGER) AS war_name,
           attacker::INTEGER AS a, target::INTEGER AS t, began::DATE AS began,
           ended::DATE AS ended, joined = '1' AS joined, false AS listed, true AS judgement,
           'mid-5.0' AS source_table, 'dispute ' || mid || ': ' || note AS source_ref
    FROM {read_text(CODED)}
)
SELECT u.* EXCLUDE (a, t) REPLACE ({war_title("war_name")} AS war_name),
       f.actor AS attacker, s.actor AS target
FROM (FROM published UNION ALL BY NAME FROM coded) u
JOIN cow_actor f ON f.cow = a JOIN cow_actor s ON s.cow = t
"""

_WHERE = " ".join(f"WHEN {code} THEN {list(names)}" for code, names in REGIONS.items())


def _spell(number: int) -> str:
    start = f"StartYear{number}, StartMonth{number}, StartDay{number}"
    end = f"EndYear{number}, EndMonth{number}, EndDay{number}"
    return f"""
        SELECT n.warid AS war, WarNum AS cow_war, actor, Side AS side, Initiator = 1 AS initiator,
               CASE WhereFought {_WHERE} ELSE [] END AS regions,
               span_first({start}) AS entered_first, span_last({start}) AS entered_last,
               span_first({end}) AS left_first, span_last({end}) AS left_last
        FROM cow_interstate_war_v4 w
        JOIN (SELECT DISTINCT warid, cowwarid FROM bf2018_alliance_war_fulfilment) n
            ON n.cowwarid = w.WarNum
        JOIN cow_actor ON cow_actor.cow = w.ccode
        WHERE StartYear{number} > 0
    """


_CODED_SPELLS = f"""
    SELECT war::INTEGER AS war, NULL AS cow_war, actor, side, false AS initiator,
           list(DISTINCT region) AS regions, min(began)::DATE AS entered_first,
           min(began)::DATE AS entered_last, max(ended)::DATE AS left_first,
           max(ended)::DATE AS left_last
    FROM (SELECT *, attacker AS code, 1 AS side FROM {read_text(CODED)}
          UNION ALL SELECT *, target AS code, 2 AS side FROM {read_text(CODED)})
    JOIN cow_actor ON cow_actor.cow = code::INTEGER
    GROUP BY war, actor, side
"""


def derive(con: duckdb.DuckDBPyConnection, out: Path) -> dict[str, int]:
    """Write `war_dyads` and `war_participants`; rows per table."""
    create_macros(con)
    require_actors(con, "iwd_interstate_war_participants", "init_ccode", "target_ccode")
    return {
        "war_dyads": write_table(con, "war_dyads", _DYADS, out),
        "war_participants": write_table(
            con,
            "war_participants",
            f"{_spell(1)} UNION ALL {_spell(2)} UNION ALL BY NAME {_CODED_SPELLS}",
            out,
        ),
    }
