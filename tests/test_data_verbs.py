"""The data verbs: what a user sees of the catalog."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from foedus import data
from foedus.catalog.schema import TABLES
from foedus.errors import CatalogError, InputError, UnknownTable


def test_list_has_every_table_with_rows_and_coverage() -> None:
    tables = data.list_tables()
    assert [table.name for table in tables] == list(TABLES)
    for table in tables:
        assert table.rows > 0, table.name
        assert table.vintages
        assert table.terms
        assert table.first_year <= table.last_year


def test_show_adds_first_rows_and_references() -> None:
    table = data.show("capability")
    assert table.columns["cinc"] == "DOUBLE"
    assert len(table.sample) == data.SAMPLE_ROWS
    assert list(table.sample[0]) == list(table.columns)
    assert "Singer" in table.citation[0]


@pytest.mark.parametrize("name", TABLES)
def test_every_table_can_be_shown_as_json(name: str) -> None:
    shown = json.loads(data.show(name).model_dump_json())
    assert shown["name"] == name
    assert shown["sample"]


def test_cite_gives_the_sources_of_one_table_or_of_all() -> None:
    assert "leeds2002atop" in data.cite("commitments")
    assert "singer1972capability" not in data.cite("commitments")
    for key in ("leeds2002atop", "singer1972capability", "@software{foedus"):
        assert key in data.cite()


@pytest.mark.parametrize("verb", [data.show, data.cite])
def test_an_unknown_table_is_named_with_the_nearest(verb: object) -> None:
    assert callable(verb)
    with pytest.raises(UnknownTable) as caught:
        verb("comitments")
    assert caught.value.suggestions[0] == "commitments"
    assert caught.value.exit_code == 2
    with pytest.raises(UnknownTable, match="There are actors"):
        verb("")


def test_table_names_are_read_kindly() -> None:
    assert data.show(" Ideal-Points ").name == "ideal_points"


def test_build_from_an_empty_folder_touches_nothing(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    out = tmp_path / "out"
    with pytest.raises(InputError, match="Give the publishers' folder"):
        data.build(tmp_path / "in", out)
    assert not out.exists()


def test_a_catalog_that_lost_files_says_how_to_mend_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    manifest = data.TABLES_FOLDER / "MANIFEST.json"
    monkeypatch.setattr(data, "TABLES_FOLDER", tmp_path)
    with pytest.raises(CatalogError, match="foedus data build"):
        data.list_tables()
    shutil.copy(manifest, tmp_path)
    assert data.list_tables()
    with pytest.raises(CatalogError, match="foedus data build"):
        data.show("calls")
    (tmp_path / "MANIFEST.json").write_text('{"version": "1", "tables": {}}')
    with pytest.raises(CatalogError, match="foedus data build"):
        data.list_tables()
