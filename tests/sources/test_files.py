"""Publishers' files as users have them: other names, encodings, missing codes, broken files."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from foedus.catalog.schema import TABLES
from foedus.errors import CatalogError, InputError
from foedus.sources.files import open_files, require, write_table
from foedus.sources.publishers import FILES, view_name


def test_publishers_own_file_names_are_known() -> None:
    assert view_name(Path("NMC-70-abridged.csv")) == "cow_nmc_v7"
    assert view_name(Path("MIDB 5.0.csv")) == "mid5_midb"
    assert view_name(Path("contdir.CSV")) == "cow_contdir_dated"
    assert view_name(Path("Inter-StateWarData_v4.0.csv")) == "cow_interstate_war_v4"
    assert view_name(Path("atop5_1m.dta")) == "atop51_member"
    assert view_name(Path("COW_States2016.parquet")) == "cow_states2016"
    assert view_name(Path("my notes.csv")) == "my notes"


def test_every_publishers_file_serves_tables_that_exist() -> None:
    for file in FILES.values():
        assert set(file.tables) <= set(TABLES)
        assert file.link.startswith("http")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "utf-16"])
def test_csv_in_the_usual_encodings(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "cow_capitals.csv").write_text("ccode,capital\n94,San José\n", encoding=encoding)
    rows = open_files(tmp_path).execute("SELECT ccode, capital FROM cow_capitals").fetchall()
    assert rows == [(94, "San José")]


def test_unquoted_na_is_null_and_columns_stay_numbers(tmp_path: Path) -> None:
    (tmp_path / "NMC-70.csv").write_text('ccode,year,milex\n2,1816,NA\n2,1817,""\n2,1818,7\n')
    rows = open_files(tmp_path).execute("SELECT sum(milex), count(milex) FROM cow_nmc_v7")
    assert rows.fetchall() == [(7, 1)]


def test_namibia_keeps_its_iso_code(tmp_path: Path) -> None:
    (tmp_path / "codelist_panel.csv").write_text('"cown","iso2c"\n565,"NA"\n2,"US"\n3,NA\n')
    rows = open_files(tmp_path).execute("SELECT iso2c FROM countrycode_panel ORDER BY cown")
    assert rows.fetchall() == [("US",), (None,), ("NA",)]


def test_stata_files(tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"ccode": [2, 20], "year": [1816, 1920], "milex": [1.5, None]})
    frame.to_stata(tmp_path / "NMC-70.dta", write_index=False)
    rows = open_files(tmp_path).execute("SELECT ccode, milex FROM cow_nmc_v7 ORDER BY 1")
    assert rows.fetchall() == [(2, 1.5), (20, None)]


def test_stata_without_the_extra_names_the_extra(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "NMC-70.dta").write_bytes(b"not read")
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(InputError, match=r"foedus\[build\]"):
        open_files(tmp_path)


def test_unknown_stata_files_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.dta").write_bytes(b"\x00\x01")
    (tmp_path / "majors2016.csv").write_text("ccode\n2\n")
    assert open_files(tmp_path).execute("SELECT ccode FROM cow_majors2016").fetchall() == [(2,)]


def test_two_files_for_one_table_are_refused(tmp_path: Path) -> None:
    (tmp_path / "NMC-70.csv").write_text("ccode\n2\n")
    (tmp_path / "cow_nmc_v7.csv").write_text("ccode\n2\n")
    with pytest.raises(InputError, match=r"NMC-70\.csv and cow_nmc_v7\.csv"):
        open_files(tmp_path)


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "cow_nmc_v7.parquet").write_bytes(b"PAR1 torn")
    with pytest.raises(InputError, match=r"cow_nmc_v7\.parquet cannot be read"):
        open_files(tmp_path)


@pytest.mark.parametrize("name", ["", "absent"])
def test_a_folder_without_data_is_an_error(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="Give the publishers' folder"):
        open_files(tmp_path / name)


def test_a_missing_file_is_named_with_its_owner_and_its_tables(tmp_path: Path) -> None:
    (tmp_path / "majors2016.csv").write_text("ccode\n2\n")
    con = open_files(tmp_path)
    require(con, "cow_majors2016")
    with pytest.raises(InputError) as caught:
        require(con, "cow_majors2016", "cow_nmc_v7", "cow_contdir_dated")
    message = str(caught.value)
    assert "National Material Capabilities" in message
    assert "https://correlatesofwar.org/data-sets/direct-contiguity/" in message
    assert "for capability" in message
    assert "majors2016" not in message


def test_a_repeated_key_or_a_wrong_column_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "majors2016.csv").write_text("ccode\n2\n2\n")
    con = open_files(tmp_path)
    row = "'USA' AS actor, ccode AS cow, DATE '1898-08-13' AS first, NULL AS last"
    with pytest.raises(CatalogError, match="repeated key"):
        write_table(con, "major_powers", f"SELECT {row} FROM cow_majors2016", tmp_path)
    with pytest.raises(CatalogError, match="'shoe_size'"):
        write_table(
            con,
            "major_powers",
            f"SELECT DISTINCT {row}, 44 AS shoe_size FROM cow_majors2016",
            tmp_path,
        )
    assert not list(tmp_path.glob("*.parquet"))
