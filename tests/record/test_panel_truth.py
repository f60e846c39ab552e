"""The panel against peacesciencer's, 1816-2010: every column, every year, every row."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pytest

from foedus.catalog.facts import Facts
from foedus.record.panel import contiguity
from foedus.record.panel.columns import floats
from foedus.record.panel.panel import Panel, panel
from foedus.record.panel.units import keys

pytestmark = pytest.mark.shared

YEARS = (1816, 2010)

SUFFIXED = {
    "side_a": "sidea",
    "originator": "orig",
    "fatality": "fatality",
    "deaths": "fatalpre",
    "highest_action": "hiact",
    "hostility": "hostlev",
    "initiator": "init",
}
WHOLE = {
    "dispute": "dispnum",
    "fatality": "fatality",
    "hostility": "hostlev",
    "reciprocated": "recip",
    "shortest": "mindur",
    "longest": "maxdur",
    "start_month": "stmon",
}
KEYS = {"ccode1": "ccode1", "ccode2": "ccode2"}
BY_STATE = {
    **{name: name for name in ("milex", "milper", "irst", "pec", "tpop", "upop", "cinc")},
    "major_power": "cowmaj",
    "euds": "euds",
    "aeuds": "aeuds",
    "polity2": "polity2",
    "polyarchy": "v2x_polyarchy",
}
ALLIANCES = {
    "atop_alliance": "atop_alliance",
    "atop_defense": "atop_defense",
    "atop_offense": "atop_offense",
    "atop_neutrality": "atop_neutral",
    "atop_nonaggression": "atop_nonagg",
    "atop_consultation": "atop_consul",
}


def disputes(prefix: str) -> dict[str, str]:
    """Names of the columns of disputes, ours and theirs."""
    return {
        f"{prefix}_ongoing": f"{prefix}ongoing",
        f"{prefix}_onset": f"{prefix}onset",
        **{f"{prefix}_{ours}": theirs for ours, theirs in WHOLE.items()},
        **{
            f"{prefix}_{ours}_{state}": f"{theirs}{state}"
            for ours, theirs in SUFFIXED.items()
            for state in (1, 2)
        },
    }


def as_they_write(one: Panel, name: str) -> np.ndarray:
    """A column with the missing codes that peacesciencer leaves in, inside a dispute's rows."""
    values = floats(one[name])
    prefix, _, what = name.partition("_")
    if prefix in ("gmlmid", "cowmid") and what not in ("ongoing", "onset", "peace_years"):
        code = 13 if what == "start_month" else -9
        values = np.where(
            np.isnan(values) & ~np.ma.getmaskarray(one[f"{prefix}_dispute"]), code, values
        )
    return values


def differences(shared: Path, truth: str, one: Panel, names: dict[str, str]) -> list[str]:
    """What differs in sum, lowest, highest or missing, in total or in any year."""
    folder = shared / "truth" / "panel"
    totals = {
        row["column"]: row for row in csv.DictReader((folder / f"{truth}_columns.csv").open())
    }
    yearly = list(csv.DictReader((folder / f"{truth}_byyear.csv").open()))
    year = one["year"].astype(np.int64) - YEARS[0]
    found = []
    rows = np.bincount(year)
    assert [int(row["rows"]) for row in yearly] == rows.tolist()
    for ours, theirs in names.items():
        values = as_they_write(one, ours)
        total, missing = totals[theirs], np.isnan(values)
        sums = np.bincount(year, weights=np.where(missing, 0, values))
        gone = np.bincount(year, weights=missing)
        for row, added, lost in zip(yearly, sums, gone, strict=True):
            theirs_sum = float(row[f"{theirs}_sum"])
            if not np.isclose(added, theirs_sum, rtol=1e-9, atol=1e-6):
                found.append(f"{ours} {row['year']}: sum {added}, theirs {theirs_sum}")
            if int(row[f"{theirs}_na"]) != lost:
                found.append(f"{ours} {row['year']}: missing {lost}, theirs {row[f'{theirs}_na']}")
        ends = (np.nanmin(values), np.nanmax(values))
        if not np.allclose(ends, (float(total["min"]), float(total["max"])), rtol=1e-9):
            found.append(f"{ours}: {ends}, theirs {total['min']}..{total['max']}")
        assert int(total["n"]) == len(one)
    return found


@pytest.fixture(scope="module")
def full() -> Panel:
    """The panel of 57 columns with peace years."""
    parts = ("alliances", "mids", "capability", "contiguity", "majors", "regime", "peace_years")
    return panel("directed-dyad", YEARS, parts)


