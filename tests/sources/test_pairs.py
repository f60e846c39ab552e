"""Obligations, disputes and wars of pairs: every row kept, unknown null, each pair once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from foedus.catalog.facts import TABLES_FOLDER
from foedus.errors import CatalogError, InputError
from foedus.sources import pairs
from foedus.sources.files import open_files

TABLES = ("alliance_years", "dispute_years", "war_years")
Read = Callable[[str], list[tuple[Any, ...]]]


@pytest.fixture
def read() -> Read:
    """Run SQL over the shipped tables, by name."""
    con = duckdb.connect()
    for name in TABLES:
        con.execute(f"CREATE VIEW {name} AS FROM '{TABLES_FOLDER / name}.parquet'")
    return lambda query: con.execute(query).fetchall()


@pytest.fixture
def publishers(tmp_path: Path) -> Path:
    """A folder with one made-up row of each publisher's file."""
    folder = tmp_path / "publishers"
    folder.mkdir()
    states = "ccode\n2\n365\n630\n"
    (folder / "states2016.csv").write_text(states)
    (folder / "codelist_panel.csv").write_text(
        '"cown","iso3c","year"\n2,"USA",2000\n365,"RUS",2000\n630,"IRN",2000\n'
    )
    (folder / "atop_alliance.csv").write_text(
        "ccode1,ccode2,year,atop_defense,atop_offense,atop_neutral,atop_nonagg,atop_consul\n"
        + "".join(f"365,630,{year},1,0,0,0,0\n" for year in (1950, 1951, 1953))
        + "365,630,1954,0,0,0,0,0\n"
    )
    each = "sidea1,sidea2,fatality1,fatality2,fatalpre1,fatalpre2,hiact1,hiact2,"
    each += "hostlev1,hostlev2,orig1,orig2"
    one, mirrored = "1,0,-9,2,-9,30,0,14,1,4,1,0", "0,1,2,-9,30,-9,14,0,4,1,0,1"
    (folder / "gml_dirdisp.csv").write_text(
        f"dispnum,ccode1,ccode2,year,midongoing,midonset,{each},"
        "fatality,hostlev,recip,mindur,maxdur,stmon\n"
        f"9,365,630,1950,1,1,{one},-9,4,0,5,6,13\n9,630,365,1950,1,1,{mirrored},-9,4,0,5,6,13\n"
    )
    (folder / "cow_mid_dirdisps.csv").write_text(
        f"dispnum,ccode1,ccode2,year,dispongoing,disponset,{each}\n"
        f"9,365,630,1950,1,1,{one}\n9,630,365,1950,1,1,{mirrored}\n"
    )
    (folder / "MIDA 5.0.csv").write_text(
        "dispnum,fatality,hostlev,recip,mindur,maxdur,stmon\n9,2,4,1,5,6,7\n"
    )
    (folder / "cow_war_inter.csv").write_text(
        "warnum,ccode1,ccode2,year,cowinteronset,sidea1,initiator1,initiator2,batdeath1,batdeath2\n"
        "3,2,365,1950,0,2,0,1,-9,10\n3,2,365,1950,1,2,0,0,40,-9\n3,365,2,1950,1,1,0,0,-9,40\n"
    )
    return folder


def derived(folder: Path, out: Path, table: str, columns: str) -> list[tuple[Any, ...]]:
    """Rows of one table, built from `folder`."""
    pairs.derive(open_files(folder), out)
    return duckdb.sql(f"SELECT {columns} FROM '{out / table}.parquet' ORDER BY ALL").fetchall()


def test_years_of_equal_obligations_become_one_run(publishers: Path, tmp_path: Path) -> None:
    columns = "actor_a, actor_b, first_year, last_year, defense"
    assert derived(publishers, tmp_path, "alliance_years", columns) == [
        ("RUS", "IRN", 1950, 1951, True),
        ("RUS", "IRN", 1953, 1953, True),
        ("RUS", "IRN", 1954, 1954, False),
    ]


def test_a_dispute_has_each_pair_once_and_null_for_unknown(
    publishers: Path, tmp_path: Path
) -> None:
    columns = (
        "source_table, cow_a, cow_b, onset, a_on_side_a, fatality_a, fatality_b, deaths_a,"
        " hostility_b, originator_b, fatality, reciprocated, start_month"
    )
    assert derived(publishers, tmp_path, "dispute_years", columns) == [
        ("gml-mid-2.2.1", 365, 630, True, True, None, 2, None, 4, False, None, False, None),
        ("mid-5.0", 365, 630, True, True, None, 2, None, 4, False, 2, True, 7),
    ]


def test_two_phases_of_a_war_in_one_year_are_one_row(publishers: Path, tmp_path: Path) -> None:
    columns = "war, onset, a_on_side_a, initiator_a, initiator_b, deaths_a, deaths_b"
    assert derived(publishers, tmp_path, "war_years", columns) == [
        (3, True, False, False, True, 40, 10)
    ]


def test_a_code_without_an_actor_is_never_dropped_in_silence(
    publishers: Path, tmp_path: Path
) -> None:
    path = publishers / "cow_war_inter.csv"
    path.write_text(path.read_text() + "3,2,999,1950,1,1,0,0,0,0\n")
    with pytest.raises(CatalogError, match="999"):
        pairs.derive(open_files(publishers), tmp_path)


def test_a_missing_file_is_named(publishers: Path, tmp_path: Path) -> None:
    (publishers / "gml_dirdisp.csv").unlink()
    with pytest.raises(InputError, match="Gibler-Miller-Little"):
        pairs.derive(open_files(publishers), tmp_path)


@pytest.mark.shared
@pytest.mark.parametrize("name", TABLES)
def test_a_rebuild_gives_the_shipped_rows(name: str, shared: Path, tmp_path: Path) -> None:
    pairs.derive(open_files(shared / "data"), tmp_path)
    sides = [f"FROM '{folder / name}.parquet'" for folder in (tmp_path, TABLES_FOLDER)]
    for one, other in (sides, sides[::-1]):
        assert duckdb.sql(f"({one}) EXCEPT ALL ({other})").fetchall() == []


@pytest.mark.shared
def test_runs_of_years_hold_every_dyad_year_of_the_publisher(read: Read, shared: Path) -> None:
    (years,) = read("SELECT sum(last_year - first_year + 1) FROM alliance_years")
    path = shared / "data" / "atop51_dyad_year_directed.parquet"
    assert duckdb.sql(f"SELECT count(*) FROM '{path}'").fetchall() == [years]


def test_in_disputes_and_wars_the_lower_code_comes_first(read: Read) -> None:
    for table in ("dispute_years", "war_years"):
        assert read(f"SELECT count(*) FROM {table} WHERE cow_a >= cow_b") == [(0,)]


def test_the_hostages_dispute_of_1979(read: Read) -> None:
    rows = read(
        "SELECT DISTINCT source_table FROM dispute_years"
        " WHERE actor_a = 'USA' AND actor_b = 'IRN' AND year = 1979 AND onset ORDER BY ALL"
    )
    assert rows == [("gml-mid-2.2.1",), ("mid-5.0",)]
