"""One call: who had promised, who was asked, what each owed, and who came."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from foedus.assessment import register
from foedus.assessment.days import as_of_day
from foedus.catalog.facts import Facts
from foedus.domain.calls import Call
from foedus.domain.profiles import Asked, CallProfile, Moment
from foedus.domain.responses import Response
from foedus.domain.rungs import Rung, RungRange
from foedus.errors import InputError
from foedus.record.casus_foederis import verdict
from foedus.record.casus_terms import Terms, terms_of
from foedus.record.history import actor_names, occasion

FORCES_ONLY = ("cow-wars-4.0", "mid-5.0")
"""Sources that list everyone who sent forces: who is not listed sent none."""


def call_profile(
    call: str,
    *,
    as_of: date | str | None = None,
    workspace: str | Path | None = None,
    mine: bool = True,
) -> CallProfile:
    """Everything known on `as_of` (default: today) of the call with this id.

    Raises:
        InputError: no call has this id on that day.
        DateError: `as_of` is not a date, lies in the future or before 1816.
        WorkspaceError: the workspace is locked, corrupt, newer or out of reach.
    """
    return call_profile_of(Facts(as_of_day(as_of), register.overlay(workspace, mine=mine)), call)


def call_profile_of(facts: Facts, key: str) -> CallProfile:
    """`call_profile` over facts that are open already."""
    found = facts.calls(ids=[key])
    if not found:
        raise InputError(
            f"No call {key[:80]!r} is known on {facts.as_of}. Give a later as-of date, or open a"
            " call from an actor's page."
        )
    call = found[0]
    also = facts.rows(
        "SELECT id FROM calls WHERE same_as = $main OR id = $main ORDER BY id",
        {"main": call.same_as or call.id},
    )
    others = [row["id"] for row in also if row["id"] != call.id]
    also_calls = facts.calls(ids=others) if others else ()
    responses = facts.responses(calls=[call.id, *others])
    held = _held(facts, call)
    terms = terms_of(facts, list(held)) if held else {}
    names = actor_names(facts)
    given: dict[str, list[Response]] = defaultdict(list)
    for item in responses:
        given[item.guarantor].append(item)
    asked = [
        _asked(call, guarantor, held.get(guarantor, []), given.get(guarantor, []), terms, names)
        for guarantor in sorted({*held, *given})
    ]
    asked.sort(
        key=lambda one: (
            -one.delivered.low, bool(one.opposed), one.verdict.due != "due", -one.delivered.high,
            one.name,
        )
    )  # fmt: skip
    spoken = {call.beneficiary, *call.challengers, *(one.guarantor for one in asked)}
    return CallProfile(
        call=call,
        as_of=facts.as_of,
        catalog_version=facts.version,
        names={name: names.get(name, name) for name in sorted(spoken)},
        asked=tuple(asked),
        moments=_moments(call, asked),
        also=also_calls,
    )


def _held(facts: Facts, call: Call) -> dict[str, list[str]]:
    """Commitments to the beneficiary in force on some day of the call, by guarantor."""
    rows = facts.rows(
        """
        SELECT c.guarantor, list(c.id ORDER BY c.id) AS held
        FROM commitments c JOIN calls a ON a.id = $call
        WHERE c.beneficiary = a.beneficiary AND c.in_force_first IS NOT NULL
          AND c.in_force_first <= coalesce(a.ended_last, getvariable('as_of'))
          AND (c.ended_last IS NULL OR c.ended_last >= a.started_first)
          AND (c.known_until IS NULL OR c.known_until >= a.started_first)
        GROUP BY c.guarantor
        """,
        {"call": call.id},
    )
    return {row["guarantor"]: list(row["held"]) for row in rows}


def _asked(
    call: Call,
    guarantor: str,
    held: list[str],
    given: list[Response],
    terms: Mapping[str, Terms],
    names: dict[str, str],
) -> Asked:
    return Asked(
        guarantor=guarantor,
        name=names.get(guarantor, guarantor),
        commitments=tuple(terms[key].title for key in held),
        verdict=verdict((terms[key] for key in held), occasion(call)),
        asked=_any(item.asked for item in given),
        obliged=_any(item.obliged for item in given),
        delivered=_delivered(call, given),
        opposed=_any(item.opposed for item in given),
        listed=bool(given),
        responses=tuple(given),
    )


def _any(values: Iterable[bool | None]) -> bool | None:
    """True where any source says so, false where all that speak deny it, else null."""
    known = [value for value in values if value is not None]
    return any(known) if known else None


def _delivered(call: Call, given: list[Response]) -> RungRange:
    if not given:
        open_end = call.source.table not in FORCES_ONLY or call.ended is None
        return RungRange(low=Rung.NOTHING, high=Rung.FORCES if open_end else Rung.MATERIAL)
    low = max(item.rung.low for item in given)
    return RungRange(low=low, high=max(low, min(item.rung.high for item in given)))


def _moments(call: Call, asked: list[Asked]) -> tuple[Moment, ...]:
    found = [Moment(day=call.started.first, words="The attack begins", kind="call")]
    for one in asked:
        acts = [item.first_act for item in one.responses if item.first_act is not None]
        if acts:
            first = min(acts, key=lambda span: span.first)
            words = f"{one.name}: first act; {one.delivered} in all"
            if one.opposed:
                words += ", against the beneficiary"
            found.append(Moment(day=first.first, words=words, kind="act"))
    if call.ended is not None:
        found.append(Moment(day=call.ended.last, words="It ends", kind="call"))
    return tuple(sorted(found, key=lambda one: one.day))
