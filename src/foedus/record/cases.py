"""The cases that a rule counts, by hand coding or automatically, ready for `rates.tabulate`."""

from __future__ import annotations

from foedus.catalog.facts import Facts
from foedus.domain.fulfilment import Coding
from foedus.errors import InputError
from foedus.record.candidates import query
from foedus.record.casus_coding import AllianceCoding, code_all
from foedus.record.casus_foederis import Occasion, verdict
from foedus.record.casus_terms import terms_of
from foedus.record.published import PublishedCase, published_cases
from foedus.record.rates import Case
from foedus.record.rules import FulfilmentRule

Years = tuple[int, int]


def years_of(rule: FulfilmentRule, facts: Facts, years: tuple[int | None, int | None]) -> Years:
    """The years asked for, within those that the rule covers.

    Raises:
        InputError: an upside-down range, or one outside the rule's years, which it names.
    """
    first, last = rule.first_year, min(rule.last_year or facts.as_of.year, facts.as_of.year)
    start, end = years
    if start is not None and end is not None and start > end:
        raise InputError(f"The years {start} to {end} run backwards. Give the earlier one first.")
    if (start is not None and start > last) or (end is not None and end < first):
        asked = f"{'' if start is None else start} to {'' if end is None else end}".strip()
        raise InputError(f"Rule {rule.name} covers {first} to {last}; {asked} lies outside.")
    return (first if start is None else start, last if end is None else end)


def cases(facts: Facts, rule: FulfilmentRule, coding: Coding, years: Years) -> tuple[Case, ...]:
    """Every case of the rule whose war or call began in these years."""
    if rule.unit == "guarantor and call":
        found = call_cases(facts, rule)
    elif coding == "published":
        found = tuple(case.under(rule) for case in published_cases(facts))
    else:
        coded = code_all(facts)
        found = tuple(
            automatic_case(case, coded[case.war, case.atopid], rule)
            for case in published_cases(facts)
        )
    return tuple(case for case in found if years[0] <= case.year <= years[1])


def automatic_case(case: PublishedCase, coded: AllianceCoding, rule: FulfilmentRule) -> Case:
    """An alliance and war as coded automatically; of the published row only what ATOP codes."""
    due = coded.due if coded.due is None else coded.due or rule.any_text
    return Case(
        cluster=str(case.war),
        year=case.year,
        due=due,
        honoured=honoured(coded, rule) if due else None,
        obligations=case.obligations,
        multilateral=case.multilateral,
    )


def honoured(coded: AllianceCoding, rule: FulfilmentRule) -> bool:
    """Whether the rule counts a tested alliance as honoured."""
    if rule.lenient and coded.due:
        due = [one for one in coded.members if one.due]
        return any(one.kept for one in due) and not any(one.against for one in due)
    return bool(coded.honoured)


def call_cases(facts: Facts, rule: FulfilmentRule) -> tuple[Case, ...]:
    """Every guarantor and call in which it held a promise; a war's calls share one cluster."""
    terms = terms_of(facts)
    rows = facts.rows(
        query(
            "candidates",
            "JOIN attacks a ON a.id = call SELECT call, guarantor, commitments, multilateral,"
            " rung_low, rung_high, a.challengers, a.started_first, a.started_last, a.ended_last"
            " WHERE commitments <> [] ORDER BY call, guarantor",
        )
    )
    found = []
    for row in rows:
        occasion = Occasion(
            adversaries=frozenset(row["challengers"] or ()),
            attacked=True,
            began=row["started_last"],
            ended=row["ended_last"],
        )
        told = verdict((terms[key] for key in row["commitments"]), occasion)
        due = {"due": True, "not due": False, "cannot tell": None}[told.due]
        found.append(
            Case(
                cluster=row["call"].split(":")[0],
                year=row["started_first"].year,
                due=due,
                honoured=reached(row["rung_low"], row["rung_high"], rule),
                obligations=(told.obligation,) if told.obligation else (),
                multilateral=row["multilateral"],
            )
        )
    return tuple(found)


def reached(low: int, high: int, rule: FulfilmentRule) -> bool | None:
    """Whether the rule's rung was reached, from the bounds that sources leave; null is open."""
    if low >= rule.rung:
        return True
    return False if high < rule.rung else None
