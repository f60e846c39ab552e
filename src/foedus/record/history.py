"""A guarantor's record: its past calls before the as-of date, with what was owed and delivered."""

from __future__ import annotations

from collections.abc import Sequence

from foedus.catalog.facts import Facts
from foedus.domain.assessments import PastCall, Record
from foedus.domain.rungs import Rung, RungRange
from foedus.record.candidates import query
from foedus.record.casus_foederis import verdict
from foedus.record.rates import FOEDUS_RUNG, rate


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
    commitments = {item.id: item for giver in givers for item in facts.commitments(guarantor=giver)}
    responses = {item.id: item for giver in givers for item in facts.responses(guarantor=giver)}
    return tuple(
        PastCall(
            call=(call := calls[row["call"]]),
            beneficiary_name=names.get(call.beneficiary, call.beneficiary),
            challenger_names=tuple(names.get(key, key) for key in call.challengers),
            verdict=verdict(commitments[key] for key in row["held"]),
            responses=tuple(responses[key] for key in row["given"]),
            delivered=RungRange(low=Rung(row["low"]), high=Rung(row["high"])),
            opposed=row["against"],
        )
        for row in found
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


def record(facts: Facts, givers: Sequence[str], beneficiary: str, names: dict[str, str]) -> Record:
    """The record with rates under `foedus-rung`: due calls at two rungs, and calls not due."""
    calls = past_calls(facts, givers, names)
    due = [past for past in calls if past.verdict.due == "due"]
    perhaps = [past for past in calls if past.verdict.due == "cannot tell"]
    not_due = [past for past in calls if past.verdict.due == "not due"]
    return Record(
        rule=FOEDUS_RUNG.name,
        rule_text=FOEDUS_RUNG.text,
        calls=calls,
        with_beneficiary=tuple(past for past in calls if past.call.beneficiary == beneficiary),
        total=len(calls),
        rates=(
            rate("Defence due: forces came", due, Rung.FORCES),
            rate("Defence due: material support or forces came", due, Rung.MATERIAL),
            rate("Defence perhaps due (conditions unsettled): forces came", perhaps, Rung.FORCES),
            rate("Nothing due: forces came all the same", not_due, Rung.FORCES),
            rate("Nothing due: material support or forces came", not_due, Rung.MATERIAL),
        ),
    )


def actor_names(facts: Facts) -> dict[str, str]:
    """Display names by actor id."""
    return {row["id"]: row["name"] for row in facts.rows("SELECT id, name FROM actors")}
