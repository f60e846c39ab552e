"""Alliances in war and who fought: derived from the publishers' files, derived columns only."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from foedus.catalog.facts import TABLES_FOLDER
from foedus.sources import fulfilment
from foedus.sources.files import open_files

TABLES = ("fulfilment", "war_dyads", "war_participants")


@pytest.mark.shared
def test_the_shipped_tables_are_what_the_loader_gives(shared: Path, tmp_path: Path) -> None:
    rows = fulfilment.derive(open_files(shared / "data"), tmp_path)
    assert set(rows) == set(TABLES)
    for name in TABLES:
        sides = [f"FROM '{one / name}.parquet'" for one in (tmp_path, TABLES_FOLDER)]
        assert duckdb.sql(f"({sides[0]}) EXCEPT ALL ({sides[1]})").fetchall() == [], name
        assert duckdb.sql(f"({sides[1]}) EXCEPT ALL ({sides[0]})").fetchall() == [], name


def _all(query: str) -> list[tuple[object, ...]]:
    con = duckdb.connect()
    for name in TABLES:
        con.execute(f"CREATE VIEW {name} AS FROM '{TABLES_FOLDER / name}.parquet'")
    return con.execute(query).fetchall()


def test_a_tested_alliance_is_honoured_or_violated_and_never_both() -> None:
    for suffix in ("", "_second"):
        wrong = _all(f"FROM fulfilment WHERE due{suffix} <> (honoured{suffix} <> violated{suffix})")
        assert wrong == []
    assert _all("FROM fulfilment WHERE due = (why_not IS NOT NULL)") == []


def test_every_war_has_dyads_that_run_forward_and_no_pair_twice() -> None:
    assert _all("FROM fulfilment WHERE war NOT IN (SELECT war FROM war_dyads)") == []
    assert _all("FROM war_dyads WHERE began > ended OR attacker = target") == []
    assert _all("FROM war_participants WHERE entered_first > left_last") == []
    mirrored = _all("""
        SELECT a.war FROM war_dyads a JOIN war_dyads b
        ON a.war = b.war AND a.attacker = b.target AND a.target = b.attacker
        WHERE a.listed OR b.listed
    """)
    assert mirrored == []


def test_only_the_five_wars_in_no_source_rest_on_judgement() -> None:
    judged = _all("SELECT DISTINCT war FROM war_dyads WHERE judgement ORDER BY war")
    assert judged == [(90,), (91,), (92,), (93,), (94,)]
    unsourced = _all("FROM war_dyads WHERE judgement AND source_ref NOT LIKE 'dispute %'")
    assert unsourced == []


def test_coalitions_of_the_world_wars_grow_by_date() -> None:
    entered = dict(
        _all("SELECT attacker || '>' || target, began::VARCHAR FROM war_dyads WHERE war = 53")
    )
    assert entered["DEU>POL"] == "1939-09-01"
    assert entered["GBR>DEU"] == "1939-09-03"
    assert entered["JPN>USA"] == "1941-12-07"
    assert entered["RUS>JPN"] == "1945-08-09"
