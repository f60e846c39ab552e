"""Rows of the catalog's tables to domain records and back."""

from __future__ import annotations

from datetime import date
from typing import Any, get_args

from foedus.domain.calls import Call
from foedus.domain.commitments import Commitment, Conditions, ForceStatus, Obligation
from foedus.domain.dates import DateSpan
from foedus.domain.responses import SUPPORT_CATEGORIES, Response
from foedus.domain.rungs import Rung, RungRange
from foedus.domain.sources import Confidence, Source

Row = dict[str, Any]

_CONDITION_COLUMNS: dict[Obligation, tuple[str, ...]] = {
    "defense": tuple(Conditions.model_fields),
    "offense": tuple(field for field in Conditions.model_fields if field != "non_provocation"),
    "neutrality": tuple(Conditions.model_fields),
    "consultation": ("adversary", "location", "ongoing_conflict"),
}


def to_commitment(row: Row, as_of: date) -> Commitment:
    """One row of `commitments`, with its status on `as_of`."""
    in_force = _span(row, "in_force")
    ended = _span(row, "ended")
    known_until = row["known_until"]
    sources: tuple[Source, ...] = (_source(row),)
    if row["atopid"] is not None and row["source_table"] != "atop-5.1":
        sources += (Source(table="atop-5.1", title=f"ATOP alliance {row['atopid']}"),)
    return Commitment(
        id=row["id"],
        instrument=row["instrument"],
        title=row["title"],
        article=row["article"],
        phase=row["phase"],
        guarantor=row["guarantor"],
        beneficiary=row["beneficiary"],
        multilateral=row["multilateral"],
        defense=row["defense"],
        offense=row["offense"],
        neutrality=row["neutrality"],
        nonaggression=row["nonaggression"],
        consultation=row["consultation"],
        conditions={
            obligation: Conditions(**{name: row[f"{obligation}_{name}"] for name in names})
            for obligation, names in _CONDITION_COLUMNS.items()
        },
        signed=_span(row, "signed"),
        in_force=in_force,
        ended=ended,
        end_cause=row["end_cause"],
        known_until=None if known_until is None else DateSpan(first=known_until, last=known_until),
        atopid=row["atopid"],
        note=row["note"],
        status=_status(_span(row, "signed"), in_force, ended, known_until, as_of),
        origin=row["origin"],
        sources=sources,
    )


def _status(
    signed: DateSpan | None,
    in_force: DateSpan | None,
    ended: DateSpan | None,
    known_until: date | None,
    as_of: date,
) -> ForceStatus:
    if ended is not None:
        return "ended"
    if signed is None and in_force is None:
        return "date unknown"
    if in_force is None or in_force.last > as_of:
        return "signed, not in force"
    if known_until is not None and known_until < as_of:
        return "not known since"
    return "in force"


def commitment_row(item: Commitment) -> Row:
    """The row of `commitments` for a user's own commitment; columns it lacks are null."""
    conditions = {
        f"{obligation}_{name}": getattr(item.conditions.get(obligation), name, None)
        for obligation, names in _CONDITION_COLUMNS.items()
        for name in names
    }
    dates = _columns(signed=item.signed, in_force=item.in_force, ended=item.ended)
    return {
        **item.model_dump(
            include={
                "id",
                "instrument",
                "title",
                "article",
                "phase",
                "guarantor",
                "beneficiary",
                "multilateral",
                "defense",
                "offense",
                "neutrality",
                "nonaggression",
                "consultation",
                "end_cause",
                "atopid",
                "note",
                "origin",
            }
        ),
        **conditions,
        **dates,
        "asymmetric": None,
        "secret": None,
        "formed_in_wartime": None,
        "specific_threats": None,
        "known_until": None if item.known_until is None else item.known_until.last,
        **_source_columns(item.sources[0]),
    }


def to_call(row: Row) -> Call:
    """One row of `calls`."""
    started = _span(row, "started")
    assert started is not None
    return Call(
        id=row["id"],
        name=row["name"],
        kind=row["kind"],
        role=row["role"],
        beneficiary=row["beneficiary"],
        challengers=tuple(row["challengers"] or ()),
        started=started,
        ended=_span(row, "ended"),
        hostility=row["hostility"],
        outcome=row["outcome"],
        same_as=row["same_as"],
        note=row["note"],
        origin=row["origin"],
        source=_source(row),
    )


def call_row(item: Call) -> Row:
    """The row of `calls` for a user's own call."""
    return {
        **item.model_dump(
            include={
                "id",
                "name",
                "kind",
                "role",
                "beneficiary",
                "hostility",
                "outcome",
                "same_as",
                "note",
                "origin",
            }
        ),
        "challengers": list(item.challengers),
        **_columns(started=item.started, ended=item.ended),
        "known_until": None,
        **_source_columns(item.source),
    }


def to_response(row: Row) -> Response:
    """One row of `responses`."""
    return Response(
        id=row["id"],
        call=row["call"],
        guarantor=row["guarantor"],
        rung=_rungs(row, "rung"),
        rung_30=_rungs(row, "rung30"),
        rung_365=_rungs(row, "rung365"),
        support=frozenset(name for name in SUPPORT_CATEGORIES if row[name]),
        not_given=frozenset(name for name in SUPPORT_CATEGORIES if row[name] is False),
        opposed=row["opposed"],
        asked=row["asked"],
        obliged=row["obliged"],
        first_act=_span(row, "first_act"),
        commitments=tuple(row["commitments"] or ()),
        note=row["note"],
        origin=row["origin"],
        source=_source(row),
    )


def response_row(item: Response) -> Row:
    """The row of `responses` for a user's own response."""
    windows = {"rung": item.rung, "rung30": item.rung_30, "rung365": item.rung_365}
    return {
        **item.model_dump(
            include={
                "id",
                "call",
                "guarantor",
                "opposed",
                "asked",
                "obliged",
                "note",
                "origin",
            }
        ),
        **{f"{name}_low": int(window.low) for name, window in windows.items()},
        **{f"{name}_high": int(window.high) for name, window in windows.items()},
        **{
            name: True if name in item.support else False if name in item.not_given else None
            for name in SUPPORT_CATEGORIES
        },
        **_columns(first_act=item.first_act),
        "commitments": list(item.commitments),
        **_source_columns(item.source),
    }


def _span(row: Row, name: str) -> DateSpan | None:
    first, last = row[f"{name}_first"], row[f"{name}_last"]
    return None if first is None or last is None else DateSpan(first=first, last=last)


def _columns(**spans: DateSpan | None) -> Row:
    return {
        f"{name}_{end}": None if span is None else getattr(span, end)
        for name, span in spans.items()
        for end in ("first", "last")
    }


def _rungs(row: Row, name: str) -> RungRange:
    return RungRange(low=Rung(row[f"{name}_low"]), high=Rung(row[f"{name}_high"]))


def _source(row: Row) -> Source:
    confidence = row["confidence"]
    return Source(
        table=row["source_table"],
        title=row["source_title"],
        publisher=row["source_publisher"],
        published=_span(row, "source_date"),
        ref=row["source_ref"],
        confidence=confidence if confidence in get_args(Confidence) else None,
    )


def _source_columns(source: Source) -> Row:
    published = source.published
    return {
        "source_table": source.table,
        "source_title": source.title,
        "source_publisher": source.publisher,
        **_columns(source_date=published),
        "source_ref": source.ref,
        "confidence": source.confidence,
        "note_date": None if published is None else published.last,
    }
