"""Which reviewed statements may move the estimate: those whose fact no feature holds already."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from foedus.assessment.evidence import Found
from foedus.domain.assessments import Capacity, PastCall, Promise, Record
from foedus.domain.claims import Claim
from foedus.domain.dates import DateSpan
from foedus.errors import DateError
from foedus.reliability.evidence_update import Moves, moves
from foedus.reliability.likelihood_ratios import ratios

_YEAR = re.compile(r"\d{4}")
NEWS = timedelta(days=92)
"""How far back a document tells of events that it does not date: judgement."""


def evidence_moves(
    found: Found, as_of: date, promise: Promise, record: Record, capacity: Capacity
) -> Moves | None:
    """The statements about the pair that people reviewed; null where no claim speaks of it.

    Weighed already, as features of the model: a treaty while the catalog holds a text of the
    pair, help given or withheld in the time of an ended call that the record answers, and
    being tied down while the catalog knows of wars of the guarantor's own.

    Raises:
        InputError: a ratios file that cannot be used.
    """
    if not found.claims:
        return None
    answered = [past for past in record.with_beneficiary if past.responses]
    texts = (*promise.in_force, *promise.lapsed)

    def known(claim: Claim) -> str | None:
        if claim.act == "commit" and "treaty" in claim.support and texts:
            return f"the treaty is weighed already: {texts[0].title}"
        if claim.act in ("deliver", "withhold"):
            return _in_record(claim, answered)
        if claim.act == "constrain" and capacity.drains:
            return f"the guarantor's wars are weighed already: {capacity.drains[0].name}"
        return None

    return moves(
        found.claims, found.documents, as_of, ratios(), known=known, graded=found.graded
    )  # fmt: skip


def _in_record(claim: Claim, answered: Sequence[PastCall]) -> str | None:
    """The ended call of the record in whose time the claim's act falls."""
    first, last = _days(claim)
    for past in answered:
        started, ended = past.call.started, past.call.ended
        if ended is not None and started.first <= last and first <= ended.last:
            return f"the answer to this call is in the record already: {past.call.name}"
    return None


def _days(claim: Claim) -> tuple[date, date]:
    """First and last day of the act.

    Where only the document's date bounds it, the three months before; else the whole year.
    """
    start, slash, end = (claim.time or "").partition("/")
    try:
        last = DateSpan.parse((end or start).rstrip("~?%")).last
        if not slash or _YEAR.match(start):
            first = DateSpan.parse(start.rstrip("~?%")).first
        elif claim.time_basis == "document":
            first = last - NEWS
        else:
            first = date(last.year, 1, 1)
    except DateError:
        years = [int(year) for year in _YEAR.findall(claim.time or "")]
        if not years:
            return date.max, date.min
        return date(min(years), 1, 1), date(max(years), 12, 31)
    return first, last
