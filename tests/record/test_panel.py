"""The panel's promises: null outside coverage, nothing from the future, errors that help."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.catalog.facts import Facts
from foedus.catalog.vintages import bibtex
from foedus.errors import InputError
from foedus.record.panel import distance
from foedus.record.panel.columns import floats
from foedus.record.panel.panel import PARTS, Panel, panel
from foedus.record.panel.peace_years import spells
from foedus.record.similarity.similarity import similarity

PAIR_PARTS = tuple(PARTS)
STATE_PARTS = ("capability", "majors", "regime")
USA, CANADA, UK, RUSSIA, GERMANY, JAPAN, IRAN = 2, 20, 200, 365, 255, 740, 630


def at(one: Panel, name: str, *key: int) -> float:
    """One cell as a float, NaN for null; `key` is code, code (or code alone) and year."""
    names = [column for column in one if column.startswith("ccode")]
    where = one["year"] == key[-1]
    for column, code in zip(names, key, strict=False):
        where &= one[column] == code
    (row,) = np.flatnonzero(where)
    return float(floats(one[name])[row])


@pytest.fixture(scope="module")
def late() -> Panel:
    """Every part, directed, in the years in which most data sets end."""
    return panel("directed-dyad", (2000, 2020), PAIR_PARTS)


@pytest.mark.parametrize(
    ("column", "last"),
    [
        ("atop_defense", 2018),
        ("gmlmid_ongoing", 2010),
        ("gmlmid_peace_years", 2010),
        ("cowmid_ongoing", 2014),
        ("war_ongoing", 2007),
        ("contiguity", 2016),
        ("major_power_1", 2016),
        ("rivalry", 2020),
        ("polity2_1", 2018),
        ("alliances_s_absolute", 2018),
        ("votes_kappa_squared", 2019),
    ],
)
def test_after_its_last_year_a_column_is_null_and_never_zero(
    late: Panel, column: str, last: int
) -> None:
    known = ~np.isnan(floats(late[column]))
    of_others = known & (late["year"] > last)
    if column == "polity2_1":
        of_others &= late["ccode1"] != USA
    assert not of_others.any()
    assert known[late["year"] == last].any()


def test_flags_are_zero_or_one_in_every_covered_row(late: Panel) -> None:
    inside = late["year"] <= 2007
    for name in ("atop_alliance", "gmlmid_onset", "cowmid_onset", "war_onset", "rivalry"):
        assert set(np.unique(floats(late[name])[inside])) <= {0.0, 1.0}, name


def test_what_a_pair_was_to_each_other() -> None:
    one = panel("directed-dyad", (1939, 1945), PAIR_PARTS)
    assert at(one, "war_ongoing", GERMANY, RUSSIA, 1941) == 1
    assert at(one, "war_initiator_1", GERMANY, RUSSIA, 1941) == 1
    assert at(one, "war_initiator_2", GERMANY, RUSSIA, 1941) == 0
    assert at(one, "war_initiator_2", RUSSIA, GERMANY, 1941) == 1
    assert at(one, "atop_neutrality", RUSSIA, JAPAN, 1942) == 1
    assert at(one, "contiguity", RUSSIA, IRAN, 1940) == 1
    assert at(one, "capital_distance", RUSSIA, IRAN, 1940) == pytest.approx(2464, rel=0.01)
    assert at(one, "major_power_2", USA, UK, 1940) == 1
    assert np.isnan(at(one, "gmlmid_dispute", USA, CANADA, 1940))


def test_the_two_directions_mirror_each_other() -> None:
    one = panel("directed-dyad", (1936, 1946), PAIR_PARTS)
    order = np.lexsort((one["year"], one["ccode1"], one["ccode2"]))
    for name, values in one.items():
        if name.endswith("_1"):
            other = floats(one[f"{name[:-2]}_2"])[order]
            np.testing.assert_array_equal(floats(values), other, err_msg=name)


def test_an_undirected_dyad_is_half_the_directed_ones() -> None:
    directed = panel("directed-dyad", (1950, 1990), PAIR_PARTS)
    dyads = panel("dyad", (1950, 1990), PAIR_PARTS)
    assert 2 * len(dyads) == len(directed)
    assert (dyads["ccode1"] < dyads["ccode2"]).all()
    lower = np.asarray(directed["ccode1"] < directed["ccode2"])
    assert list(dyads) == list(directed)
    for name, values in dyads.items():
        if not name.startswith("atop"):
            same = floats(directed[name])[lower]
            np.testing.assert_array_equal(floats(values), same, err_msg=name)
    assert dyads["atop_defense"].sum() >= directed["atop_defense"][lower].sum()


def test_in_an_undirected_dyad_an_obligation_of_either_counts() -> None:
    directed = panel("directed-dyad", (1961, 1990), ("alliances",))
    one_way = (
        {(int(a), int(b), int(y)) for a, b, y, owed in _rows(directed) if owed}
        - {(int(b), int(a), int(y)) for a, b, y, owed in _rows(directed) if owed}
    )  # fmt: skip
    assert one_way
    dyads = panel("dyad", (1961, 1990), ("alliances",))
    held = {(int(a), int(b), int(y)) for a, b, y, owed in _rows(dyads) if owed}
    assert {(min(a, b), max(a, b), y) for a, b, y in one_way} <= held


def _rows(one: Panel) -> zip[tuple[int, int, int, int]]:
    return zip(one["ccode1"], one["ccode2"], one["year"], one["atop_defense"], strict=True)


def test_a_state_panel_has_a_row_for_each_state_and_year() -> None:
    one = panel("state", (1990, 1991), STATE_PARTS)
    assert at(one, "major_power", USA, 1990) == 1
    assert at(one, "major_power", GERMANY, 1990) == 0
    assert at(one, "major_power", GERMANY, 1991) == 1
    assert 0.1 < at(one, "cinc", USA, 1991) < 0.2
    assert at(one, "polity2", IRAN, 1991) == -6
    keys = list(zip(one["ccode"].tolist(), one["year"].tolist(), strict=True))
    assert keys == sorted(set(keys))


def test_similarity_is_that_of_the_record(late: Panel) -> None:
    of_2010 = similarity(2010, "alliances", ["kappa_squared"])
    for one, other in ((USA, UK), (RUSSIA, IRAN), (IRAN, RUSSIA)):
        pair = (np.array([value]) for value in (one, other, 2010))
        (expected,) = of_2010.gather(*pair)["kappa_squared"]
        assert at(late, "alliances_kappa_squared", one, other, 2010) == expected


def test_states_that_never_met_are_no_dyad() -> None:
    one = panel("directed-dyad", (1990, 1990))
    pairs = set(zip(one["ccode1"].tolist(), one["ccode2"].tolist(), strict=True))
    assert (255, 260) not in pairs
    assert (255, 365) in pairs
    assert (260, 365) in pairs


def test_peace_years_do_not_depend_on_the_years_asked_for() -> None:
    whole = panel("dyad", (1816, 1960), ("peace_years",))
    part = panel("dyad", (1950, 1960), ("peace_years",))
    np.testing.assert_array_equal(
        whole["gmlmid_peace_years"][whole["year"] >= 1950], part["gmlmid_peace_years"]
    )


@given(st.lists(st.tuples(st.integers(0, 3), st.booleans()), max_size=40))
def test_peace_years_count_as_a_loop_would(rows: list[tuple[int, bool]]) -> None:
    rows.sort(key=lambda row: row[0])
    expected: list[int] = []
    for number, (group, _) in enumerate(rows):
        starts = number == 0 or rows[number - 1][0] != group or rows[number - 1][1]
        expected.append(0 if starts else expected[-1] + 1)
    groups = np.array([group for group, _ in rows], dtype=np.intp)
    events = np.array([event for _, event in rows], dtype=np.bool_)
    assert spells(groups, events).tolist() == expected


def test_nothing_later_than_the_as_of_date_is_told() -> None:
    then = panel("directed-dyad", (1935, 1940), PAIR_PARTS, Facts(date(1940, 6, 1)))
    now = panel("directed-dyad", (1935, 1940), PAIR_PARTS)
    for name in ("atop_alliance", "gmlmid_ongoing", "war_ongoing", "cinc_1", "rivalry"):
        assert np.isnan(floats(then[name])[then["year"] == 1940]).all(), name
    assert at(then, "war_ongoing", GERMANY, UK, 1939) == 1
    assert np.isnan(at(then, "war_deaths_1", GERMANY, UK, 1939))
    assert at(now, "war_deaths_1", GERMANY, UK, 1939) > 0
    assert np.isnan(at(then, "gmlmid_fatality", GERMANY, UK, 1939))
    with pytest.raises(InputError, match="1816-1940"):
        panel("dyad", (1935, 1950), (), Facts(date(1940, 6, 1)))


def test_distance_of_known_capitals() -> None:
    """Geodesics on WGS 84: one degree along the equator, and along a meridian from it."""
    zero, one = np.array([0.0]), np.array([1.0])
    assert distance.ellipsoid(zero, zero, zero, one)[0] == pytest.approx(111.3194908, abs=1e-6)
    assert distance.ellipsoid(zero, zero, one, zero)[0] == pytest.approx(110.5743886, abs=1e-6)
    assert distance.ellipsoid(zero, zero, zero, zero)[0] == 0
    assert np.isnan(distance.ellipsoid(zero, zero, zero + 0.1, one * 179.9)[0])


places = st.tuples(st.floats(-80, 80), st.floats(-179, 179))


@given(places, places)
def test_distance_is_symmetric_and_near_that_on_the_sphere(
    one: tuple[float, float], other: tuple[float, float]
) -> None:
    a, b, c, d = (np.array([value]) for value in (*one, *other))
    sphere = distance.sphere(a, b, c, d)
    there, back = distance.ellipsoid(a, b, c, d), distance.ellipsoid(c, d, a, b)
    if sphere[0] < 19_900:
        np.testing.assert_allclose(there, back, rtol=1e-9, atol=1e-6)
        np.testing.assert_allclose(there, sphere, rtol=0.0075, atol=1e-6)


def test_every_capital_has_a_distance_to_every_other(late: Panel) -> None:
    assert not np.isnan(late["capital_distance"]).any()


def test_files_hold_the_panel(tmp_path: Path) -> None:
    one = panel("directed-dyad", (2008, 2012), PAIR_PARTS)
    one.to_parquet(tmp_path / "panel.parquet")
    one.to_csv(tmp_path / "panel.csv")
    read = duckdb.sql(f"FROM '{tmp_path}/panel.parquet'").fetchnumpy()
    assert list(read) == list(one)
    for name, values in one.items():
        np.testing.assert_array_equal(floats(read[name]), floats(values), err_msg=name)
    with (tmp_path / "panel.csv").open() as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == len(one)
    assert rows[0]["ccode1"] == "2"
    assert {row["gmlmid_ongoing"] for row in rows} == {"0", "1", ""}
    assert float(rows[0]["cinc_1"]) == one["cinc_1"][0]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["panel.csv", "panel.parquet"]


def test_a_file_that_cannot_be_written_leaves_the_older_one(
    tmp_path: Path,
) -> None:
    one = panel("state", (2000, 2000))
    target = tmp_path / "panel.csv"
    target.mkdir()
    with pytest.raises(InputError, match=r"panel\.csv cannot be written"):
        one.to_csv(target)
    assert target.is_dir()
    assert list(tmp_path.iterdir()) == [target]
    with pytest.raises(InputError, match="Make it first"):
        one.to_csv(tmp_path / "nowhere" / "panel.csv")
    with pytest.raises(InputError, match=r"\.parquet"):
        one.to_parquet(tmp_path / "panel.xlsx")
    with pytest.raises(InputError, match=r"\.parquet or \.csv"):
        one.to_file(tmp_path / "panel.xlsx")


def test_the_vintages_can_be_cited() -> None:
    one = panel("dyad", (2000, 2000), ("alliances", "mids"))
    assert one.vintages == ("cow-states-2016", "atop-5.1", "gml-mid-2.2.1")
    text = bibtex(one.vintages)
    assert "gibler2016analysis" in text
    assert "leeds2002atop" in text


@pytest.mark.parametrize(
    ("unit", "years", "parts", "told"),
    [
        ("nation", (1990, 2000), (), "state, dyad, directed-dyad"),
        ("dyad", (1990, 2000), ("alliance",), "alliances, mids"),
        ("state", (1990, 2000), ("alliances",), "capability, majors, regime"),
        ("dyad", (2000, 1990), (), "1816-"),
        ("dyad", (1815, 1990), (), "1816-"),
        ("dyad", (1990, 2100), (), "1816-"),
        ("dyad", ("a", "b"), (), "1816-"),
        ("dyad", (1990,), (), "1816-"),
        ("dyad", 1990, (), "1816-"),
    ],
)
def test_what_is_unknown_is_said_with_what_there_is(
    unit: str, years: tuple[int, int], parts: tuple[str, ...], told: str
) -> None:
    with pytest.raises(InputError, match=told):
        panel(unit, years, parts)


def test_an_unknown_column_is_said_with_those_that_exist() -> None:
    with pytest.raises(InputError, match="ccode, year, milex"):
        panel("state", (2000, 2000), ("capability",))["cinc_1"]


def test_parts_may_be_given_as_one_text() -> None:
    one = panel("dyad", (2000, 2000), "peace-years, Rivalry")  # type: ignore[arg-type]
    assert list(one) == ["ccode1", "ccode2", "year", "gmlmid_peace_years", "rivalry"]
