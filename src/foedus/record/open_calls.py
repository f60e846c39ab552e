"""Open calls: attacks on the beneficiary that go on, and what the guarantor has given so far."""

from __future__ import annotations

from collections.abc import Sequence

from foedus.catalog.facts import Facts
from foedus.domain.assessments import PastCall
from foedus.domain.rungs import Rung, RungRange
from foedus.record.casus_foederis import verdict
from foedus.record.casus_terms import terms_of
from foedus.record.history import occasion

GOES_ON = """c.ended_last IS NULL AND c.same_as IS NULL
    AND (c.known_until IS NULL OR c.known_until >= getvariable('as_of'))"""
"""SQL: the call `c` is open, its source still speaks of the day, and it is counted once."""


def open_calls(
    facts: Facts, givers: Sequence[str], beneficiary: str, names: dict[str, str]
) -> tuple[PastCall, ...]:
    """Attacks on the beneficiary known to go on, newest first; `delivered` is a lower bound."""
    rows = facts.rows(
        f"""
        SELECT c.id, list(p.id ORDER BY p.id) FILTER (p.id IS NOT NULL) AS held
        FROM calls c LEFT JOIN commitments p
          ON p.beneficiary = c.beneficiary AND p.guarantor IN (SELECT unnest($givers))
         AND p.ended_last IS NULL AND p.in_force_first <= getvariable('as_of')
         AND (p.known_until IS NULL OR p.known_until >= c.started_first)
        WHERE c.beneficiary = $beneficiary AND c.role = 'target' AND {GOES_ON}
        GROUP BY c.id, c.started_first ORDER BY c.started_first DESC, c.id
        """,
        {"givers": list(givers), "beneficiary": beneficiary},
    )
    if not rows:
        return ()
    calls = {call.id: call for call in facts.calls(ids=[row["id"] for row in rows])}
    terms = terms_of(facts, givers)
    given = [
        item
        for item in facts.responses(calls=[row["id"] for row in rows])
        if item.guarantor in set(givers)
    ]
    found = []
    for row in rows:
        call = calls[row["id"]]
        mine = tuple(item for item in given if item.call == call.id)
        low = max((item.rung.low for item in mine), default=Rung.NOTHING)
        found.append(
            PastCall(
                call=call,
                beneficiary_name=names.get(call.beneficiary, call.beneficiary),
                challenger_names=tuple(names.get(key, key) for key in call.challengers),
                verdict=verdict((terms[key] for key in row["held"] or ()), occasion(call)),
                responses=mine,
                delivered=RungRange(low=low, high=Rung.FORCES),
                opposed=next((item.opposed for item in mine if item.opposed is not None), None),
            )
        )
    return tuple(found)
