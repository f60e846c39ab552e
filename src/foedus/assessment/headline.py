"""The headline: the answer in two or three sentences, likelihood apart from its grounds."""

from __future__ import annotations

from foedus.assessment.parties import Parties
from foedus.domain.actors import in_prose
from foedus.domain.assessments import Forecast, Promise, Record
from foedus.domain.rungs import Rung


def headline(parties: Parties, promise: Promise, record: Record, forecast: Forecast | None) -> str:
    """What was promised, and how likely forces and material support are within a year."""
    giver, receiver = (in_prose(side.name) for side in (parties.guarantor, parties.beneficiary))
    now = "".join(
        f" {receiver[0].upper()}{receiver[1:]} is under attack now"
        f" ({past.call.name}, since {past.call.started})."
        for past in record.open[:1]
    )
    if forecast is None:
        return promise.summary + now
    year = forecast.windows[-1].rungs
    anew = "anew in" if now else "in"
    forces, material = year[Rung.FORCES].at_least, year[Rung.MATERIAL].at_least
    return (
        f"{promise.summary}{now} If {receiver} is attacked {anew} the next 12 months,"
        f" {_odds(forces.term)} that {giver} sends forces ({forces.probability:.0%},"
        f" 90% interval {forces.low:.0%} to {forces.high:.0%}) and {_odds(material.term)} that it"
        f" gives material support or forces ({material.probability:.0%},"
        f" {material.low:.0%} to {material.high:.0%})."
    )


def _odds(term: str) -> str:
    """An ICD 203 term as the head of a clause."""
    if term.endswith("chance"):
        return f"there is {'a ' if term.startswith('roughly') else ''}{term}"
    return f"it is {term}"
