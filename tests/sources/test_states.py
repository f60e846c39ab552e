"""Codes of every scheme lead to one actor each, and the built tables hold the known cases."""

from datetime import date
from pathlib import Path

import duckdb
import pytest

from foedus.sources import leaders, organisations, states
from foedus.sources.files import open_files

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def con(shared: Path) -> duckdb.DuckDBPyConnection:
    connection = open_files(shared / "data")
    states.gw_actor_view(connection)
    states.token_actor_view(connection)
    return connection


@pytest.fixture(scope="module")
def built(
    con: duckdb.DuckDBPyConnection, tmp_path_factory: pytest.TempPathFactory
) -> duckdb.DuckDBPyConnection:
    out = tmp_path_factory.mktemp("tables")
    rows = states.derive(con, out) | leaders.derive(con, out) | organisations.derive(con, out)
    tables = duckdb.connect()
    for name in rows:
        tables.execute(f"CREATE VIEW {name} AS FROM read_parquet('{out / name}.parquet')")
    return tables


@pytest.mark.parametrize(
    ("cow", "actor"),
    [
        (255, "DEU"),
        (260, "DEU"),
        (265, "DDR"),
        (300, "COW300"),
        (315, "CSK"),
        (327, "COW327"),
        (345, "SRB"),
        (347, "XKX"),
        (365, "RUS"),
        (640, "TUR"),
        (678, "YEM"),
        (679, "YEM"),
        (680, "YMD"),
        (730, "COW730"),
        (732, "KOR"),
        (816, "VNM"),
        (817, "COW817"),
        (970, "NRU"),
    ],
)
def test_cow_codes_lead_to_one_actor(con: duckdb.DuckDBPyConnection, cow: int, actor: str) -> None:
    assert con.execute("SELECT actor FROM cow_actor WHERE cow = ?", [cow]).fetchall() == [(actor,)]


@pytest.mark.parametrize(
    ("gw", "actor"), [(260, "DEU"), (340, "SRB"), (678, "YEM"), (970, "KIR"), (971, "NRU")]
)
def test_gleditsch_ward_codes_are_not_read_as_cow_codes(
    con: duckdb.DuckDBPyConnection, gw: int, actor: str
) -> None:
    assert con.execute("SELECT actor FROM gw_actor WHERE gw = ?", [gw]).fetchall() == [(actor,)]


def test_both_schemes_agree_wherever_the_panel_names_both(con: duckdb.DuckDBPyConnection) -> None:
    clashes = con.execute(
        "SELECT DISTINCT gwcode, ccode FROM cow_gw_panel JOIN gw_actor g ON g.gw = gwcode"
        " JOIN cow_actor c ON c.cow = ccode WHERE g.actor <> c.actor"
    ).fetchall()
    assert clashes == []


@pytest.mark.parametrize("view", ["cow_actor", "gw_actor", "token_actor"])
def test_each_code_has_one_actor_that_exists(
    con: duckdb.DuckDBPyConnection, built: duckdb.DuckDBPyConnection, view: str
) -> None:
    codes = con.execute(f"FROM {view}").fetchall()
    assert len(codes) == len({code for code, _ in codes})
    known = {row[0] for row in built.execute("SELECT id FROM actors").fetchall()}
    assert {actor for _, actor in codes} - known == set()


def test_namibia_and_the_non_aligned_movement_stay_apart(
    con: duckdb.DuckDBPyConnection, built: duckdb.DuckDBPyConnection
) -> None:
    assert con.execute("SELECT actor FROM token_actor WHERE token = 'NAM'").fetchall() == [("NAM",)]
    row = built.execute(
        "SELECT count(*) FROM memberships WHERE organisation = 'NON_ALIGNED'"
    ).fetchone()
    assert row is not None
    assert row[0] > 100


def test_every_row_about_an_actor_names_one_of_the_table(
    built: duckdb.DuckDBPyConnection,
) -> None:
    for table, column in (
        ("actor_codes", "actor"),
        ("actor_names", "actor"),
        ("capitals", "actor"),
        ("leaders", "actor"),
        ("major_powers", "actor"),
        ("memberships", "member"),
        ("memberships", "organisation"),
        ("system_members", "actor"),
    ):
        lost = built.execute(
            f"SELECT {column} FROM {table} WHERE {column} IS NULL"
            f" OR {column} NOT IN (SELECT id FROM actors)"
        ).fetchall()
        assert lost == [], table


def test_a_spell_open_when_coded_has_no_end(built: duckdb.DuckDBPyConnection) -> None:
    assert built.execute(
        "SELECT first, last FROM system_members WHERE actor = 'DEU' ORDER BY first"
    ).fetchall() == [
        (date(1816, 1, 1), date(1945, 5, 8)),
        (date(1955, 5, 5), date(1990, 10, 2)),
        (date(1990, 10, 3), None),
    ]
    for table in ("system_members", "capitals", "major_powers"):
        assert (
            built.execute(
                f"SELECT * FROM {table} WHERE last IN (DATE '2016-12-31', DATE '2024-12-31')"
            ).fetchall()
            == []
        )


def test_one_term_is_told_by_one_source(built: duckdb.DuckDBPyConnection) -> None:
    told_twice = built.execute(
        "SELECT a.actor, a.name, a.start FROM leaders a JOIN leaders b USING (actor)"
        " WHERE a.source_table < b.source_table AND a.effective AND b.effective"
        " AND abs(a.start - b.start) <= 31 AND contains(lower(b.name), lower(a.name))"
    ).fetchall()
    assert told_twice == []


def test_only_the_register_knows_who_is_in_office_now(built: duckdb.DuckDBPyConnection) -> None:
    sources = built.execute(
        "SELECT DISTINCT source_table FROM leaders WHERE ended IS NULL"
    ).fetchall()
    assert sources == [("foedus-register-2026",)]


def test_rows_without_a_source_are_unverified(built: duckdb.DuckDBPyConnection) -> None:
    def verified(actor: str, name: str) -> list[tuple[bool]]:
        return built.execute(
            "SELECT verified FROM leaders WHERE actor = ? AND name = ?", [actor, name]
        ).fetchall()

    assert verified("SYR", "Bashar al-Assad") == [(True,)]
    assert verified("SYR", "Ahmed al-Sharaa") == [(False,)]
    assert verified("RUS", "Stalin") == [(True,)]
