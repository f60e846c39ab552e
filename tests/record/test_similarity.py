"""Similarity of states over alliances and UN votes, as published and as peers compute it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pytest

from foedus.catalog.facts import Facts
from foedus.catalog.vintages import bibtex
from foedus.errors import InputError
from foedus.record.similarity.measures import MEASURES, WEIGHTED
from foedus.record.similarity.obligations import obligation_portfolios, obligation_years
from foedus.record.similarity.similarity import similarity

USA, UK, FRANCE, RUSSIA, CUBA = 2, 200, 220, 365, 40
TRUTH = {
    "sallyvs": "s_squared",
    "sallyva": "s_absolute",
    "sallybs": "s_binary",
    "sallyba": "s_binary",
    "pallyv": "pi_nominal",
    "pallyb": "pi_binary",
    "kallyv": "kappa_rank",
    "kallyb": "kappa_binary",
    "haege_kappa_vs": "kappa_squared",
    "haege_kappa_va": "kappa_absolute",
    "haege_kappa_bs": "kappa_binary",
    "haege_kappa_ba": "kappa_binary",
    "haege_pi_vs": "pi_squared",
    "haege_pi_va": "pi_absolute",
    "haege_pi_bs": "pi_binary",
    "haege_pi_ba": "pi_binary",
    "taub": "tau_b",
}


@pytest.fixture(scope="module")
def facts() -> Facts:
    return Facts(date(2026, 6, 30))


@pytest.mark.shared
@pytest.mark.parametrize("year", [1816, 1914, 1938, 1980])
def test_the_matrix_of_obligations_is_the_reference_input(
    shared: Path, facts: Facts, year: int
) -> None:
    path = shared / "truth" / "similarity" / f"input_{year}.csv.gz"
    given = duckdb.sql(f"FROM read_csv('{path}') ORDER BY ccode1, ccode2").fetchnumpy()
    (held,) = obligation_portfolios(facts, [year])
    assert held.states.tolist() == sorted(set(given["ccode1"].tolist()))
    assert held.levels.ravel().tolist() == given["ordatop"].tolist()


@pytest.mark.shared
@pytest.mark.parametrize("year", [1816, 1914, 1938, 1980])
def test_every_measure_equals_the_reference_for_every_pair(
    shared: Path, facts: Facts, year: int
) -> None:
    path = shared / "truth" / "similarity" / f"similarity_{year}.csv.gz"
    truth = duckdb.sql(
        f"FROM read_csv('{path}', nullstr=['NA', '']) WHERE ccode1 <> ccode2"
    ).fetchnumpy()
    found = similarity(year, facts=facts).gather(
        truth["ccode1"], truth["ccode2"], np.full(len(truth["ccode1"]), year)
    )
    for theirs, ours in TRUTH.items():
        expected = np.ma.filled(np.ma.asarray(truth[theirs], dtype=np.float64), np.nan)
        np.testing.assert_allclose(found[ours], expected, rtol=0, atol=1e-9, err_msg=theirs)


@pytest.mark.shared
def test_every_year_holds_what_atop_codes_between_states_of_that_year(
    shared: Path, facts: Facts
) -> None:
    coded = duckdb.sql(f"""
        SELECT year, ccode1, ccode2,
               CASE WHEN atop_defense = 1 OR atop_offense = 1 THEN 3
                    WHEN atop_neutral = 1 OR atop_consul = 1 THEN 2 ELSE 1 END AS level
        FROM '{shared / "data" / "atop51_dyad_year_directed.parquet"}'
        WHERE atop_defense + atop_offense + atop_neutral + atop_nonagg + atop_consul > 0
    """).fetchnumpy()
    years = obligation_years(facts)
    assert (years[0], years[-1]) == (1816, 2018)
    for held in obligation_portfolios(facts, years):
        expected = np.zeros((1000, 1000), dtype=np.int8)
        rows = coded["year"] == held.year
        expected[coded["ccode1"][rows], coded["ccode2"][rows]] = coded["level"][rows]
        expected[held.states, held.states] = 3
        assert (held.levels == expected[np.ix_(held.states, held.states)]).all(), held.year


@pytest.mark.shared
def test_agreement_in_votes_is_that_of_the_publishers_rows(shared: Path, facts: Facts) -> None:
    table = duckdb.sql(f"""
        SELECT session + 1945 AS year, agree_s, n_joint, country1, country2
        FROM '{shared / "data" / "derived_un_agreement_dyad_session.parquet"}'
        WHERE country1 IN ('Cuba', 'France', 'Poland') AND country2 = 'United States'
           OR country1 = 'United Kingdom' AND country2 IN ('United States', 'Yugoslavia')
    """).fetchall()
    codes = {
        "Cuba": CUBA, "France": FRANCE, "Poland": 290, "United States": USA,
        "United Kingdom": UK, "Yugoslavia": 345,
    }  # fmt: skip
    assert len(table) > 300
    years, agreement, _, first, second = zip(*table, strict=True)
    found = similarity(range(1946, 2020), "votes", ["s_absolute"], facts).gather(
        np.array([codes[name] for name in first]),
        np.array([codes[name] for name in second]),
        np.array(years),
    )
    np.testing.assert_allclose(found["s_absolute"], 2 * np.array(agreement) - 1, atol=1e-9)


def test_allies_are_more_alike_than_adversaries(facts: Facts) -> None:
    pairs = np.array([USA, USA]), np.array([UK, RUSSIA]), np.array([1985, 1985])
    for source in ("alliances", "votes"):
        with_uk, with_russia = similarity(1985, source, ["s_absolute"], facts).gather(*pairs)[
            "s_absolute"
        ]
        assert with_uk > with_russia


def test_a_value_is_found_in_either_order_and_unknown_is_not_a_number(facts: Facts) -> None:
    found = similarity([1913, 1914], measures=["tau_b", "s_absolute_capability"], facts=facts)
    one, other, year = (
        np.array([USA, UK, USA, USA, USA, 999, -9, 5000]),
        np.array([UK, USA, USA, UK, 817, USA, USA, UK]),
        np.array([1914, 1914, 1914, 1812, 1914, 1914, 1914, 1914]),
    )
    for values in found.gather(one, other, year).values():
        assert values[0] == values[1]
        assert np.isnan(values[2:]).all()


def test_the_table_and_the_lookup_agree(facts: Facts) -> None:
    found = similarity((1816, 1950, 2018), facts=facts)
    table = found.table()
    assert set(table) == {"year", "cow_a", "cow_b", *MEASURES, *WEIGHTED}
    assert (table["cow_a"] < table["cow_b"]).all()
    rows = found.rows_of(table["cow_b"], table["cow_a"], table["year"])
    assert rows.tolist() == list(range(len(table["year"])))


@pytest.mark.parametrize(
    ("source", "work"), [("alliances", "leeds2002atop"), ("votes", "voeten2013data")]
)
def test_the_data_behind_a_measure_can_be_cited(facts: Facts, source: str, work: str) -> None:
    assert work in bibtex(similarity(1950, source, facts=facts).vintages)


def test_what_was_not_yet_known_is_not_compared() -> None:
    then = Facts(date(1939, 9, 1))
    with pytest.raises(InputError, match="1816-1938"):
        similarity(1939, facts=then)
    now = similarity(1938, measures=["s_squared", "kappa_rank", "s_absolute_capability"])
    before = similarity(1938, measures=tuple(now.columns), facts=then)
    for name, column in now.columns.items():
        np.testing.assert_array_equal(before.columns[name], column)


def test_a_session_is_withheld_until_its_last_vote() -> None:
    with pytest.raises(InputError, match="1946-1984"):
        similarity(1985, "votes", facts=Facts(date(1985, 11, 1)))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"years": 1914, "source": "trade"}, "There are alliances, votes"),
        ({"years": 1914, "measures": ["kapa"]}, "kappa_rank"),
        ({"years": 1985, "source": "votes", "measures": ["s_absolute_capability"]}, "tau_b"),
        ({"years": 2019}, "2019 is not covered.*1816-2018"),
        ({"years": [1815, 1816]}, "1815 is not covered"),
        ({"years": []}, "No year was given"),
        ({"years": 1945, "source": "votes"}, "1946-2019"),
    ],
)
def test_a_wrong_request_says_what_there_is(
    facts: Facts, arguments: dict[str, object], message: str
) -> None:
    with pytest.raises(InputError, match=message):
        similarity(**arguments, facts=facts)  # type: ignore[arg-type]
