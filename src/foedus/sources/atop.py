"""ATOP 5.1: member-phase rows -> directed pairs of members, one row per promise and phase.

Source: Leeds, Ritter, Mitchell and Long (2002), ATOP 5.1 codebook (August 2022).
"""

from __future__ import annotations

import duckdb

LAST_DAY = "DATE '2018-12-31'"
"""ATOP knows nothing after this day; exit year 0 means in force on it."""

END_CAUSES: dict[int, str] = {
    1: "replaced by a new agreement",
    2: "a member lost its independence",
    3: "the problem it addressed was resolved",
    4: "policy dispute outside the alliance",
    5: "dispute over managing the alliance",
    6: "members fought one another",
    7: "war: not fulfilled, or lost",
    8: "a provision was violated short of war",
}
"""ATOP's `termcaus` in words (codebook section 2.32)."""

NEW_PHASE = "new phase"
"""End of a phase that the next phase of the same instrument continues: no end of the promise."""

OBLIGATIONS: dict[str, str] = {
    "defense": "defense",
    "offense": "offense",
    "neutrality": "neutral",
    "nonaggression": "nonagg",
    "consultation": "consul",
}

_CONDITIONS: dict[str, dict[str, str]] = {
    "defense": {
        "adversary": "defcoadv",
        "location": "defcoloc",
        "ongoing_conflict": "defcocon",
        "number_of_adversaries": "defconum",
        "after_demand": "defcodem",
        "non_provocation": "defconpr",
    },
    "offense": {
        "adversary": "offcoadv",
        "location": "offcoloc",
        "ongoing_conflict": "offcocon",
        "number_of_adversaries": "offconum",
        "after_demand": "offcodem",
    },
    "neutrality": {
        "adversary": "neucoadv",
        "location": "neucoloc",
        "ongoing_conflict": "neucocon",
        "number_of_adversaries": "neuconum",
        "after_demand": "neucodem",
        "non_provocation": "neuconpr",
    },
    "consultation": {
        "adversary": "concoadv",
        "location": "concoloc",
        "ongoing_conflict": "concocon",
    },
}
CONDITIONS: tuple[str, ...] = tuple(
    f"{obligation}_{condition}" for obligation, held in _CONDITIONS.items() for condition in held
)


def atop_tables(con: duckdb.DuckDBPyConnection) -> None:
    """Create `atop_member` (one member's spell in one phase) and `atop_pair` (directed).

    `atop_pair` has one row per alliance, phase, guarantor, beneficiary and spell. Its
    obligations and conditions are the guarantor's own; a condition is null where the
    obligation is not held. A month or day that ATOP leaves open widens the span
    `<name>_first`..`<name>_last`. ATOP dates entry by signature and counts from there.
    A change of COW code inside one phase (Germany 1990, Yemen 1990) does not split a spell.
    Needs the views `atop51_member`, `atop51_dyad_year_directed` and `cow_actor`; members
    that COW does not list as states (8152, Annam) have no rows.
    """
    con.execute(_member_sql())
    con.execute(_pair_sql())


def _day(year: str, month: str, day: str, *, last: bool) -> str:
    """SQL for the first or last possible day of a date whose month or day may be 0 or null."""
    month_open, day_open = f"coalesce({month}, 0) = 0", f"coalesce({day}, 0) = 0"
    bound = f"make_date({year}, 12, 31)" if last else f"make_date({year}, 1, 1)"
    start = f"make_date({year}, {month}, 1)"
    month_bound = f"last_day({start})" if last else start
    return (
        f"CASE WHEN coalesce({year}, 0) = 0 THEN NULL WHEN {month_open} THEN {bound} "
        f"WHEN {day_open} THEN {month_bound} "
        f"ELSE least(make_date({year}, {month}, 1) + ({day} - 1)::INTEGER, last_day({start})) END"
    )


def _member_sql() -> str:
    causes = " ".join(f"WHEN {code} THEN '{words}'" for code, words in END_CAUSES.items())
    held = ", ".join(f"{raw} = 1 AS {name}" for name, raw in OBLIGATIONS.items())
    conditions = ", ".join(
        f"CASE WHEN {OBLIGATIONS[obligation]} = 1 THEN {raw} = 1 END AS {obligation}_{condition}"
        for obligation, columns in _CONDITIONS.items()
        for condition, raw in columns.items()
    )
    return f"""
        CREATE OR REPLACE TABLE atop_member AS
        WITH dated AS (
            SELECT m.*, a.actor,
                   {_day("yrent", "moent", "dayent", last=False)} AS entry_first,
                   {_day("yrent", "moent", "dayent", last=True)} AS entry_last,
                   {_day("yrexit", "moexit", "dayexit", last=False)} AS exit_first,
                   {_day("yrexit", "moexit", "dayexit", last=True)} AS exit_last
            FROM atop51_member m JOIN cow_actor a ON a.cow = m.member
        )
        SELECT CAST(atopid AS INTEGER) AS atopid, CAST(phase AS INTEGER) AS phase,
               CAST(member AS INTEGER) AS member, actor, bilat = 0 AS multilateral,
               obvary = 1 AS varies, asymm = 1 AS "asymmetric", pubsecr > 0 AS secret,
               wartime = 1 AS formed_in_wartime,
               CASE WHEN specthrt IS NOT NULL THEN list_sort(list_distinct(list_filter(
                   [(SELECT any_value(actor) FROM cow_actor WHERE cow = statthr1),
                    (SELECT any_value(actor) FROM cow_actor WHERE cow = statthr2)],
                   lambda threat: threat IS NOT NULL))) END AS specific_threats,
               entry_first, entry_last, exit_first, exit_last,
               CASE WHEN termcaus = 1 AND EXISTS (
                        SELECT 1 FROM dated n WHERE n.atopid = d.atopid AND n.phase > d.phase
                        AND n.actor = d.actor)
                    THEN '{NEW_PHASE}'
                    ELSE CASE termcaus {causes} END END AS cause,
               {held}, {conditions}
        FROM dated d
    """


