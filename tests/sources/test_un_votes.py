"""UN votes packed by session: no vote lost, no state mistaken for its successor."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from foedus.catalog.facts import TABLES_FOLDER
from foedus.errors import CatalogError, InputError
from foedus.sources import un_votes
from foedus.sources.files import open_files

SHIPPED = TABLES_FOLDER / "un_votes.parquet"


@pytest.fixture
def publishers(tmp_path: Path) -> Path:
    """A folder with two roll calls of session 45 and one of session 46, and three voters."""
    folder = tmp_path / "publishers"
    folder.mkdir()
    (folder / "states2016.csv").write_text(
        "ccode,styear,stmonth,stday,endyear,endmonth,endday\n"
        "2,1816,1,1,2016,12,31\n255,1990,10,3,2016,12,31\n260,1955,5,5,1990,10,2\n"
        "370,1991,8,25,2016,12,31\n"
    )
    (folder / "codelist_panel.csv").write_text(
        '"cown","iso3c","year"\n2,"USA",2000\n370,"BLR",2000\n255,"DEU",2000\n'
    )
    (folder / "un_roll_calls.csv").write_text(
        "rcid,session,date\n10,44,1989-11-02\n11,44,1989-12-06\n12,46,1991-10-03\n"
    )
    (folder / "un_votes.csv").write_text(
        "rcid,country,country_code,vote\n"
        "10,United States,US,no\n11,United States,US,abstain\n12,United States,US,yes\n"
        "11,Federal Republic of Germany,NA,yes\n12,Germany,DE,yes\n10,Belarus,BY,yes\n"
    )
    return folder


def test_votes_are_packed_in_the_order_of_roll_calls(publishers: Path, tmp_path: Path) -> None:
    assert un_votes.derive(open_files(publishers), tmp_path) == {"un_votes": 5}
    rows = duckdb.sql(
        f"SELECT actor, cow, year, votes, last::VARCHAR FROM '{tmp_path}/un_votes.parquet'"
    ).fetchall()
    assert rows == [
        ("USA", 2, 1989, "na", "1989-12-06"),
        ("DEU", 260, 1989, "-y", "1989-12-06"),
        ("BLR", 370, 1989, "y-", "1989-12-06"),
        ("USA", 2, 1991, "y", "1991-10-03"),
        ("DEU", 255, 1991, "y", "1991-10-03"),
    ]


def test_a_name_that_no_state_has_is_listed(publishers: Path, tmp_path: Path) -> None:
    with (publishers / "un_votes.csv").open("a") as file:
        file.write("12,Atlantis,AT,yes\n")
    with pytest.raises(CatalogError, match="Atlantis"):
        un_votes.derive(open_files(publishers), tmp_path)


def test_a_vote_on_an_unlisted_roll_call_is_refused(publishers: Path, tmp_path: Path) -> None:
    with (publishers / "un_votes.csv").open("a") as file:
        file.write("99,United States,US,yes\n")
    with pytest.raises(CatalogError, match="1 votes are on roll calls"):
        un_votes.derive(open_files(publishers), tmp_path)


def test_a_missing_file_is_named(publishers: Path, tmp_path: Path) -> None:
    (publishers / "un_roll_calls.csv").unlink()
    with pytest.raises(InputError, match="roll calls"):
        un_votes.derive(open_files(publishers), tmp_path)


def test_predecessors_are_not_their_successors() -> None:
    held = dict(
        duckdb.sql(
            f"SELECT actor, list(DISTINCT cow ORDER BY cow) FROM '{SHIPPED}' WHERE actor IN"
            " ('DEU', 'DDR', 'CSK', 'CZE', 'SVK', 'YEM', 'YMD', 'SRB') GROUP BY actor"
        ).fetchall()
    )
    assert held == {
        "DEU": [255, 260],
        "DDR": [265],
        "CSK": [315],
        "CZE": [316],
        "SVK": [317],
        "YEM": [678, 679],
        "YMD": [680],
        "SRB": [345],
    }


@pytest.mark.shared
def test_a_rebuild_gives_the_shipped_rows_and_loses_no_vote(shared: Path, tmp_path: Path) -> None:
    un_votes.derive(open_files(shared / "data"), tmp_path)
    sides = [f"FROM '{file}'" for file in (tmp_path / "un_votes.parquet", SHIPPED)]
    for one, other in (sides, sides[::-1]):
        assert duckdb.sql(f"({one}) EXCEPT ALL ({other})").fetchall() == []
    cast = duckdb.sql(f"SELECT sum(length(replace(votes, '-', ''))) FROM '{SHIPPED}'").fetchall()
    given = duckdb.sql(f"SELECT count(*) FROM '{shared / 'data' / 'un_votes.parquet'}'").fetchall()
    assert cast == given
