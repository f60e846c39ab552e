"""The promises that ATOP and the register hold, each once, dated and directed."""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.catalog.schema import TABLES
from foedus.domain.dates import DateSpan
from foedus.sources.actor_keys import NAMES, REGISTER
from foedus.sources.commitments import derive
from foedus.sources.commitments_members import earlier, later
from foedus.sources.commitments_register import REGISTER_CODED, known_from
from foedus.sources.files import open_files

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def con(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    out = tmp_path_factory.mktemp("tables")
    con = open_files(shared / "data")
    derive(con, out)
    for name in ("commitments", "platforms", "proxies"):
        path = out / f"{name}.parquet"
        con.execute(f"CREATE VIEW {name} AS FROM read_parquet('{path}')")
        assert path.stat().st_size < 2_500_000
    return con


def _in_force(con: duckdb.DuckDBPyConnection, pair: str, day: str) -> dict[str, dict[str, Any]]:
    """Rows of `GUARANTOR>BENEFICIARY` in force on the day, by id, as a reader would count them."""
    guarantor, beneficiary = pair.split(">")
    found = con.execute(
        """SELECT * FROM commitments WHERE guarantor = ? AND beneficiary = ?
           AND in_force_last <= CAST(? AS DATE) AND (ended_last IS NULL OR ended_last > ?)
           AND (known_until IS NULL OR known_until >= ?)""",
        [guarantor, beneficiary, day, day, day],
    )
    names = [column[0] for column in found.description or ()]
    rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    return {row["id"]: row for row in rows}


def test_atop_holds_its_published_counts_at_the_end_of_2018(
    con: duckdb.DuckDBPyConnection,
) -> None:
    counts = con.execute(
        """SELECT count(*), count(DISTINCT (guarantor, beneficiary)),
                  count(DISTINCT (guarantor, beneficiary)) FILTER (defense)
           FROM atop_pair WHERE ended_last IS NULL"""
    ).fetchone()
    assert counts == (12_808, 8_456, 3_412)


def test_every_pair_that_atop_has_in_force_in_2018_is_kept_once(
    con: duckdb.DuckDBPyConnection,
) -> None:
    lost = con.execute(
        """SELECT p.atopid, p.guarantor, p.beneficiary, count(c.id) FROM atop_pair p
           LEFT JOIN commitments c ON c.atopid = p.atopid AND c.guarantor = p.guarantor
             AND c.beneficiary = p.beneficiary
             AND (c.ended_last IS NULL OR c.ended_last > DATE '2018-12-31')
             AND c.in_force_first <= DATE '2018-12-31'
           WHERE p.ended_last IS NULL
           GROUP BY ALL HAVING count(c.id) <> 1"""
    ).fetchall()
    # the register dates the end of the French accord with the Central African Republic to 2010
    assert {row[:3] for row in lost} == {(3395, "FRA", "CAF"), (3395, "CAF", "FRA")}


def test_russia_owes_iran_two_treaties_once_each_and_no_defence(
    con: duckdb.DuckDBPyConnection,
) -> None:
    now = _in_force(con, "RUS>IRN", "2026-11-01")
    assert {"rus-irn-csp2025:RUS>IRN", "rus-irn-basis2001:RUS>IRN"} <= set(now)
    assert [row["atopid"] for row in now.values() if row["atopid"] == 4968] == [4968]
    assert not any(row["defense"] for row in now.values())
    treaty = now["rus-irn-csp2025:RUS>IRN"]
    assert (treaty["signed_first"], treaty["in_force_first"]) == (
        date(2025, 1, 17),
        date(2025, 10, 2),
    )
    assert "rus-irn-csp2025:RUS>IRN" not in _in_force(con, "RUS>IRN", "2025-06-13")


@pytest.mark.parametrize(
    ("pair", "day", "expected"),
    [
        ("USA>EST", "2026-01-01", True),
        ("USA>EST", "2004-03-01", False),
        ("FIN>USA", "2023-04-03", False),
        ("FIN>USA", "2023-04-04", True),
        ("EST>FIN", "2023-04-04", True),
        ("SWE>FIN", "2024-03-06", False),
        ("SWE>FIN", "2024-03-07", True),
        ("MKD>GRC", "2020-03-26", False),
        ("MKD>GRC", "2020-03-27", True),
        ("TUR>DEU", "1991-01-01", True),
    ],
)
def test_nato_binds_its_members_from_their_entry(
    con: duckdb.DuckDBPyConnection, pair: str, day: str, expected: bool
) -> None:
    rows = [r for r in _in_force(con, pair, day).values() if r["instrument"] == "nato-1949"]
    assert len(rows) == int(expected)
    assert all(row["defense"] for row in rows)


def test_france_owed_czechoslovakia_defence_in_september_1938(
    con: duckdb.DuckDBPyConnection,
) -> None:
    rows = _in_force(con, "FRA>CSK", "1938-09-01")
    assert rows["atop-2140:FRA>CSK"]["defense"] is True
    assert rows["atop-2120:FRA>CSK"]["defense"] is False
    assert rows["atop-2140:FRA>CSK"]["title"].startswith("Treaty of Mutual Guarantee")


def test_locarno_binds_each_guarantor_to_those_it_named(con: duckdb.DuckDBPyConnection) -> None:
    """ATOP's member row does not say to whom; the dyad file does."""
    day = "1930-01-01"
    assert _in_force(con, "GBR>DEU", day)["atop-2130:GBR>DEU"]["defense"] is True
    assert _in_force(con, "DEU>GBR", day)["atop-2130:DEU>GBR"]["defense"] is False


def test_the_warsaw_pact_ended_in_1991(con: duckdb.DuckDBPyConnection) -> None:
    assert "atop-3285:RUS>POL" in _in_force(con, "RUS>POL", "1991-06-01")
    assert "atop-3285:RUS>POL" not in _in_force(con, "RUS>POL", "1991-07-02")


def test_a_change_of_phase_is_no_end_of_the_promise(con: duckdb.DuckDBPyConnection) -> None:
    gaps = con.execute(
        """SELECT id FROM (SELECT *, lead(in_force_first) OVER (
                 PARTITION BY atopid, guarantor, beneficiary ORDER BY in_force_first) AS next
               FROM commitments WHERE atopid IS NOT NULL)
           WHERE end_cause = 'new phase' AND (next IS NULL OR next - ended_last > 62)"""
    ).fetchall()
    assert gaps == []


def test_armenia_stays_bound_by_the_pact_that_it_froze(con: duckdb.DuckDBPyConnection) -> None:
    before = _in_force(con, "RUS>ARM", "2024-01-01")
    after = _in_force(con, "RUS>ARM", "2025-01-01")
    assert "csto-1992:RUS>ARM" in before
    assert "csto-1992:RUS>ARM" not in after
    frozen = after["csto-1992-arm-freeze:RUS>ARM"]
    assert frozen["defense"] is True
    assert frozen["note_date"] >= date(2024, 2, 22)
    assert "csto-1992-arm-freeze:RUS>ARM" not in before
    assert not any("freeze" in key for key in _in_force(con, "RUS>KAZ", "2025-01-01"))


def test_those_who_left_owe_nothing_more(con: duckdb.DuckDBPyConnection) -> None:
    assert "eu-42-7:GBR>FRA" in _in_force(con, "GBR>FRA", "2020-01-01")
    assert "eu-42-7:GBR>FRA" not in _in_force(con, "GBR>FRA", "2020-02-01")
    assert "ecowas-1981:NGA>NER" in _in_force(con, "NGA>NER", "2023-08-01")
    assert "ecowas-1981:NGA>NER" not in _in_force(con, "NGA>NER", "2025-03-01")
    assert not any(r["atopid"] == 4220 for r in _in_force(con, "RUS>UZB", "2013-01-01").values())


def test_a_member_that_came_back_is_bound_again(con: duckdb.DuckDBPyConnection) -> None:
    pact = "arab-league-jdc-1950"
    for day, expected in (("2010-01-01", 1), ("2015-01-01", 0), ("2024-01-01", 1)):
        rows = [r for r in _in_force(con, "IRQ>SYR", day).values() if r["instrument"] == pact]
        assert len(rows) == expected, day


def test_a_title_does_not_tell_of_a_later_exit(con: duckdb.DuckDBPyConnection) -> None:
    row = _in_force(con, "USA>VEN", "1990-01-01")["rio-1947-left:USA>VEN"]
    assert row["title"] == "Inter-American Treaty of Reciprocal Assistance (Rio Treaty)"
    assert row["note_date"] > date(2015, 1, 1)


def test_the_budapest_memorandum_promises_to_ukraine_only(con: duckdb.DuckDBPyConnection) -> None:
    pairs = con.execute(
        "SELECT guarantor || '>' || beneficiary FROM commitments "
        "WHERE instrument = 'budapest-ukr-1994' ORDER BY 1"
    ).fetchall()
    assert [pair for (pair,) in pairs] == ["GBR>UKR", "RUS>UKR", "USA>UKR"]


def test_japan_owes_the_united_states_less_than_it_is_owed(
    con: duckdb.DuckDBPyConnection,
) -> None:
    day = "2026-01-01"
    assert _in_force(con, "USA>JPN", day)["usa-jpn-mst1960:USA>JPN"]["defense"] is True
    assert _in_force(con, "JPN>USA", day)["usa-jpn-mst1960:JPN>USA"]["defense"] is False


def test_an_explicit_non_alliance_promises_nothing(con: duckdb.DuckDBPyConnection) -> None:
    row = _in_force(con, "RUS>SRB", "2020-01-01")["rus-srb-nodef:RUS>SRB"]
    named = ("defense", "offense", "neutrality", "nonaggression", "consultation")
    assert [row[name] for name in named] == [False] * 5


def test_no_promise_counts_twice_on_any_day(con: duckdb.DuckDBPyConnection) -> None:
    """Spells of one instrument (by ATOP's number where it has one) and pair never overlap."""
    twice = con.execute(
        """SELECT id, next_id FROM (
               SELECT id, ended_last, in_force_first, lead(id) OVER spells AS next_id,
                      lead(in_force_first) OVER spells AS next_first
               FROM commitments
               WINDOW spells AS (
                   PARTITION BY coalesce('atop-' || atopid, instrument), guarantor, beneficiary
                   ORDER BY in_force_first NULLS FIRST))
           WHERE next_id IS NOT NULL AND (in_force_first IS NULL OR ended_last IS NULL
                                          OR next_first <= ended_last)"""
    ).fetchall()
    assert twice == []


def test_dates_are_whole_spans_in_order(con: duckdb.DuckDBPyConnection) -> None:
    broken = con.execute(
        """SELECT id FROM commitments WHERE signed_first > signed_last
           OR in_force_first > in_force_last OR ended_first > ended_last
           OR (signed_first IS NULL) <> (signed_last IS NULL)
           OR (in_force_first IS NULL) <> (in_force_last IS NULL)
           OR (ended_first IS NULL) <> (ended_last IS NULL)
           OR ended_last < in_force_first OR in_force_last < signed_first
           OR (origin = 'catalog' AND ended_last IS NULL AND known_until IS NULL)
           OR (ended_last IS NOT NULL AND known_until IS NOT NULL)"""
    ).fetchall()
    assert broken == []


def test_a_condition_stands_only_beside_its_obligation(con: duckdb.DuckDBPyConnection) -> None:
    for column in TABLES["commitments"].columns:
        match = re.fullmatch(r"(defense|offense|neutrality|consultation)_\w+", column)
        if match:
            loose = con.execute(
                f"SELECT count(*) FROM commitments WHERE {column} IS NOT NULL "
                f"AND {match[1]} IS DISTINCT FROM true"
            ).fetchone()
            assert loose == (0,), column


def test_at_least_fifty_register_rows_stand_in_atop(con: duckdb.DuckDBPyConnection) -> None:
    with (REGISTER / "commitments.csv").open(encoding="utf-8", newline="") as handle:
        matched = {r["id"]: int(r["atopid"]) for r in csv.DictReader(handle) if r["atopid"] != "NA"}
    assert len(matched) >= 50
    known = {row[0] for row in con.execute("SELECT DISTINCT atopid FROM atop51_member").fetchall()}
    assert set(matched.values()) <= known
    used = {
        row[0].split(":")[0]
        for row in con.execute("SELECT id FROM commitments WHERE origin = 'register'").fetchall()
    }
    assert set(matched) <= used


def test_hand_written_titles_name_alliances_of_that_year(con: duckdb.DuckDBPyConnection) -> None:
    begun = dict(con.execute("SELECT atopid, min(yrent) FROM atop51_member GROUP BY 1").fetchall())
    with (NAMES / "treaty_titles.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert len(rows) >= 100
    assert {r["atopid"]: begun.get(int(r["atopid"])) for r in rows} == {
        r["atopid"]: int(r["signed"]) for r in rows
    }


def test_an_unnamed_treaty_is_described(con: duckdb.DuckDBPyConnection) -> None:
    titles = dict(con.execute("SELECT atopid, title FROM atop_title").fetchall())
    assert titles[3485] == "Alliance treaty, Ethiopia-Kenya, 1963 (ATOP 3485)"
    assert titles[3285] == "Warsaw Pact"
    assert all(titles.values())


def test_platforms_and_proxies_resolve_every_token(con: duckdb.DuckDBPyConnection) -> None:
    nulls = con.execute(
        """SELECT id FROM platforms WHERE guarantor IS NULL OR list_contains(hosts, NULL)
           OR len(list_filter(hosts, lambda x: x IS NULL)) > 0
           OR len(list_filter(serves, lambda x: x IS NULL)) > 0
           UNION ALL SELECT armed_group FROM proxies WHERE guarantor IS NULL
           OR armed_group IS NULL OR len(list_filter(acts_for, lambda x: x IS NULL)) > 0"""
    ).fetchall()
    assert nulls == []
    row = con.execute(
        "SELECT hosts, serves, start_first, ended_last FROM platforms WHERE id = 'rus-hmeimim'"
    ).fetchone()
    assert row == (["SYR"], ["SYR", "LNA", "MLI", "CAF"], date(2015, 9, 1), date(2024, 12, 8))


def _spans() -> st.SearchStrategy[DateSpan]:
    return st.builds(
        lambda a, b: DateSpan(first=min(a, b), last=max(a, b)),
        st.dates(date(1900, 1, 1), date(2026, 1, 1)),
        st.dates(date(1900, 1, 1), date(2026, 1, 1)),
    )


@given(_spans(), _spans())
def test_a_pair_is_bound_from_the_later_entry_to_the_earlier_exit(
    one: DateSpan, other: DateSpan
) -> None:
    assert later(one, other).last == max(one.last, other.last)
    assert earlier(one, other).first == min(one.first, other.first)
    assert later(one, None) == later(None, one) == earlier(one, None) == one


@pytest.mark.parametrize(
    ("note", "source", "expected"),
    [
        ("Consultation only.", "2022", date(2022, 12, 31)),
        ("Superseded by the 2025 treaty.", "2022", date(2025, 12, 31)),
        ("Claimed in 2026.", "2024-02", REGISTER_CODED),
        ("Old promise of 1951.", "2022-03-01", date(2022, 3, 1)),
        (None, None, REGISTER_CODED),
    ],
)
def test_a_note_is_as_young_as_the_latest_year_it_names(
    note: str | None, source: str | None, expected: date
) -> None:
    assert known_from(note, DateSpan.parse(source) if source else None) == expected
