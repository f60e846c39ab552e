"""The headline: the answer in two or three sentences, likelihood apart from its grounds."""

from __future__ import annotations

from foedus.assessment.parties import Parties
from foedus.domain.assessments import Forecast, Promise
from foedus.domain.rungs import Rung


def headline(parties: Parties, promise: Promise, forecast: Forecast | None) -> str:
    """What was promised, and how likely forces and material support are within a year."""
    giver, receiver = parties.guarantor.name, parties.beneficiary.name
    if forecast is None:
        return promise.summary
    year = forecast.windows[-1].rungs
    forces, material = year[Rung.FORCES].at_least, year[Rung.MATERIAL].at_least
    return (
        f"{promise.summary} If {receiver} is attacked in the next 12 months,"
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