def _pair_sql() -> str:
    kept = ", ".join(f"g.{name}" for name in CONDITIONS)
    resolved = ", ".join(
        # A guarantor that owes members different things: the dyad file tells to whom.
        f"g.{name} AND (NOT g.varies OR coalesce((SELECT max(atop_{raw}) FROM "
        f"atop51_dyad_year_directed d WHERE d.ccode1 = g.member AND d.ccode2 = b.member "
        f"AND d.year BETWEEN year(g.entry_first) AND "
        f"year(coalesce(least(g.exit_last, b.exit_last), {LAST_DAY}))), 1) = 1) AS {name}"
        for name, raw in OBLIGATIONS.items()
    )
    moot = ", ".join(
        f"CASE WHEN {obligation} THEN {obligation}_{condition} END AS {obligation}_{condition}"
        for obligation, conditions in _CONDITIONS.items()
        for condition in conditions
    )
    carried = ", ".join(
        f'first("{name}" ORDER BY started_first) AS "{name}"'
        for name in (
            "multilateral",
            "asymmetric",
            "secret",
            "formed_in_wartime",
            "specific_threats",
            *OBLIGATIONS,
            *CONDITIONS,
        )
    )
    return f"""
        CREATE OR REPLACE TABLE atop_pair AS
        WITH overlap AS (
            SELECT g.atopid, g.phase, g.actor AS guarantor, b.actor AS beneficiary,
                   g.multilateral, g."asymmetric", g.secret, g.formed_in_wartime,
                   g.specific_threats,
                   greatest(g.entry_first, b.entry_first) AS started_first,
                   greatest(g.entry_last, b.entry_last) AS started_last,
                   least(g.exit_first, b.exit_first) AS ended_first,
                   least(g.exit_last, b.exit_last) AS ended_last,
                   CASE WHEN b.exit_last < g.exit_last OR g.exit_last IS NULL
                          OR (b.exit_last = g.exit_last AND g.cause = '{NEW_PHASE}')
                        THEN b.cause ELSE g.cause END AS end_cause,
                   {resolved}, {kept}
            FROM atop_member g JOIN atop_member b
            ON g.atopid = b.atopid AND g.phase = b.phase AND g.actor <> b.actor
            WHERE least(g.exit_last, b.exit_last) IS NULL
               OR least(g.exit_last, b.exit_last) > greatest(g.entry_first, b.entry_first)
               OR (g.entry_first = b.entry_first AND g.exit_last = b.exit_last)
        ), marked AS (
            SELECT *, coalesce(started_first > lag(ended_last) OVER spells + 1, true) AS fresh
            FROM overlap
            WINDOW spells AS (
                PARTITION BY atopid, phase, guarantor, beneficiary ORDER BY started_first)
        ), numbered AS (
            SELECT *, sum(fresh::INTEGER) OVER (
                PARTITION BY atopid, phase, guarantor, beneficiary ORDER BY started_first
            ) AS spell
            FROM marked
        ), merged AS (
            SELECT atopid, phase, guarantor, beneficiary, CAST(spell AS INTEGER) AS spell,
                   min(started_first) AS started_first, min(started_last) AS started_last,
                   CASE WHEN bool_or(ended_last IS NULL) THEN NULL
                        ELSE max(ended_first) END AS ended_first,
                   CASE WHEN bool_or(ended_last IS NULL) THEN NULL
                        ELSE max(ended_last) END AS ended_last,
                   CASE WHEN bool_or(ended_last IS NULL) THEN NULL
                        ELSE last(end_cause ORDER BY started_first) END AS end_cause,
                   {carried}
            FROM numbered GROUP BY ALL
        ), followed AS (
            SELECT *, lead(started_first) OVER (
                PARTITION BY atopid, guarantor, beneficiary ORDER BY started_first, phase
            ) AS next_first
            FROM merged
        )
        SELECT * EXCLUDE (ended_first, ended_last, end_cause, next_first) REPLACE ({moot}),
               CASE WHEN end_cause = '{NEW_PHASE}' AND next_first IS NULL
                    THEN '{END_CAUSES[1]}'
                    WHEN end_cause IS NULL AND next_first <= ended_last + 1
                    THEN '{NEW_PHASE}' ELSE end_cause END AS end_cause,
               -- a phase ends the day before the next begins: one promise holds on any day
               CASE WHEN ended_last >= next_first THEN least(ended_first, next_first - 1)
                    ELSE ended_first END AS ended_first,
               CASE WHEN ended_last >= next_first THEN next_first - 1
                    ELSE ended_last END AS ended_last
        FROM followed
    """
