"""The headline: the answer in two or three sentences, likelihood apart from its grounds."""

from __future__ import annotations

from foedus.assessment.parties import Parties
from foedus.domain.actors import in_prose
from foedus.domain.assessments import Forecast, Promise, Record
from foedus.domain.likelihood import percent_of
from foedus.domain.rungs import Rung


def headline(parties: Parties, promise: Promise, record: Record, forecast: Forecast | None) -> str:
    """What was promised, and how likely forces and material support are within a year."""
    giver, receiver = (in_prose(side.name) for side in (parties.guarantor, parties.beneficiary))
    now = "".join(
        f" {receiver[0].upper()}{receiver[1:]} is under attack now"
        f" ({past.call.name}{'' if 'since' in past.call.name else f', since {past.call.started}'})."
        for past in record.open[:1]
    )
    if any(parties.guarantor.id in past.call.challengers for past in record.open):
        now += f" {giver[0].upper()}{giver[1:]} is itself attacking {receiver} in an open call."
    attacker = parties.challenger
    if attacker is not None and attacker.id in parties.left_out:
        now += (
            f" {attacker.name}, the attacker that is asked about, is itself a member of {giver}"
            " and is left out of the members that would help."
        )
    if forecast is None:
        return promise.summary + now
    year = forecast.windows[-1].rungs
    anew = "anew in" if record.open else "in"
    forces, material = year[Rung.FORCES].at_least, year[Rung.MATERIAL].at_least
    return (
        f"{promise.summary}{now} If {receiver} is attacked {anew} the next 12 months,"
        f" {_odds(forces.term)} that {giver} sends forces ({percent_of(forces.probability)},"
        f" 90% interval {percent_of(forces.low)} to {percent_of(forces.high)}) and"
        f" {_odds(material.term)} that it gives material support or forces"
        f" ({percent_of(material.probability)}, {percent_of(material.low)} to"
        f" {percent_of(material.high)})."
    )


def _odds(term: str) -> str:
    """An ICD 203 term as the head of a clause."""
    if term.endswith("chance"):
        return f"there is {'a ' if term.startswith('roughly') else ''}{term}"
    return f"it is {term}"
