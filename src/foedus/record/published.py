"""Alliances in war as coded by hand: the published coding, case by case and as tables.

Source: Berkemeier and Fuhrmann 2018, replication file (primary coding).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from foedus.catalog.facts import Facts
from foedus.domain.commitments import OBLIGATIONS
from foedus.record.rates import Case
from foedus.record.rules import FulfilmentRule


@dataclass(frozen=True, slots=True)
class PublishedCase:
    """One alliance in one war, as coded by hand. `why_not` says why it was not put to the test."""

    war: int
    war_name: str
    began: date
    ended: date
    atopid: int
    before_1945: bool
    multilateral: bool
    obligations: tuple[str, ...]
    due: bool
    honoured: bool
    honoured_leniently: bool
    why_not: str | None
    due_second: bool
    honoured_second: bool

    @property
    def year(self) -> int:
        """The year in which the war began, or 1945 for what its coders count from then on."""
        return self.began.year if self.before_1945 else max(self.began.year, 1945)

    def under(self, rule: FulfilmentRule, *, second: bool = False) -> Case:
        """The case under a rule; `second` takes the authors' other coding."""
        due = self.due_second if second else self.due
        honoured = self.honoured_second if second else self.honoured
        if rule.lenient:
            honoured = self.honoured_leniently
        due = due or rule.any_text
        return Case(
            cluster=str(self.war),
            year=self.year,
            due=due,
            honoured=honoured if due else None,
            obligations=self.obligations,
            multilateral=self.multilateral,
        )


def published_cases(facts: Facts) -> tuple[PublishedCase, ...]:
    """Every coded alliance and war that had ended by the facts' day, by war and ATOP id."""
    rows = facts.rows(
        "SELECT f.*, (SELECT min(began) FROM war_dyads d WHERE d.war = f.war) AS war_began"
        " FROM fulfilment f ORDER BY war, atopid"
    )
    return tuple(_case(row) for row in rows)


def _case(row: dict[str, Any]) -> PublishedCase:
    return PublishedCase(
        war=row["war"],
        war_name=row["war_name"],
        began=row["war_began"],
        ended=row["war_ended"],
        atopid=row["atopid"],
        before_1945=row["before_1945"],
        multilateral=row["multilateral"],
        obligations=tuple(name for name in OBLIGATIONS if row[name]),
        due=row["due"],
        honoured=row["honoured"],
        honoured_leniently=row["honoured_leniently"],
        why_not=row["why_not"],
        due_second=row["due_second"],
        honoured_second=row["honoured_second"],
    )
