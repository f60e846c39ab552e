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
        f" ({past.call.name}{'' if 'since' in past.call.name else f', since {past.call.started}'})."
        for past in record.open[:1]
    )
    if forecast is None:
        return promise.summary + now
    year = forecast.windows[-1].rungs
    anew = "anew in" if now else "in"
    forces, material = year[Rung.FORCES].at_least, year[Rung.MATERIAL].at_least
    return (
        f"{promise.summary}{now} If {receiver} is attacked {anew} the next 12 months,"
        f" {_odds(forces.term)} that {giver} sends forces ({_percent(forces.probability)},"
        f" 90% interval {_percent(forces.low)} to {_percent(forces.high)}) and"
        f" {_odds(material.term)} that it gives material support or forces"
        f" ({_percent(material.probability)}, {_percent(material.low)} to"
        f" {_percent(material.high)})."
    )


def _percent(share: float) -> str:
    """A share without decimals; never a certainty that it does not have."""
    if share < 0.005:
        return "<1%"
    return ">99%" if share > 0.995 else f"{share:.0%}"


def _odds(term: str) -> str:
    """An ICD 203 term as the head of a clause."""
    if term.endswith("chance"):
        return f"there is {'a ' if term.startswith('roughly') else ''}{term}"
    return f"it is {term}"
