"""Domain records to rows of the register's format: what a user corrects, or exports."""

from __future__ import annotations

from foedus.catalog.register_format import Cells, complete
from foedus.domain.calls import Call
from foedus.domain.commitments import OBLIGATIONS, Commitment
from foedus.domain.dates import DateSpan
from foedus.domain.responses import SUPPORT_CATEGORIES, Response
from foedus.domain.sources import Source


def commitment_cells(item: Commitment) -> Cells:
    """One directed commitment as a row; what the format has no column for is left out."""
    return complete(
        "commitment",
        {
            "id": item.id,
            "instrument": item.title,
            "article": item.article,
            "guarantor_iso3": item.guarantor,
            "beneficiary_iso3": item.beneficiary,
            "multilateral": False,
            **{name: getattr(item, name) for name in OBLIGATIONS},
            "obligation_note": item.note,
            "signed": _date(item.signed),
            "in_force": _date(item.in_force),
            "ended": _date(item.ended),
            "end_cause": item.end_cause,
            "atopid": item.atopid,
            **_source(item.sources[0]),
        },
    )


def call_cells(item: Call) -> Cells:
    """One call as a row."""
    return complete(
        "call",
        {
            "id": item.id,
            "name": item.name,
            "beneficiary_iso3": item.beneficiary,
            "challenger": ";".join(item.challengers),
            "start": _date(item.started),
            "end": _date(item.ended),
            "kind": item.kind,
            "hostility": item.hostility,
            "outcome_for_beneficiary": item.outcome,
            "summary": item.note,
            **_source(item.source),
        },
    )


def response_cells(item: Response) -> Cells:
    """One response as a row; the rung is blank where its source leaves several open."""
    known: dict[str, object] = {
        name: True if name in item.support else False if name in item.not_given else None
        for name in SUPPORT_CATEGORIES
    }
    return complete(
        "response",
        {
            "call_id": item.call,
            "guarantor_iso3": item.guarantor,
            "commitment_ids": ";".join(item.commitments),
            "obliged": item.obliged,
            "asked": {True: "yes", False: "no", None: "unknown"}[item.asked],
            "rung": None if item.rung.exact is None else int(item.rung.exact),
            **known,
            "opposed": item.opposed,
            "first_date": _date(item.first_act),
            "note": item.note,
            **_source(item.source),
        },
    )


def _source(source: Source) -> dict[str, object]:
    return {
        "source_title": source.title,
        "source_publisher": source.publisher,
        "source_date": _date(source.published),
        "source_ref": source.ref,
        "confidence": source.confidence,
    }


def _date(span: DateSpan | None) -> str | None:
    """The day, month or year that holds the whole span; None where it runs over two years."""
    if span is None or "/" not in str(span):
        return None if span is None else str(span)
    first, last = span.first, span.last
    if first.year != last.year:
        return None
    return f"{first:%Y-%m}" if first.month == last.month else f"{first:%Y}"
