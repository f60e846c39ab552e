"""What each table shows on the as-of date: the one gate that no later fact passes.

Each entry is a DuckDB query over `<table>__all` with the day in the variable `as_of`. A row
appears once its first fact is dated on or before that day (its last possible day counts), and
whatever the row says of later days is null. Texts written later (`note_date`) are withheld.
A call that has ended stands for itself until the better-sourced one that it repeats has ended.
"""

from __future__ import annotations

_DAY = "getvariable('as_of')"
REGISTER_CLOSED = "DATE '2026-06-30'"
"""The register's last day: a row of it without a source date was written by then."""

_WRITTEN = f"coalesce(note_date, CASE origin WHEN 'register' THEN {REGISTER_CLOSED} END)"
_READABLE = f"coalesce({_WRITTEN} <= {_DAY}, true)"
_NOTE = f"CASE WHEN {_READABLE} THEN note END AS note"
_TOLD_BY = (
    "source_title",
    "source_publisher",
    "source_date_first",
    "source_date_last",
    "source_ref",
)
_CITED = ", ".join(
    f"CASE WHEN coalesce(source_date_last <= {_DAY}, true) THEN {column} END AS {column}"
    for column in _TOLD_BY
)
"""A source's title can tell of what came later: one published after the day is withheld."""


def _known(*columns: str, when: str) -> str:
    """Columns kept only where `when` holds, as a REPLACE list."""
    return ", ".join(f"CASE WHEN {when} THEN {column} END AS {column}" for column in columns)


def _dated(first: str, last: str, *more: str) -> str:
    """The row from its first day on, its last day only once that has come."""
    hidden = _known(last, *more, when=f"{last} <= {_DAY}")
    return (
        f"SELECT * REPLACE ({hidden}) FROM {{table}}__all"
        f" WHERE {first} IS NULL OR {first} <= {_DAY}"
    )


_YEAR = f"SELECT * FROM {{table}}__all WHERE make_date(year, 12, 31) <= {_DAY}"

_ENDED = f"ended_last <= {_DAY}"
_SPELL = (
    f"SELECT * REPLACE ({_known('ended_first', 'ended_last', 'end_cause', when=_ENDED)}"
    "{note}) FROM {table}__all "
    f"WHERE start_last IS NULL OR start_last <= {_DAY}"
)

_COMMITMENTS = f"""
SELECT * REPLACE (
    {_known("ended_first", "ended_last", "end_cause", when=_ENDED)},
    {_known("in_force_first", "in_force_last", when=f"in_force_last <= {_DAY}")},
    {_known("known_until", when=f"known_until <= {_DAY}")},
    {_CITED},
    {_NOTE})
FROM {{table}}__all
WHERE coalesce(signed_last, in_force_last, source_date_last, note_date) <= {_DAY}
   OR in_force_last <= {_DAY}
"""

_CALLS = f"""
SELECT * REPLACE (
    CASE WHEN {_ENDED} OR coalesce({_WRITTEN} <= {_DAY}, false) THEN name
         ELSE replace(kind, '_', ' ') || ' since ' || started_first END AS name,
    CASE WHEN {_ENDED} OR {_READABLE} THEN challengers
         ELSE [] END AS challengers,
    {_known("ended_first", "ended_last", "hostility", "outcome", when=_ENDED)},
    {_known("known_until", when=f"known_until <= {_DAY}")},
    CASE WHEN same_as IN (SELECT id FROM {{table}}__all WHERE {_ENDED})
              OR NOT coalesce({_ENDED}, false) THEN same_as END AS same_as,
    {_CITED},
    {_NOTE})
FROM {{table}}__all
WHERE started_last <= {_DAY}
"""

_RUN_OF_YEARS = (
    f"SELECT * REPLACE (least(last_year, year({_DAY} + 1) - 1)::INTEGER AS last_year)"
    f" FROM {{table}}__all WHERE make_date(first_year, 12, 31) <= {_DAY}"
)


_OF_EACH = ("fatality", "deaths", "highest_action", "hostility")


