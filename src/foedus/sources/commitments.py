"""ATOP 5.1 and the register -> the catalog's commitments."""

from __future__ import annotations

import json
import tempfile
from collections import defaultdict
from pathlib import Path

import duckdb

from foedus.catalog.schema import TABLES
from foedus.sources.actor_keys import REGISTER, cow_actor_view, token_actor_view
from foedus.sources.atop import CONDITIONS, LAST_DAY, OBLIGATIONS, atop_tables
from foedus.sources.commitments_members import Membership, read_memberships
from foedus.sources.commitments_refine import Refined, Row, new_row, refine_pact, refine_pair
from foedus.sources.commitments_register import read_instruments
from foedus.sources.commitments_titles import title_table
from foedus.sources.files import write_table
from foedus.sources.platforms import derive as derive_platforms


def derive(con: duckdb.DuckDBPyConnection, out: Path) -> dict[str, int]:
    """Write `commitments`, `platforms` and `proxies` into the folder `out`; rows written by table.

    Needs the ATOP 5.1 member and directed dyad-year files, COW states and countrycode.
    """
    refined = build(con)
    columns = TABLES["commitments"].columns
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "refined.json"
        path.write_text("\n".join(json.dumps(row, default=str) for row in refined.rows))
        kinds = ", ".join(f"\"{name}\": '{kind}'" for name, kind in columns.items())
        con.execute(
            "CREATE OR REPLACE TABLE refined AS FROM "
            f"read_json('{path}', format='newline_delimited', columns={{{kinds}}})"
        )
    rows = write_table(
        con,
        "commitments",
        """SELECT * FROM atop_commitment WHERE atopid NOT IN (
               SELECT atopid FROM refined WHERE atopid IS NOT NULL)
           UNION ALL BY NAME SELECT * FROM refined""",
        out,
    )
    return {"commitments": rows, **derive_platforms(con, out)}


def build(con: duckdb.DuckDBPyConnection, register: Path = REGISTER) -> Refined:
    """Create `atop_commitment` and return the rows of every instrument that the register holds."""
    cow_actor_view(con)
    token_actor_view(con)
    atop_tables(con)
    title_table(con)
    con.execute(_atop_sql())
    actors = {
        str(token): str(actor)
        for token, actor in con.execute("SELECT token, actor FROM token_actor").fetchall()
    }
    instruments = read_instruments(register / "commitments.csv", actors)
    organisations = read_memberships(register / "organisations.csv", actors)
    atop = _atop_rows(con, {each.atopid for each in instruments if each.atopid})
    own: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for each in instruments:
        if each.atopid and each.guarantor and each.beneficiary:
            own[each.atopid].add((each.guarantor, each.beneficiary))
    refined = Refined()
    for each in instruments:
        held = atop.get(each.atopid or 0, [])
        if each.parent:
            continue
        if each.members:
            refine_pact(each, Membership(each, instruments, organisations), held, refined)
        elif each.guarantor and each.beneficiary and each.atopid:
            refine_pair(each, held, own[each.atopid], refined)
        elif each.guarantor and each.beneficiary:
            pair = (each.guarantor, each.beneficiary)
            refined.rows.append(new_row(each, pair, {"phase": 0}, None))
    refined.rows.extend(row for rows in atop.values() for row in rows)
    _tell_apart(refined.rows)
    return refined


def _tell_apart(rows: list[Row]) -> None:
    """A pair's second spell in one instrument carries its first year in its id."""
    seen: set[object] = set()
    for row in sorted(rows, key=lambda row: str(row["in_force_first"])):
        if row["id"] in seen:
            row["id"] = f"{row['id']}@{str(row['in_force_first'])[:4]}"
        seen.add(row["id"])


def _atop_rows(con: duckdb.DuckDBPyConnection, ids: set[int]) -> dict[int, list[Row]]:
    wanted = ", ".join(str(each) for each in sorted(ids)) or "NULL"
    found = con.execute(
        f"SELECT * FROM atop_commitment WHERE atopid IN ({wanted}) ORDER BY atopid, id"
    )
    names = [column[0] for column in found.description or ()]
    rows: dict[int, list[Row]] = defaultdict(list)
    for values in found.fetchall():
        row: Row = dict(zip(names, values, strict=True))
        rows[int(str(row["atopid"]))].append(row)
    return dict(rows)


def _atop_sql() -> str:
    copied = ", ".join(
        f'"{name}"'
        for name in (
            "phase", "guarantor", "beneficiary", "multilateral", *OBLIGATIONS, *CONDITIONS,
            "asymmetric", "secret", "formed_in_wartime", "specific_threats", "ended_first",
            "ended_last", "end_cause", "atopid",
        )
    )  # fmt: skip
    return f"""
        CREATE OR REPLACE TABLE atop_commitment AS
        SELECT 'atop-' || atopid || CASE WHEN phase > 0 THEN '.' || phase ELSE '' END
                 || ':' || guarantor || '>' || beneficiary
                 || CASE WHEN spell > 1 THEN '@' || year(started_first) ELSE '' END AS id,
               'atop-' || atopid AS instrument, t.title, CAST(NULL AS VARCHAR) AS article,
               {copied},
               started_first AS signed_first, started_last AS signed_last,
               started_first AS in_force_first, started_last AS in_force_last,
               CASE WHEN ended_last IS NULL THEN {LAST_DAY} END AS known_until,
               CAST(NULL AS VARCHAR) AS note, CAST(NULL AS DATE) AS note_date,
               'catalog' AS origin, 'atop-5.1' AS source_table,
               CAST(NULL AS VARCHAR) AS source_title, CAST(NULL AS VARCHAR) AS source_publisher,
               CAST(NULL AS DATE) AS source_date_first, CAST(NULL AS DATE) AS source_date_last,
               CAST(NULL AS VARCHAR) AS source_ref, CAST(NULL AS VARCHAR) AS confidence
        FROM atop_pair p JOIN atop_title t USING (atopid)
    """
