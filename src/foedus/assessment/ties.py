"""Ties: whether anything at all links guarantor and beneficiary, so that a class fits them."""

from __future__ import annotations

from foedus.assessment.parties import Parties
from foedus.catalog.facts import Facts
from foedus.domain.actors import in_prose
from foedus.domain.assessments import Promise, Record


def tied(facts: Facts, parties: Parties, promise: Promise, record: Record) -> bool:
    """Whether the pair shares a text, past or present, or an answer in a past or open call.

    Major powers are tied to everybody. Without a tie no class of past calls holds the pair:
    those in which nothing was promised hold states that were looked at because of their ties.
    """
    texts = (*promise.in_force, *promise.pending, *promise.lapsed, *promise.ended, *promise.undated)
    answered = any(past.responses for past in (*record.with_beneficiary, *record.open))
    powers = facts.rows(
        "SELECT count(*) AS n FROM major_powers WHERE actor = $actor"
        " AND (last IS NULL OR last >= getvariable('as_of'))",
        {"actor": parties.guarantor.id},
    )
    return bool(texts) or answered or bool(powers[0]["n"])


def no_forecast(parties: Parties) -> str:
    """Why there is none."""
    giver, receiver = (in_prose(side.name) for side in (parties.guarantor, parties.beneficiary))
    return (
        f"No forecast: no text and no past answer links {giver} and {receiver}, so no class of past"
        " calls holds this pair. Read documents that speak of both, or add what you know with"
        " `foedus register add`."
    )
