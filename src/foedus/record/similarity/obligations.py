"""Portfolios of alliance obligations: what each state owes every state in a year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from foedus.catalog.facts import FIRST_DAY, Facts
from foedus.catalog.vintages import last_year
from foedus.record.similarity.portfolios import Codes, Portfolios

_TABLE = "alliance_years"
_STRONGEST = 3
_RUNS = f"""
    SELECT cow_a, cow_b, first_year, last_year,
           CASE WHEN defense OR offense THEN {_STRONGEST}
                WHEN neutrality OR consultation THEN 2
                WHEN nonaggression THEN 1 ELSE 0 END AS level
    FROM {_TABLE}
"""


def obligation_years(facts: Facts) -> tuple[int, ...]:
    """The years that can be compared: whole years before the as-of date that ATOP covers."""
    whole = facts.as_of.year - (facts.as_of.month < 12 or facts.as_of.day < 31)
    return tuple(range(FIRST_DAY.year, min(whole, last_year(_TABLE)) + 1))


def obligation_portfolios(facts: Facts, years: Iterable[int]) -> Iterator[Portfolios]:
    """Each year's directed matrix of the highest obligation between the states of that year.

    Level 3 is defence or offence, 2 neutrality or consultation, 1 nonaggression, 0 none; a
    state's entry for itself is 3. A state counts in every year in which it was in the COW
    system on any day; an alliance with a state outside it (occupied in 1942) does not count.

    Source: ATOP 5.1 directed dyad-years; COW state system 2016; National Material
    Capabilities 7.0 (weights, CINC).
    """
    runs = facts.arrays(_RUNS)
    spells = facts.arrays(
        "SELECT cow, year(first) AS first, coalesce(year(last), 9999) AS last FROM system_members"
    )
    shares = facts.arrays("SELECT cow, year, cinc FROM capability WHERE cinc IS NOT NULL")
    for year in years:
        states: Codes = np.unique(
            spells["cow"][(spells["first"] <= year) & (spells["last"] >= year)]
        ).astype(np.int64)
        place = np.full(1000, -1)
        place[states] = np.arange(len(states))
        held = (runs["first_year"] <= year) & (runs["last_year"] >= year)
        guarantor, beneficiary = place[runs["cow_a"][held]], place[runs["cow_b"][held]]
        inside = (guarantor >= 0) & (beneficiary >= 0)
        levels = np.zeros((len(states), len(states)), dtype=np.int8)
        levels[guarantor[inside], beneficiary[inside]] = runs["level"][held][inside]
        np.fill_diagonal(levels, _STRONGEST)
        weights = np.full(1000, np.nan)
        known = shares["year"] == year
        weights[shares["cow"][known]] = shares["cinc"][known]
        yield Portfolios(year, states, levels, weights[states])