def test_the_full_panel_has_the_rows_and_columns_of_theirs(full: Panel, shared: Path) -> None:
    names = {**KEYS, **ALLIANCES, **disputes("gmlmid")}
    names |= {f"{our}_{s}": f"{their}{s}" for our, their in BY_STATE.items() for s in (1, 2)}
    assert len(full) == 1_685_310
    assert set(full) == {*names, "year", "contiguity", "gmlmid_peace_years"}
    assert len(full.columns) == 58
    assert differences(shared, "ddy_full", full, names) == []


def test_contiguity_differs_by_the_spells_that_one_copy_adds(full: Panel, shared: Path) -> None:
    """Their copy of version 3.2 adds 180 spells of type 0, some over spells of contact."""
    rows = keys("directed-dyad", *YEARS, Facts(date(2026, 1, 1)))
    spells = duckdb.sql(
        "SELECT ccode1::INTEGER AS cow_a, ccode2::INTEGER AS cow_b, conttype::INTEGER AS type,"
        f" stdate AS first, enddate AS last FROM '{shared}/data/cow_contdir_dated.parquet'"
    ).fetchnumpy()
    overlaid = contiguity.by_year(rows, spells, (1816, 2016))
    sums = np.bincount(full["year"].astype(np.int64) - YEARS[0], weights=overlaid)
    theirs = csv.DictReader((shared / "truth" / "panel" / "ddy_full_byyear.csv").open())
    assert [int(row["conttype_sum"]) for row in theirs] == sums.tolist()
    differ = full["contiguity"] != overlaid
    assert differ.sum() == 1376
    assert (overlaid[differ] == 0).all()


def test_contiguity_is_a_type_that_the_publishers_yearly_file_has(
    full: Panel, shared: Path
) -> None:
    """In the year of a change that file has both types."""
    yearly = duckdb.sql(
        "SELECT state1no, state2no, year, conttype FROM"
        f" '{shared}/data/cow_contdird_v32.parquet' WHERE year <= 2010"
    ).fetchnumpy()
    rows = keys("directed-dyad", *YEARS, Facts(date(2026, 1, 1)))
    found, given = rows.rows_of_pairs(yearly["state1no"], yearly["state2no"], yearly["year"])
    types = np.zeros((len(full), 6), dtype=np.bool_)
    types[found, yearly["conttype"][given]] = True
    types[:, 0] = ~types.any(axis=1)
    assert len(found) == len(yearly["year"])
    assert types[np.arange(len(full)), full["contiguity"]].all()


def test_every_row_of_disputes_and_peace_years_is_theirs(full: Panel, shared: Path) -> None:
    path = shared / "truth" / "panel" / "ddy_gml_peace.csv.gz"
    theirs = duckdb.sql(
        f"FROM read_csv('{path}', nullstr = 'NA') ORDER BY ccode1, ccode2, year"
    ).fetchnumpy()
    names = {
        **KEYS,
        "year": "year",
        "gmlmid_onset": "gmlmidonset",
        "gmlmid_ongoing": "gmlmidongoing",
        **{f"gmlmid_{our}_{s}": f"{SUFFIXED[our]}{s}"
           for our in ("initiator", "side_a", "originator") for s in (1, 2)},
        "gmlmid_peace_years": "gmlmidspell",
    }  # fmt: skip
    assert set(names.values()) == set(theirs)
    for ours, name in names.items():
        expected = floats(theirs[name])
        np.testing.assert_array_equal(floats(full[ours]), expected, err_msg=ours)


@pytest.mark.parametrize(
    ("truth", "part", "names"),
    [
        ("ddy_1816_2010", (), dict),
        ("ddy_capdist", ("distance",), lambda: {"capital_distance_sphere": "capdist"}),
        (
            "ddy_cowmid",
            ("cow_mids",),
            lambda: {k: v for k, v in disputes("cowmid").items() if "init" not in v},
        ),
    ],
)
def test_other_panels_are_theirs(
    truth: str, part: tuple[str, ...], names: Callable[[], dict[str, str]], shared: Path
) -> None:
    one = panel("directed-dyad", YEARS, part)
    assert differences(shared, truth, one, {**KEYS, **names()}) == []


def test_pairs_that_never_met_are_those_that_their_package_lists(shared: Path) -> None:
    one = panel("directed-dyad", YEARS)
    listed = duckdb.sql(f"FROM '{shared}/data/false_cow_dyads.parquet'").fetchnumpy()
    rows = keys("directed-dyad", *YEARS, Facts(date(2026, 1, 1)))
    found, _ = rows.rows_of_pairs(
        listed["ccode1"].astype(np.int64), listed["ccode2"].astype(np.int64), listed["year"]
    )
    assert len(found) == 0
    assert len(one) == 1_685_370 - len(listed["year"])
