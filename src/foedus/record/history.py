"""A guarantor's record: its past calls before the as-of date, with what was owed and delivered."""

from __future__ import annotations

from collections.abc import Sequence

from foedus.catalog.facts import Facts
from foedus.domain.assessments import PastCall, Rate, Record, Verdict
from foedus.domain.calls import Call
from foedus.domain.commitments import OBLIGATIONS, Obligation
from foedus.domain.fulfilment import WarCase
from foedus.domain.rungs import Rung, RungRange
from foedus.record.candidates import query
from foedus.record.casus_foederis import Occasion, in_force, verdict
from foedus.record.casus_terms import terms_of
from foedus.record.history_wars import war_cases
from foedus.record.rates import rate, rate_of
from foedus.record.rules import FOEDUS_RUNG, FulfilmentRule


def past_calls(facts: Facts, givers: Sequence[str], names: dict[str, str]) -> tuple[PastCall, ...]:
    """Every attack in which a giver held a commitment, or which one answered, newest first.

    Several givers (an organisation's members) answer as one: only attacks on one of them
    count, and what was delivered is the highest rung that any of them reached.
    """
    found = facts.rows(
        query("candidates", _TOGETHER),
        {"givers": list(givers), "several": len(givers) > 1},
    )
    calls = {call.id: call for call in facts.calls(ids=[row["call"] for row in found])}
    terms = terms_of(facts, givers)
    responses = {item.id: item for giver in givers for item in facts.responses(guarantor=giver)}
    return tuple(
        PastCall(
            call=(call := calls[row["call"]]),
            beneficiary_name=names.get(call.beneficiary, call.beneficiary),
            challenger_names=tuple(names.get(key, key) for key in call.challengers),
            verdict=verdict((terms[key] for key in row["held"]), occasion(call)),
            responses=tuple(responses[key] for key in row["given"]),
            delivered=RungRange(low=Rung(row["low"]), high=Rung(row["high"])),
            opposed=row["against"],
        )
        for row in found
    )


def broken_promises(
    facts: Facts, givers: Sequence[str], names: dict[str, str]
) -> tuple[PastCall, ...]:
    """Every use of force by a giver itself against a state to which it was bound, newest first.

    Consultation alone binds nobody to peace. These stand apart from the calls of `past_calls`.
    """
    rows = facts.rows(
        query(
            "broken",
            "SELECT call, flatten(list(commitments)) AS held, any_value(started_first) AS begun"
            " WHERE list_contains($givers, guarantor) GROUP BY call ORDER BY begun DESC, call",
        ),
        {"givers": list(givers)},
    )
    calls = {call.id: call for call in facts.calls(ids=[row["call"] for row in rows])}
    terms = terms_of(facts, givers)
    found = []
    for row in rows:
        call = calls[row["call"]]
        bound = [
            one
            for key in row["held"]
            if (one := terms[key]).on_another and in_force(one, occasion(call))
        ]
        if not bound:
            continue
        first = next((one for one in bound if "nonaggression" in one.promised), bound[0])
        kind: Obligation = (
            "nonaggression"
            if "nonaggression" in first.promised
            else next(name for name in OBLIGATIONS if name in first.promised)
        )
        found.append(
            PastCall(
                call=call,
                beneficiary_name=names.get(call.beneficiary, call.beneficiary),
                challenger_names=tuple(names.get(key, key) for key in call.challengers),
                verdict=Verdict(
                    due="due",
                    obligation=kind,
                    commitment=first.id,
                    reason=f"itself used force against the beneficiary, bound by {first.title}",
                ),
                responses=(),
                delivered=RungRange(low=Rung.NOTHING, high=Rung.NOTHING),
                opposed=True,
            )
        )
    return tuple(found)


def occasion(call: Call) -> Occasion:
    """An attack on the beneficiary, as an occasion to test what was promised to it."""
    return Occasion(
        adversaries=frozenset(call.challengers),
        attacked=call.role == "target",
        began=call.started.last,
        ended=call.ended.last if call.ended else None,
    )


_TOGETHER = """
    SELECT call, flatten(list(commitments ORDER BY guarantor)) AS held,
           flatten(list(responses ORDER BY guarantor)) AS given,
           max(rung_low) AS low, max(rung_high) AS high, bool_or(opposed) AS against,
           any_value(started_first) AS started_first
    WHERE list_contains($givers, guarantor)
      AND (NOT $several OR (list_contains($givers, beneficiary) AND multilateral))
    GROUP BY call ORDER BY started_first DESC, call
"""


def record(
    facts: Facts,
    givers: Sequence[str],
    beneficiary: str,
    names: dict[str, str],
    rule: FulfilmentRule = FOEDUS_RUNG,
) -> Record:
    """Every past call with its verdict, and the rates under the rule.

    Rules of alliance and war give one rate for each of their codings, over the alliances of
    the givers; `foedus-rung` gives calls due at two rungs, and calls not due.
    """
    calls = past_calls(facts, givers, names)
    if rule.unit == "guarantor and call":
        rates = call_rates(calls)
    else:
        rates = tuple(
            _war_rate(coding, war_cases(facts, givers, rule, coding)) for coding in rule.codings
        )
    return Record(
        rule=rule.name,
        rule_text=rule.text,
        calls=calls,
        with_beneficiary=tuple(past for past in calls if past.call.beneficiary == beneficiary),
        total=len(calls),
        rates=rates,
    )


WAR = 5
"""MID hostility of a war; below it, a use of force may be a single shot at a border."""


def call_rates(calls: Sequence[PastCall]) -> tuple[Rate, ...]:
    """The rates under `foedus-rung`."""
    due = [past for past in calls if past.verdict.due == "due"]
    perhaps = [past for past in calls if past.verdict.due == "cannot tell"]
    not_due = [past for past in calls if past.verdict.due == "not due"]
    wars = [past for past in due if past.call.hostility == WAR]
    return (
        rate("Help due: forces came", due, Rung.FORCES),
        rate("Help due in a war: forces came", wars, Rung.FORCES),
        rate("Help due: material support or forces came", due, Rung.MATERIAL),
        rate("Help perhaps due (conditions unsettled): forces came", perhaps, Rung.FORCES),
        rate("Nothing due: forces came all the same", not_due, Rung.FORCES),
        rate("Nothing due: material support or forces came", not_due, Rung.MATERIAL),
    )


def _war_rate(coding: str, wars: Sequence[WarCase]) -> Rate:
    due = [case for case in wars if case.due == "due"]
    return rate_of(
        f"Alliances put to the test in war, {coding} coding: honoured",
        sum(bool(case.honoured) for case in due),
        len(due),
        sum(case.due == "cannot tell" for case in wars),
    )


def actor_names(facts: Facts) -> dict[str, str]:
    """Display names by actor id."""
    return {row["id"]: row["name"] for row in facts.rows("SELECT id, name FROM actors")}
