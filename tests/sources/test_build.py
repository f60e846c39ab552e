"""The whole catalog: built all or nothing, as the schema says, small, and as its manifest says."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import duckdb
import pytest

from foedus.catalog.facts import TABLES_FOLDER
from foedus.catalog.manifest import MANIFEST, read_manifest
from foedus.catalog.schema import TABLES
from foedus.catalog.vintages import vintages
from foedus.errors import CatalogError, InputError
from foedus.sources.build import LOADERS, build_catalog
from foedus.sources.data_page import render, update
from foedus.sources.publishers import FILES

LOWEST = {
    "cow": 2,
    "cow_a": 2,
    "cow_b": 2,
    "year": 1816,
    "first_year": 1494,
    "last_year": 1494,
    "type": 1,
    "polity2": -10,
    "euds": -3,
    "aeuds": -3,
    "ideal_point": -5,
    "low": -5,
    "high": -5,
    "latitude": -90,
    "longitude": -180,
}
"""The lowest sensible value of a number; 0 where not named."""

FIRST_DAY, LAST_DAY = date(1600, 1, 1), date(2100, 1, 1)

PAGE = Path(__file__).resolve().parents[2] / "docs" / "data.md"


@pytest.mark.parametrize("name", TABLES)
def test_a_shipped_table_has_the_columns_and_types_of_the_schema(name: str) -> None:
    described = duckdb.sql(f"DESCRIBE FROM '{TABLES_FOLDER / name}.parquet'").fetchall()
    assert {row[0]: row[1] for row in described} == TABLES[name].columns
    assert [row[0] for row in described] == list(TABLES[name].columns)


@pytest.mark.parametrize("name", TABLES)
def test_no_missing_code_is_left_in_a_shipped_table(name: str) -> None:
    path = TABLES_FOLDER / f"{name}.parquet"
    for column, kind in TABLES[name].columns.items():
        select = f'SELECT min("{column}"), max("{column}") FROM \'{path}\''
        low, high = duckdb.sql(select).fetchall()[0]
        if kind in ("INTEGER", "DOUBLE") and low is not None:
            assert low >= LOWEST.get(column, 0), (column, low)
        elif kind == "DATE" and low is not None:
            assert FIRST_DAY <= low <= high <= LAST_DAY, (column, low, high)
        elif kind == "VARCHAR" and (name, column) != ("actor_codes", "code"):
            blank = f"SELECT count(*) FROM '{path}' WHERE trim(\"{column}\") IN ('', 'NA', '-9')"
            assert duckdb.sql(blank).fetchall() == [(0,)], column


@pytest.mark.parametrize("name", TABLES)
def test_a_shipped_table_is_what_the_manifest_says(name: str) -> None:
    entry = read_manifest(TABLES_FOLDER).tables[name]
    path = TABLES_FOLDER / f"{name}.parquet"
    assert hashlib.sha256(path.read_bytes()).hexdigest() == entry.sha256
    counted = duckdb.sql(f"SELECT count(*) FROM '{path}'").fetchone()
    assert counted == (entry.rows,)
    assert entry.vintages == TABLES[name].vintages


@pytest.mark.parametrize(
    "name", [name for name in TABLES if "source_table" in TABLES[name].columns]
)
def test_every_row_names_a_vintage_of_its_table(name: str) -> None:
    found = duckdb.sql(f"SELECT DISTINCT source_table FROM '{TABLES_FOLDER / name}.parquet'")
    assert {row[0] for row in found.fetchall()} <= set(TABLES[name].vintages) & set(vintages())


def test_the_catalog_holds_the_tables_and_nothing_else() -> None:
    files = {path.name for path in TABLES_FOLDER.iterdir()}
    assert files == {f"{name}.parquet" for name in TABLES} | {MANIFEST}


def test_the_catalog_is_smaller_than_twelve_megabytes() -> None:
    sizes = [path.stat().st_size for path in TABLES_FOLDER.parent.rglob("*") if path.is_file()]
    assert sum(sizes) < 12_000_000


def test_the_data_page_is_up_to_date() -> None:
    text = PAGE.read_text("utf-8")
    assert update(text, render(read_manifest(TABLES_FOLDER))) == text, (
        "run python -m foedus.sources.data_page docs/data.md"
    )


def test_the_data_page_needs_its_markers() -> None:
    with pytest.raises(InputError, match="tables: begin"):
        update("# Data\n", "")


def test_a_build_that_fails_leaves_the_tables_as_they_were(tmp_path: Path) -> None:
    source, out = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    out.mkdir()
    (source / "states2016.csv").write_text("ccode\n2\n")
    (out / "capability.parquet").write_bytes(b"before")
    with pytest.raises(InputError, match="missing"):
        build_catalog(source, out)
    assert (out / "capability.parquet").read_bytes() == b"before"
    assert {path.name for path in tmp_path.iterdir()} == {"in", "out"}


@pytest.mark.parametrize("text", ["", "[]", '{"version": "1"}', '{"version": "1", "tables": 3}'])
def test_a_broken_manifest_is_an_error_that_says_how_to_mend_it(tmp_path: Path, text: str) -> None:
    (tmp_path / MANIFEST).write_text(text)
    with pytest.raises(CatalogError, match="foedus data build"):
        read_manifest(tmp_path)


@pytest.mark.shared
@pytest.mark.slow
def test_a_rebuild_gives_the_shipped_catalog(shared: Path, tmp_path: Path) -> None:
    seen: list[str] = []
    rows = build_catalog(
        shared / "data", tmp_path / "tables", lambda name, number, total: seen.append(name)
    )
    assert seen == list(LOADERS)
    shipped = read_manifest(TABLES_FOLDER)
    assert rows == {name: entry.rows for name, entry in shipped.tables.items()}
    assert {path.name for path in tmp_path.iterdir()} == {"tables"}
    _same_rows(tmp_path / "tables")


@pytest.mark.shared
@pytest.mark.slow
def test_publishers_csv_under_their_own_names_gives_the_shipped_catalog(
    shared: Path, tmp_path: Path
) -> None:
    downloads = tmp_path / "downloads"
    downloads.mkdir()
    for name, file in FILES.items():
        stem = next((pattern for pattern in file.patterns if "*" not in pattern), name.upper())
        source, target = shared / "data" / f"{name}.parquet", downloads / f"{stem}.csv"
        duckdb.sql(f"COPY (FROM '{source}') TO '{target}' (HEADER, NULLSTR 'NA')")
    build_catalog(downloads, tmp_path / "tables")
    _same_rows(tmp_path / "tables")


def _same_rows(folder: Path) -> None:
    for name in TABLES:
        sides = [f"FROM '{one / name}.parquet'" for one in (folder, TABLES_FOLDER)]
        for one, other in (sides, sides[::-1]):
            assert duckdb.sql(f"({one}) EXCEPT ALL ({other})").fetchall() == [], name
