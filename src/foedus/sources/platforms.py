"""The register's platforms and proxies -> the catalog's tables of the same names."""

from __future__ import annotations

from pathlib import Path

import duckdb

from foedus.sources.actor_keys import REGISTER, read_text, token_actor_view
from foedus.sources.files import write_table

FLAGS = ("troops", "arms", "intelligence", "training", "funding", "sanctuary")


def derive(con: duckdb.DuckDBPyConnection, out: Path) -> dict[str, int]:
    """Write `platforms` and `proxies` into the folder `out`; rows written by table."""
    token_actor_view(con)
    con.execute(
        "SET VARIABLE actor_of = (SELECT map_from_entries(list((token, actor))) "
        "FROM (SELECT DISTINCT token, actor FROM token_actor))"
    )
    return {
        "platforms": write_table(con, "platforms", _platforms(), out),
        "proxies": write_table(con, "proxies", _proxies(), out),
    }


def _actor(column: str) -> str:
    return f"getvariable('actor_of')[{column}]"


def _actors(column: str) -> str:
    """SQL for a `;` list of tokens as a list of actor ids, in the order given."""
    return (
        f"list_transform(string_split({column}, ';'), "
        "lambda each: getvariable('actor_of')[trim(each)])"
    )


def _day(column: str, *, last: bool) -> str:
    """SQL for the first or last day of a YYYY, YYYY-MM or YYYY-MM-DD text."""
    if not last:
        return f"CAST(({column} || '-01-01')[:10] AS DATE)"
    return (
        f"CASE length({column}) WHEN 4 THEN make_date({column}::INTEGER, 12, 31) "
        f"WHEN 7 THEN last_day(CAST({column} || '-01' AS DATE)) ELSE CAST({column} AS DATE) END"
    )


def _span(column: str, name: str) -> str:
    return f"{_day(column, last=False)} AS {name}_first, {_day(column, last=True)} AS {name}_last"


def _platforms() -> str:
    return f"""
        SELECT id, name, kind, {_actor("guarantor_iso3")} AS guarantor,
               {_actors("host")} AS hosts, {_actors("serves")} AS serves,
               {_span('"start"', "start")}, {_span('"end"', "ended")}, end_cause,
               capacity_note AS note, {_day("source_date", last=True)} AS note_date,
               'foedus-register-2026' AS source_table, source_title, source_publisher,
               {_span("source_date", "source_date")}, source_ref, confidence
        FROM {read_text(REGISTER / "platforms.csv")}
    """


def _proxies() -> str:
    flags = ", ".join(f"{name} = '1' AS {name}" for name in FLAGS)
    return f"""
        SELECT {_actor("guarantor_iso3")} AS guarantor, {_actor('"group"')} AS armed_group,
               {_actor("host_iso3")} AS host, {flags}, control,
               {_actors("acts_as_guarantor_for")} AS acts_for,
               {_span('"start"', "start")}, {_span('"end"', "ended")}, end_cause, note,
               sources AS source_ref, confidence
        FROM {read_text(REGISTER / "proxies.csv")}
    """
