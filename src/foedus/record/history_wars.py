"""A guarantor's alliances in war: the cases of a rule whose unit is alliance and war."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Literal

from foedus.catalog.facts import Facts
from foedus.domain.fulfilment import Coding, WarCase
from foedus.record.cases import Years, automatic_case, years_of
from foedus.record.casus_coding import AllianceCoding, code_all
from foedus.record.casus_terms import COLUMNS, Terms, to_terms
from foedus.record.published import PublishedCase, published_cases
from foedus.record.rules import FulfilmentRule


def war_cases(
    facts: Facts,
    givers: Sequence[str],
    rule: FulfilmentRule,
    coding: Coding,
    years: Years | None = None,
) -> tuple[WarCase, ...]:
    """The rule's cases of alliances in which a giver stood to a party of the war, newest first.

    An alliance counts where a giver's promise in it was signed before the war's end and had
    not ended before its beginning.
    """
    first, last = years or years_of(rule, facts, (None, None))
    held: dict[int, list[Terms]] = defaultdict(list)
    for row in facts.rows(
        f"SELECT {COLUMNS} FROM commitments WHERE atopid IN (SELECT atopid FROM fulfilment)"
        " AND list_contains($givers, guarantor)",
        {"givers": list(givers)},
    ):
        held[row["atopid"]].append(to_terms(row))
    coded = code_all(facts) if coding == "automatic" else {}
    found = [
        _war_case(case, standing[0].title, rule, coded.get((case.war, case.atopid)))
        for case in published_cases(facts)
        if first <= case.year <= last
        and (standing := [one for one in held[case.atopid] if _stood(one, case)])
    ]
    return tuple(sorted(found, key=lambda case: (-case.war_ended.toordinal(), case.atopid)))


def _stood(terms: Terms, case: PublishedCase) -> bool:
    return (
        terms.begins is not None
        and terms.begins <= case.ended
        and (terms.ends is None or terms.ends >= case.began)
    )


def _war_case(
    case: PublishedCase, title: str, rule: FulfilmentRule, coded: AllianceCoding | None
) -> WarCase:
    under = case.under(rule) if coded is None else automatic_case(case, coded, rule)
    due: Literal["due", "not due", "cannot tell"] = "cannot tell"
    if under.due is not None:
        due = "due" if under.due else "not due"
    return WarCase(
        war=case.war,
        war_name=case.war_name,
        war_ended=case.ended,
        year=case.year,
        atopid=case.atopid,
        title=title,
        multilateral=case.multilateral,
        obligations=case.obligations,
        due=due,
        honoured=under.honoured,
        against=None if coded is None else any(one.against for one in coded.members),
        reason=_reason(case, rule) if coded is None else _told(coded.reason, rule),
    )


def _reason(case: PublishedCase, rule: FulfilmentRule) -> str:
    if case.due:
        return f"coded by hand: {'honoured' if case.honoured else 'violated'}"
    return _told(f"coded by hand: {case.why_not}", rule)


def _told(reason: str, rule: FulfilmentRule) -> str:
    return f"counts under this rule whatever its text; by it, {reason}" if rule.any_text else reason
