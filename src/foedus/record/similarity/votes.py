"""Portfolios of votes: how each state voted on the roll calls of one UN session."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from foedus.catalog.facts import Facts
from foedus.record.similarity.portfolios import Portfolios

_LEVEL_OF = np.full(128, -1, dtype=np.int8)
_LEVEL_OF[[ord(letter) for letter in "nay"]] = (0, 1, 2)


def vote_years(facts: Facts) -> tuple[int, ...]:
    """The years whose session had ended by the as-of date; 1945 plus the session's number."""
    return tuple(row["year"] for row in facts.rows("SELECT DISTINCT year FROM un_votes ORDER BY 1"))


def vote_portfolios(facts: Facts, years: Iterable[int]) -> Iterator[Portfolios]:
    """Each year's matrix of votes (states, roll calls): 0 no, 1 abstain, 2 yes, -1 no vote.

    Not voting is no abstention: a roll call counts for a pair only where both voted.

    Source: Voeten 2013, as packaged in unvotes 0.3.
    """
    found = facts.arrays("SELECT cow, year, votes FROM un_votes ORDER BY year, cow")
    for year in years:
        rows = np.flatnonzero(found["year"] == year)
        packed = "".join(found["votes"][rows]).encode("ascii")
        levels = _LEVEL_OF[np.frombuffer(packed, dtype=np.uint8)].reshape(len(rows), -1)
        yield Portfolios(year, found["cow"][rows].astype(np.int64), levels)
