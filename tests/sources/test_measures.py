"""Capability, contiguity, rivalries, regimes and ideal points, derived from publishers' files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from foedus.catalog.facts import TABLES_FOLDER
from foedus.errors import CatalogError, InputError
from foedus.sources import capability, contiguity, measures, rivalries
from foedus.sources.files import open_files

MEASURES = ("capability", "contiguity", "rivalries", "regimes", "ideal_points")
Read = Callable[[str], list[tuple[Any, ...]]]


@pytest.fixture(scope="module")
def rebuilt(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The five tables, derived now from the maintainers' data."""
    out = tmp_path_factory.mktemp("measures")
    rows = measures.derive(open_files(shared / "data"), out)
    assert tuple(rows) == MEASURES
    return out


@pytest.fixture
def read() -> Read:
    """Run SQL over the shipped tables, by name."""
    con = duckdb.connect()
    for name in MEASURES:
        con.execute(f"CREATE VIEW {name} AS FROM '{TABLES_FOLDER / name}.parquet'")
    return lambda query: con.execute(query).fetchall()


@pytest.fixture
def publishers(tmp_path: Path) -> Path:
    """A folder with the two files that every loader of state codes needs, and no more."""
    folder = tmp_path / "publishers"
    folder.mkdir()
    (folder / "states2016.csv").write_text("ccode\n2\n365\n630\n640\n")
    (folder / "codelist_panel.csv").write_text(
        '"cown","iso3c","year"\n2,"USA",2000\n365,"RUS",2000\n630,"IRN",2000\n640,"TUR",2000\n'
    )
    return folder


@pytest.mark.shared
@pytest.mark.parametrize("name", MEASURES)
def test_a_rebuild_gives_the_shipped_rows(rebuilt: Path, name: str) -> None:
    sides = [f"FROM '{folder / name}.parquet'" for folder in (rebuilt, TABLES_FOLDER)]
    for one, other in (sides, sides[::-1]):
        assert duckdb.sql(f"({one}) EXCEPT ALL ({other})").fetchall() == []


@pytest.mark.shared
def test_equal_input_gives_equal_bytes(rebuilt: Path, shared: Path, tmp_path: Path) -> None:
    measures.derive(open_files(shared / "data"), tmp_path)
    for name in MEASURES:
        again = (tmp_path / f"{name}.parquet").read_bytes()
        assert again == (rebuilt / f"{name}.parquet").read_bytes()


def test_the_united_states_share_of_capability(read: Read) -> None:
    shares = dict(
        read("SELECT year, round(cinc, 3) FROM capability WHERE actor = 'USA' AND year >= 2016")
    )
    assert shares[2016] == 0.133
    assert shares[2022] == 0.124
    assert max(shares) == 2022


def test_shares_of_each_year_add_up_to_about_one(read: Read) -> None:
    for year, total in read("SELECT year, sum(cinc) FROM capability GROUP BY year"):
        assert total == pytest.approx(1, abs=0.02 if year > 1927 else 0.08), year


def test_unknown_expenditure_is_null_and_not_zero(read: Read) -> None:
    assert read("SELECT count(*) FROM capability WHERE milex IS NULL")[0][0] > 1000


def test_russia_touched_iran_until_the_end_of_1991(read: Read) -> None:
    spells = read(
        "SELECT type, first, last FROM contiguity WHERE actor_a = 'RUS' AND actor_b = 'IRN'"
    )
    assert spells == [(1, date(1855, 1, 1), date(1991, 12, 31))]


def test_russia_touches_georgia_in_both_directions(read: Read) -> None:
    for pair in (("RUS", "GEO"), ("GEO", "RUS")):
        query = "SELECT type, last FROM contiguity WHERE (actor_a, actor_b) = {}"
        assert read(query.format(pair)) == [(1, None)]