def _episode(name: str, *summed_up: str) -> str:
    """Years of an episode; what sums it all up only once its last year is over."""
    hidden = _known(*summed_up, when=f"make_date(until, 12, 31) <= {_DAY}")
    return (
        f"SELECT * EXCLUDE (until) REPLACE ({hidden}) FROM ("
        f"SELECT *, max(year) OVER (PARTITION BY {name}) AS until FROM {{table}}__all"
        f") WHERE make_date(year, 12, 31) <= {_DAY}"
    )


_GIVEN = (
    "troops", "air_naval", "arms", "intelligence", "training", "funding", "sanctuary",
    "diplomatic", "verbal", "opposed", "obliged",
)  # fmt: skip

_TOLD = f"(closed OR coalesce({_WRITTEN} <= {_DAY}, false))"
"""Whether the call is over, or the row was written by then: what was given so far is known."""

_RESPONSES = f"""
SELECT r.* REPLACE (
    {", ".join(f"CASE WHEN {_TOLD} THEN {column} END AS {column}" for column in _GIVEN)},
    {
    ", ".join(
        f"CASE WHEN {_TOLD} THEN rung{window}_low ELSE least(1, rung{window}_low) END"
        f" AS rung{window}_low, "
        f"CASE WHEN closed THEN rung{window}_high ELSE 4 END AS rung{window}_high"
        for window in ("", "30", "365")
    )
},
    {_CITED},
    {_NOTE})
FROM {{table}}__all r
JOIN (SELECT id, coalesce(ended_last <= {_DAY}, false) AS closed
      FROM calls__all WHERE started_last <= {_DAY}) c ON c.id = r.call
WHERE (closed AND coalesce(first_act_first <= {_DAY}, true)) OR first_act_last <= {_DAY}
"""

VIEWS: dict[str, str] = {
    "actors": f"SELECT * REPLACE ({_known('last', when=f'last <= {_DAY}')}) FROM {{table}}__all",
    "actor_codes": "FROM {table}__all",
    "actor_names": "FROM {table}__all",
    "system_members": _dated("first", "last"),
    "leaders": _dated("start", "ended"),
    "memberships": _dated("joined", "left_on"),
    "commitments": _COMMITMENTS,
    "calls": _CALLS,
    "responses": _RESPONSES,
    "conflicts": _YEAR,
    "capability": _YEAR,
    "contiguity": _dated("first", "last"),
    "capitals": _dated("first", "last"),
    "rivalries": (
        f"SELECT * REPLACE (CASE WHEN make_date(last_year, 12, 31) <= {_DAY} THEN last_year END"
        f" AS last_year) FROM {{table}}__all WHERE make_date(first_year, 12, 31) <= {_DAY}"
    ),
    "regimes": _YEAR,
    "ideal_points": _YEAR,
    "un_votes": f"FROM {{table}}__all WHERE last <= {_DAY}",
    "alliance_years": _RUN_OF_YEARS,
    "dispute_years": _episode(
        "source_table, dispute",
        *(f"{name}_{state}" for name in _OF_EACH for state in "ab"),
        *("fatality", "hostility", "reciprocated", "shortest", "longest"),
    ),
    "war_years": _episode("war", "deaths_a", "deaths_b"),
    "major_powers": _dated("first", "last"),
    "fulfilment": f"FROM {{table}}__all WHERE war_ended <= {_DAY}",
    "war_dyads": _dated("began", "ended"),
    "war_participants": (
        f"SELECT * REPLACE ({_known('left_first', 'left_last', when=f'left_last <= {_DAY}')})"
        f" FROM {{table}}__all WHERE entered_last <= {_DAY}"
    ),
    "platforms": _SPELL.replace(
        "{note}",
        f", CASE WHEN coalesce(note_date, {REGISTER_CLOSED}) <= {_DAY} THEN note END AS note",
    ),
    "proxies": _SPELL.replace(
        "{note}", f", CASE WHEN {REGISTER_CLOSED} <= {_DAY} THEN note END AS note"
    ),
}
