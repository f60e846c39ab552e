"""Roll calls of the UN General Assembly (Voeten) -> un_votes."""

from __future__ import annotations

from pathlib import Path

import duckdb

from foedus.catalog.folding import fold
from foedus.errors import CatalogError
from foedus.sources.actor_keys import cow_actor_view
from foedus.sources.files import require, write_table
from foedus.sources.names import state_names

_ROLES = ("name", "former", "alias")
"""A state's own name wins over a past or a lesser name of another."""


def derive(con: duckdb.DuckDBPyConnection, out: Path) -> dict[str, int]:
    """Write `un_votes`: every state's votes of a session packed into one text.

    The year is 1945 plus the session's number, so a session that ends in the next summer counts
    for the year in which it began. States are known by the publisher's names: its ISO codes fold
    predecessors into successors (East Germany, Yugoslavia, South Yemen). A state with two COW
    codes has the one of the session's last day. Byelorussia and Ukraine vote from 1946, before
    COW counts them as states.

    Source: Voeten 2013, as packaged in unvotes 0.3 (Robinson), 1946 to January 2020.

    Raises:
        CatalogError: a name that no state of the catalog has, or a vote on an unlisted roll call.
    """
    require(con, "un_votes", "un_roll_calls", "cow_states2016")
    cow_actor_view(con)
    _voters(con)
    row = con.execute(
        "SELECT count(*) FROM un_votes WHERE rcid NOT IN (SELECT rcid FROM un_roll_calls)"
    ).fetchone()
    if row and row[0]:
        raise CatalogError(f"un_votes: {row[0]} votes are on roll calls that are not listed.")
    query = """
        WITH calls AS (
            SELECT rcid, session, CAST(date AS DATE) AS held FROM un_roll_calls
            WHERE rcid IN (SELECT rcid FROM un_votes)
        ), sessions AS (
            SELECT session, min(held) AS first, max(held) AS last FROM calls GROUP BY session
        ), voted AS (
            SELECT DISTINCT actor, session
            FROM un_votes JOIN calls USING (rcid) JOIN voter USING (country)
        ), packed AS (
            SELECT v.actor, v.session, string_agg(
                CASE u.vote WHEN 'yes' THEN 'y' WHEN 'abstain' THEN 'a' WHEN 'no' THEN 'n'
                ELSE '-' END, '' ORDER BY c.rcid) AS votes
            FROM voted v JOIN calls c USING (session)
            LEFT JOIN (SELECT rcid, vote, actor FROM un_votes JOIN voter USING (country)) u
              ON u.rcid = c.rcid AND u.actor = v.actor
            GROUP BY v.actor, v.session
        ), spells AS (
            SELECT actor, cow, make_date(styear, stmonth, stday) AS start,
                   make_date(endyear, endmonth, endday) AS ended
            FROM cow_states2016 JOIN cow_actor ON cow_actor.cow = ccode
        )
        SELECT p.actor, p.session, p.session + 1945 AS year, s.first, s.last, p.votes,
               arg_max(l.cow, (s.last BETWEEN l.start AND l.ended, l.start)) AS cow
        FROM packed p JOIN sessions s USING (session) JOIN spells l USING (actor)
        GROUP BY ALL
    """
    return {"un_votes": write_table(con, "un_votes", query, out)}


def _voters(con: duckdb.DuckDBPyConnection) -> None:
    """Create `voter(country, actor)`: one actor for each of the publisher's names."""
    known: dict[str, dict[str, str]] = {role: {} for role in _ROLES}
    for name in state_names():
        if name.role in known:
            known[name.role].setdefault(fold(name.name), name.actor)
    con.execute("CREATE OR REPLACE TEMP TABLE voter (country VARCHAR, actor VARCHAR)")
    unknown = []
    for (country,) in con.execute(
        "SELECT DISTINCT country FROM un_votes ORDER BY country"
    ).fetchall():
        folded = fold(country)
        actor = next((known[role][folded] for role in _ROLES if folded in known[role]), None)
        if actor is None:
            unknown.append(country)
        else:
            con.execute("INSERT INTO voter VALUES (?, ?)", [country, actor])
    if unknown:
        raise CatalogError(f"un_votes: names without an actor: {unknown}")