def test_every_contiguity_has_its_mirror(read: Read) -> None:
    pair, mirror = "cow_a, cow_b, type, first, last", "cow_b, cow_a, type, first, last"
    assert read(f"SELECT {pair} FROM contiguity EXCEPT ALL SELECT {mirror} FROM contiguity") == []


def test_spells_of_one_pair_do_not_overlap(read: Read) -> None:
    assert read("FROM contiguity WHERE last < first") == []
    assert (
        read(
            """
            FROM contiguity a JOIN contiguity b USING (cow_a, cow_b)
            WHERE a.first < b.first AND coalesce(a.last, DATE '9999-01-01') >= b.first
            """
        )
        == []
    )


def test_rivalries_of_the_last_coded_year_are_not_over(read: Read) -> None:
    query = "SELECT last_year FROM rivalries WHERE name = '{}'"
    assert read(query.format("India-Pakistan")) == [(None,)]
    assert read(query.format("Eritrea-Ethiopia")) == [(2018,)]
    assert read("SELECT max(last_year) FROM rivalries") == [(2018,)]


def test_regimes_say_nothing_after_each_score_ends(read: Read) -> None:
    assert read("SELECT max(year) FROM regimes WHERE polity2 IS NOT NULL AND actor <> 'USA'") == [
        (2018,)
    ]
    assert read("SELECT max(year) FROM regimes WHERE polyarchy IS NOT NULL") == [(2025,)]
    unscored = (
        "SELECT count(*) FROM regimes WHERE coalesce(polity2, polyarchy, euds, aeuds) IS NULL"
    )
    assert read(unscored) == [(0,)]


def test_an_ideal_point_lies_in_its_range(read: Read) -> None:
    assert read("SELECT count(*) FROM ideal_points WHERE NOT ideal_point BETWEEN low AND high") == [
        (0,)
    ]
    assert read("SELECT count(*) FROM ideal_points WHERE year = 1964") == [(0,)]


def test_the_older_missing_code_becomes_null(publishers: Path, tmp_path: Path) -> None:
    (publishers / "NMC-70.csv").write_text(
        "stateabb,ccode,year,milex,milper,irst,pec,tpop,upop,cinc,version\n"
        "USA,2,1816,-9,17,80,254,8659,101,0.04,7\n"
    )
    capability.derive(open_files(publishers), tmp_path)
    rows = duckdb.sql(f"SELECT actor, milex, milper FROM '{tmp_path}/capability.parquet'")
    assert rows.fetchall() == [("USA", None, 17.0)]


def test_the_publishers_contiguity_file_gives_both_directions(
    publishers: Path, tmp_path: Path
) -> None:
    (publishers / "contdir.csv").write_text(
        "dyad,statelno,statelab,statehno,statehab,conttype,begin,end,notes,version\n"
        "365630,365,RUS,630,IRN,1,185501,199112,,3.2\n"
        "365640,365,RUS,640,TUR,4,192001,201612,,3.2\n"
    )
    assert contiguity.derive(open_files(publishers), tmp_path) == {"contiguity": 4}
    rows = duckdb.sql(
        f"SELECT actor_a, actor_b, last FROM '{tmp_path}/contiguity.parquet' ORDER BY ALL"
    )
    ended = date(1991, 12, 31)
    assert rows.fetchall() == [
        ("IRN", "RUS", ended),
        ("RUS", "IRN", ended),
        ("RUS", "TUR", None),
        ("TUR", "RUS", None),
    ]


def test_a_code_without_an_actor_is_never_dropped_in_silence(
    publishers: Path, tmp_path: Path
) -> None:
    (publishers / "tss_rivalries.csv").write_text(
        "rivalry,ccode1,ccode2,start,end\nIran-Nowhere,630,999,1950,2020\n"
    )
    with pytest.raises(CatalogError, match="999"):
        rivalries.derive(open_files(publishers), tmp_path)


def test_a_missing_publishers_file_says_where_to_get_it(publishers: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="national-material-capabilities"):
        measures.derive(open_files(publishers), tmp_path)
