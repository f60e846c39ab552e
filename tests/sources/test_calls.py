"""The shipped calls: known wars, disputes and crises, and one call per occasion."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from foedus.catalog.facts import TABLES_FOLDER
from foedus.sources import calls, conflicts
from foedus.sources.crises import title
from foedus.sources.files import open_files


@pytest.fixture(scope="module")
def tables() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    for name in ("calls", "responses", "conflicts", "actors"):
        path = TABLES_FOLDER / f"{name}.parquet"
        if path.exists():
            connection.execute(f"CREATE VIEW {name} AS FROM '{path}'")
    return connection


def _call(tables: duckdb.DuckDBPyConnection, key: str) -> dict[str, Any]:
    cursor = tables.execute("SELECT * FROM calls WHERE id = ?", [key])
    names = [column[0] for column in cursor.description or ()]
    row = cursor.fetchone()
    assert row is not None, f"no call {key}"
    return dict(zip(names, row, strict=True))


@pytest.mark.parametrize(
    ("key", "role", "challengers", "started", "ended"),
    [
        ("war-151:KOR", "target", ["PRK"], date(1950, 6, 24), date(1953, 7, 27)),
        ("war-151:PRK", "initiator", ["KOR"], date(1950, 6, 24), date(1953, 7, 27)),
        ("war-139:POL", "target", ["DEU"], date(1939, 9, 1), date(1939, 9, 27)),
        ("war-106:SRB", "target", ["COW300"], date(1914, 7, 29), date(1918, 11, 11)),
        ("war-106:BEL", "target", ["DEU"], date(1914, 8, 4), date(1918, 11, 11)),
        ("war-139:USA", "target", ["JPN"], date(1941, 12, 7), date(1945, 8, 14)),
        ("war-211:KWT", "target", ["IRQ"], date(1990, 8, 2), date(1991, 4, 11)),
        ("war-155:EGY", "target", ["ISR"], date(1956, 10, 29), date(1956, 11, 6)),
        ("war-169:ISR", "initiator", ["EGY", "JOR", "SYR"], date(1967, 6, 5), date(1967, 6, 10)),
        ("war-202:GBR", "target", ["ARG"], date(1982, 3, 25), date(1982, 6, 15)),
        ("war-227:IRQ", "target", ["AUS", "GBR", "USA"], date(2003, 3, 19), date(2003, 5, 2)),
        ("mid-4436:GEO", "target", ["RUS"], date(2007, 8, 6), date(2010, 9, 24)),
        ("mid-12:CSK", "target", ["DEU"], date(1938, 3, 11), date(1938, 9, 30)),
        ("icb-64:CSK", "target", ["DEU"], date(1938, 9, 7), date(1938, 9, 30)),
    ],
)
def test_a_known_call(
    tables: duckdb.DuckDBPyConnection,
    key: str,
    role: str,
    challengers: list[str],
    started: date,
    ended: date,
) -> None:
    call = _call(tables, key)
    assert call["role"] == role
    assert call["challengers"] == challengers
    assert (call["started_first"], call["started_last"]) == (started, started)
    assert (call["ended_first"], call["ended_last"]) == (ended, ended)


@pytest.mark.parametrize("key", ["war-139:GBR", "war-106:GBR", "war-106:ROU", "war-151:USA"])
def test_a_state_that_went_to_war_by_itself_has_no_call(
    tables: duckdb.DuckDBPyConnection, key: str
) -> None:
    assert tables.execute("SELECT id FROM calls WHERE id = ?", [key]).fetchall() == []


@pytest.mark.parametrize(
    ("repeat", "kept"),
    [
        ("mid-51:KOR", "war-151:KOR"),
        ("icb-132:KOR", "war-151:KOR"),
        ("icb-152:EGY", "war-155:EGY"),
        ("icb-222:ISR", "war-169:ISR"),
        ("icb-336:GBR", "war-202:GBR"),
        ("esd-346-1982:GBR", "war-202:GBR"),
        ("mid-3957:KWT", "war-211:KWT"),
        ("icb-393:KWT", "war-211:KWT"),
        ("esd-371-1990:KWT", "war-211:KWT"),
        ("esd-420-2003:IRQ", "war-227:IRQ"),
        ("icb-62:CSK", "mid-12:CSK"),
        ("icb-64:CSK", "mid-12:CSK"),
        ("icb-227:CSK", "mid-346:CSK"),
        ("icb-461:KOR", "kor-2010a"),
        ("mid-4683:UKR", "ukr-2014b"),
        ("esd-383-2016:TUR", "tur-2016"),
    ],
)
def test_the_same_occasion_counts_once(
    tables: duckdb.DuckDBPyConnection, repeat: str, kept: str
) -> None:
    assert _call(tables, repeat)["same_as"] == kept


@pytest.mark.parametrize(
    "key", ["war-151:KOR", "mid-3077:GBR", "icb-152:GBR", "esd-13902-2015:TUR", "mid-1246:CSK"]
)
def test_another_occasion_is_not_linked(tables: duckdb.DuckDBPyConnection, key: str) -> None:
    assert _call(tables, key)["same_as"] is None


def test_a_link_ends_at_a_call_of_the_same_beneficiary(
    tables: duckdb.DuckDBPyConnection,
) -> None:
    broken = tables.execute("""
        SELECT c.id, c.same_as FROM calls c LEFT JOIN calls kept ON kept.id = c.same_as
        WHERE c.same_as IS NOT NULL
          AND (kept.id IS NULL OR kept.same_as IS NOT NULL OR kept.beneficiary <> c.beneficiary)
    """).fetchall()
    assert broken == []


def test_dates_are_in_order(tables: duckdb.DuckDBPyConnection) -> None:
    assert (
        tables.execute("""
        SELECT id FROM calls WHERE started_first > started_last OR ended_first > ended_last
            OR started_first > ended_last OR (ended_first IS NULL) <> (ended_last IS NULL)
    """).fetchall()
        == []
    )


def test_a_challenger_is_never_the_beneficiary(tables: duckdb.DuckDBPyConnection) -> None:
    assert (
        tables.execute(
            "SELECT id FROM calls WHERE list_contains(challengers, beneficiary)"
        ).fetchall()
        == []
    )


def test_what_runs_when_a_source_ends_stays_open(tables: duckdb.DuckDBPyConnection) -> None:
    ukraine = _call(tables, "mid-4683:UKR")
    assert ukraine["ended_last"] is None
    assert ukraine["known_until"] == date(2014, 12, 31)
    assert _call(tables, "esd-337-2006:SOM")["ended_last"] is None
    assert _call(tables, "ukr-2022")["ended_last"] is None


def test_a_government_that_fights_several_groups_in_one_conflict_has_one_call(
    tables: duckdb.DuckDBPyConnection,
) -> None:
    found = tables.execute("""
        SELECT id, hostility FROM calls
        WHERE source_table = 'ucdp-esd-18.1' AND beneficiary = 'SLV'
    """).fetchall()
    assert found == [("esd-316-1979:SLV", 5)]


def test_actors_of_calls_are_in_the_catalog(tables: duckdb.DuckDBPyConnection) -> None:
    unknown = tables.execute("""
        SELECT DISTINCT actor FROM (
            SELECT beneficiary AS actor FROM calls UNION ALL SELECT unnest(challengers) FROM calls
            UNION ALL SELECT guarantor FROM responses
            UNION ALL SELECT actor FROM conflicts
            UNION ALL SELECT unnest(opponents) FROM conflicts
        ) WHERE actor NOT IN (SELECT id FROM actors)
    """).fetchall()
    assert unknown == []


@pytest.mark.parametrize(
    ("actor", "year", "side", "secondary", "opponents"),
    [
        ("IRQ", 1990, "A", False, ["KWT"]),
        ("RUS", 2024, "A", False, ["UKR"]),
        ("PRK", 2024, "A", True, ["UKR"]),
        ("USA", 1950, "B", True, ["PRK"]),
    ],
)
def test_a_known_part_in_a_conflict(
    tables: duckdb.DuckDBPyConnection,
    actor: str,
    year: int,
    side: str,
    secondary: bool,
    opponents: list[str],
) -> None:
    parts = tables.execute(
        "SELECT side, secondary, opponents FROM conflicts WHERE actor = ? AND year = ?",
        [actor, year],
    ).fetchall()
    assert (side, secondary, opponents) in parts


def test_a_conflict_file_with_listed_parties_reads_like_one_with_a_row_for_each(
    tmp_path: Path,
) -> None:
    con = duckdb.connect()
    con.execute("CREATE TABLE cow_states2016 AS SELECT unnest([2, 200, 645]) AS ccode")
    con.execute("""CREATE TABLE countrycode_panel AS SELECT * FROM (VALUES
        (2, 'USA', 2003), (200, 'GBR', 2003), (645, 'IRQ', 2003)) AS t(cown, iso3c, year)""")
    con.execute("""CREATE TABLE ucdp_dyadic_241 AS SELECT * FROM (VALUES
        (420, 2003, 'Australia, Iraq, United Kingdom', NULL))
        AS t(conflict_id, year, location, territory_name)""")
    columns = (
        "conflict_id, year, gwno_a, gwno_a_2nd, gwno_b, gwno_b_2nd,"
        " type_of_conflict, intensity_level"
    )
    built = []
    for rows in (
        "(420, 2003, '2, 200', NULL, '645', NULL, 2, 2)",
        "(420, 2003, 2, NULL, 645, NULL, 'interstate', 2),"
        " (420, 2003, 200, NULL, 645, NULL, 'interstate', 2)",
    ):
        con.execute(f"CREATE OR REPLACE TABLE ucdp_acd_251 AS FROM (VALUES {rows}) AS t({columns})")
        assert conflicts.derive(con, tmp_path) == {"conflicts": 3}
        built.append(con.execute(f"FROM '{tmp_path}/conflicts.parquet'").fetchall())
    assert built[0] == built[1]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("SINO/INDIAN BDR. II", "Sino/Indian Bdr. II"),
        ("COTE D'IVOIRE PRESIDENTIAL CRISIS", "Cote D'ivoire Presidential Crisis"),
        ("ENTRY WWII", "Entry WWII"),
    ],
)
def test_crisis_names_are_not_shouted(printed: str, expected: str) -> None:
    assert title(printed) == expected


@pytest.mark.shared
def test_the_publishers_files_give_the_shipped_tables(shared: Path, tmp_path: Path) -> None:
    con = open_files(shared / "data")
    built = {**calls.derive(con, tmp_path), **conflicts.derive(con, tmp_path)}
    for name in built:
        differing = duckdb.execute(
            f"SELECT count(*) FROM (FROM '{tmp_path / name}.parquet'"
            f" EXCEPT FROM '{TABLES_FOLDER / name}.parquet')"
        ).fetchone()
        assert differing == (0,), f"rebuild {name}: foedus data build"


@pytest.mark.shared
def test_codes_without_an_actor_are_few_and_known(shared: Path) -> None:
    con = open_files(shared / "data")
    assert calls.assemble(con) == ["ICB 219 VFR", "ICB 671 HIJ", "ICB 672 NAJ"]
    governments = con.execute("SELECT count(*), count(actor) FROM ucdp_governments").fetchone()
    assert governments is not None
    assert governments[0] > 130
    assert governments[1] / governments[0] > 0.99
    lost = con.execute("""
        SELECT DISTINCT gw FROM (
            SELECT unnest([gwno_a, gwno_a_2nd, gwno_b, gwno_b_2nd]) AS gw FROM ucdp_acd_251
        ) WHERE gw IS NOT NULL AND gw NOT IN (SELECT gw FROM gw_actor)
    """).fetchall()
    assert lost == [(751,)], "Hyderabad 1947-48, a state to UCDP alone"
