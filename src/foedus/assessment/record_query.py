"""The record of one guarantor, and rates of fulfilment, each under a named rule."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from foedus.assessment.days import as_of_day
from foedus.assessment.parties import givers_of
from foedus.catalog.actors import ActorIndex
from foedus.catalog.facts import Facts
from foedus.domain.assessments import PastCall
from foedus.domain.fulfilment import Coding, GuarantorRecord, RateLine, RuleInfo, WarCase
from foedus.record.cases import cases, reached, years_of
from foedus.record.history import actor_names, broken_promises, past_calls
from foedus.record.history_wars import war_cases
from foedus.record.rates import Case, check_groups, tabulate
from foedus.record.rules import FOEDUS_RUNG, RULES, FulfilmentRule, find_coding, find_rule

Years = tuple[int | None, int | None]


def rules() -> list[RuleInfo]:
    """Every fulfilment rule with its text, citation, unit, years and codings."""
    return [rule.info for rule in RULES.values()]


def rule_info(rule: str, coding: str | None = None) -> tuple[RuleInfo, Coding]:
    """The rule of that name, and the coding that is used where `coding` is asked for.

    Raises:
        InputError: an unknown rule or coding; names those that exist.
    """
    found = find_rule(rule)
    return found.info, find_coding(found, coding)


def rates(
    by: str | Sequence[str] = (),
    *,
    rule: str = "berkemeier-fuhrmann-2018",
    coding: str | None = None,
    years: Years = (None, None),
    as_of: date | str | None = None,
    workspace: str | Path | None = None,
    mine: bool = True,
) -> list[RateLine]:
    """Honoured, due, rate and intervals under a rule, one line for each group of `by`.

    `by` names groups among era, obligation and multilateral, as a list or with commas; none
    gives one line. A case counts under each of its obligations. `coding` is `published` (by
    hand) or `automatic`; without it, the rule's first. `years` (first, last) bound the
    beginning of a war or call. The workspace's own commitments, calls and responses lie over
    the catalog's, unless `mine` is false.

    Raises:
        InputError: an unknown rule, coding, group or range of years; names those that exist.
        DateError: `as_of` is not a date, lies in the future or before 1816.
        WorkspaceError: the workspace is locked, corrupt, newer or out of reach.
    """
    groups = [name.strip() for name in by.split(",")] if isinstance(by, str) else list(by)
    groups = [name for name in groups if name]
    chosen = find_rule(rule)
    of = find_coding(chosen, coding)
    check_groups(groups)
    facts = _facts(as_of, workspace, mine)
    return tabulate(cases(facts, chosen, of, years_of(chosen, facts, years)), groups)


def record(
    guarantor: str,
    *,
    rule: str = FOEDUS_RUNG.name,
    coding: str | None = None,
    years: Years = (None, None),
    as_of: date | str | None = None,
    workspace: str | Path | None = None,
    mine: bool = True,
) -> GuarantorRecord:
    """What one guarantor owed and delivered, case by case, with rates by era and obligation.

    An organisation stands for its members on the day: only attacks on one of them count, and
    what any of them delivered. `workspace` and `mine` are as in `rates`.

    Raises:
        UnknownActor, AmbiguousActor: a name that leads to no actor, or to several.
        InputError: an unknown rule, coding or range of years; names those that exist.
        DateError: `as_of` is not a date, lies in the future or before 1816.
        WorkspaceError: the workspace is locked, corrupt, newer or out of reach.
    """
    chosen = find_rule(rule)
    of = find_coding(chosen, coding)
    facts = _facts(as_of, workspace, mine)
    wanted = years_of(chosen, facts, years)
    giver = ActorIndex(facts.connection).resolve(guarantor, on=facts.as_of)
    givers = givers_of(facts, giver)
    calls: tuple[PastCall, ...] = ()
    broken: tuple[PastCall, ...] = ()
    wars: tuple[WarCase, ...] = ()
    if chosen.unit == "guarantor and call":
        names = actor_names(facts)
        calls = _within(wanted, past_calls(facts, givers, names))
        broken = _within(wanted, broken_promises(facts, givers, names))
        counted = [_case_of_call(past, chosen) for past in calls]
    else:
        wars = war_cases(facts, givers, chosen, of, wanted)
        counted = [_case_of_war(case) for case in wars]
    total = tabulate(counted)[0]
    return GuarantorRecord(
        guarantor=giver,
        as_of=facts.as_of,
        rule=chosen.info,
        coding=of,
        first_year=wanted[0],
        last_year=wanted[1],
        total=len(counted),
        due=sum(case.due is True for case in counted),
        delivered=total.honoured,
        against=sum(bool(past.opposed) for past in (*calls, *broken))
        + sum(bool(war.against) for war in wars),
        unknown=total.unknown,
        rates=(total, *tabulate(counted, ("era",)), *tabulate(counted, ("obligation",))),
        calls=calls,
        wars=wars,
        broken=broken,
    )


def _within(years: tuple[int, int], calls: tuple[PastCall, ...]) -> tuple[PastCall, ...]:
    return tuple(past for past in calls if years[0] <= past.call.started.first.year <= years[1])


def record_rows(found: GuarantorRecord) -> list[dict[str, str | int | bool | None]]:
    """The record's cases as flat rows of equal columns, for CSV: one call or war each.

    The guarantor's own attacks on those to whom it was bound come last.
    """
    if found.rule.unit == "guarantor and call":
        return [_call_row(found, past) for past in (*found.calls, *found.broken)]
    return [_war_row(found, case) for case in found.wars]


def _call_row(found: GuarantorRecord, past: PastCall) -> dict[str, str | int | bool | None]:
    call, told = past.call, past.verdict
    return {
        "guarantor": found.guarantor.id,
        "rule": found.rule.name,
        "call": call.id,
        "name": call.name,
        "beneficiary": call.beneficiary,
        "challengers": ";".join(call.challengers),
        "started": str(call.started),
        "ended": None if call.ended is None else str(call.ended),
        "hostility": call.hostility,
        "due": told.due,
        "obligation": told.obligation,
        "commitment": told.commitment,
        "reason": told.reason,
        "rung_low": int(past.delivered.low),
        "rung_high": int(past.delivered.high),
        "against": past.opposed,
        "source": call.source.table,
    }


def _war_row(found: GuarantorRecord, case: WarCase) -> dict[str, str | int | bool | None]:
    return {
        "guarantor": found.guarantor.id,
        "rule": found.rule.name,
        "coding": found.coding,
        "war": case.war,
        "name": case.war_name,
        "ended": case.war_ended.isoformat(),
        "atopid": case.atopid,
        "title": case.title,
        "multilateral": case.multilateral,
        "obligations": ";".join(case.obligations),
        "due": case.due,
        "honoured": case.honoured,
        "against": case.against,
        "reason": case.reason,
    }


_DUE = {"due": True, "not due": False, "cannot tell": None}


def _case_of_call(past: PastCall, rule: FulfilmentRule) -> Case:
    told = past.verdict
    return Case(
        cluster=past.call.id.split(":")[0],
        year=past.call.started.first.year,
        due=_DUE[told.due],
        honoured=reached(int(past.delivered.low), int(past.delivered.high), rule),
        obligations=(told.obligation,) if told.obligation else (),
        multilateral=False,
    )


def _case_of_war(case: WarCase) -> Case:
    return Case(
        cluster=str(case.war),
        year=case.year,
        due=_DUE[case.due],
        honoured=case.honoured,
        obligations=case.obligations,
        multilateral=case.multilateral,
    )


def _facts(as_of: date | str | None, workspace: str | Path | None, mine: bool) -> Facts:
    day = as_of_day(as_of)
    from foedus.assessment import register

    return Facts(as_of=day, overlay=register.overlay(workspace, mine=mine))
