"""Rows of the register's format to domain records: commitments by directed pair, calls, responses.

The rows must have passed `register_check`. What the catalog's build does in SQL with the
shipped register is done here for single rows, by the same rules.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, Literal, get_args

from foedus.catalog.register_format import ACTOR_OF, RowKind, parent_of
from foedus.catalog.rung_windows import within
from foedus.domain.calls import Call
from foedus.domain.commitments import OBLIGATIONS, Commitment
from foedus.domain.dates import DateSpan
from foedus.domain.responses import SUPPORT_CATEGORIES, Response
from foedus.domain.rungs import Rung, RungRange
from foedus.domain.sources import Confidence, Source

Row = Mapping[str, str]
Origin = Literal["register", "user"]

TABLE: dict[Origin, str] = {"register": "foedus-register-2026", "user": "user"}
_NOTE: dict[RowKind, str] = {
    "commitment": "obligation_note",
    "call": "summary",
    "response": "note",
}
_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")


def to_commitments(
    row: Row, parties: Collection[str] = (), origin: Origin = "user"
) -> tuple[Commitment, ...]:
    """One commitment for each directed pair of the row.

    A multilateral row binds every member to every other; a guarantor or beneficiary in it
    narrows that to what this guarantor gives, or this beneficiary is promised. An accession
    row binds its members with one another and with `parties`, the members of its pact.
    """
    signed, in_force = _spans(row)
    return tuple(
        Commitment(
            id=f"{row['id']}:{guarantor}>{beneficiary}",
            instrument=parent_of(row["id"]) or row["id"],
            title=row["instrument"],
            article=cell(row, "article"),
            phase=0,
            guarantor=guarantor,
            beneficiary=beneficiary,
            multilateral=row["multilateral"] == "1",
            **{name: flag(row, name) for name in OBLIGATIONS},
            conditions={},
            signed=signed,
            in_force=in_force,
            ended=span(row, "ended"),
            end_cause=cell(row, "end_cause"),
            known_until=None,
            atopid=_number(row, "atopid"),
            note=cell(row, "obligation_note"),
            status="signed, not in force" if in_force is None else "in force",
            origin=origin,
            sources=(source_of(row, origin),),
        )
        for guarantor, beneficiary in pairs(row, parties)
    )


def pairs(row: Row, parties: Collection[str] = ()) -> tuple[tuple[str, str], ...]:
    """The directed pairs (guarantor, beneficiary) that one row of commitments.csv binds."""
    giver, receiver = actor(row, "guarantor_iso3"), actor(row, "beneficiary_iso3")
    if row["multilateral"] != "1":
        return ((giver, receiver),) if giver and receiver else ()
    new = actors(row, "members_iso3")
    everyone = sorted({*new, *parties})
    return tuple(
        (one, other)
        for one in everyone
        for other in everyone
        if one != other
        and (one in new or other in new)
        and giver in (None, one)
        and receiver in (None, other)
    )


def to_call(row: Row, origin: Origin = "user") -> Call:
    """The call; its beneficiary counts as the target, as everywhere in the register."""
    return Call(
        id=row["id"],
        name=row["name"],
        kind=_word(row, "kind"),
        role="target",
        beneficiary=ACTOR_OF.get(row["beneficiary_iso3"], row["beneficiary_iso3"]),
        challengers=actors(row, "challenger"),
        started=DateSpan.parse(row["start"]),
        ended=span(row, "end"),
        hostility=_number(row, "hostility"),
        outcome=cell(row, "outcome_for_beneficiary"),
        same_as=None,
        note=cell(row, "summary"),
        origin=origin,
        source=source_of(row, origin),
    )


def to_response(row: Row, call: Call, origin: Origin = "user") -> Response:
    """The response to `call`, whose dates bound the rungs reached within 30 and 365 days."""
    rung = Rung(int(row["rung"]))
    whole = RungRange(low=rung, high=rung)
    first_act = span(row, "first_date")
    flags = {name: flag(row, name) for name in SUPPORT_CATEGORIES}
    guarantor = ACTOR_OF.get(row["guarantor_iso3"], row["guarantor_iso3"])

    def window(days: int) -> RungRange:
        return within(
            days,
            whole,
            started=call.started,
            ended=call.ended,
            first_act=first_act,
            act_low=min(rung, Rung.WORDS),
            unseen=Rung.NOTHING,
        )

    return Response(
        id=f"{row['call_id']}:{guarantor}",
        call=row["call_id"],
        guarantor=guarantor,
        rung=whole,
        rung_30=window(30),
        rung_365=window(365),
        support=frozenset(name for name, given in flags.items() if given),
        not_given=frozenset(name for name, given in flags.items() if given is False),
        opposed=flag(row, "opposed"),
        asked={"yes": True, "no": False}.get(row["asked"]),
        obliged=flag(row, "obliged"),
        first_act=first_act,
        commitments=split(row, "commitment_ids"),
        note=cell(row, "note"),
        origin=origin,
        source=source_of(row, origin),
    )


def written(kind: RowKind, row: Row, added: date) -> date:
    """The day from which the row's note gives nothing away of later days.

    That is the last possible day of its source, or of a later year that the note names, and
    at the latest the day on which the row was added; without a source date it is that day.
    """
    years = (int(year) for year in _YEAR.findall(cell(row, _NOTE[kind]) or ""))
    days = [date(year, 12, 31) for year in years if year <= added.year]
    source_date = span(row, "source_date")
    days.append(source_date.last if source_date else added)
    return min(max(days), added)


def source_of(row: Row, origin: Origin) -> Source:
    """The citation in a row of any kind."""
    confidence = cell(row, "confidence")
    return Source(
        table=TABLE[origin],
        title=cell(row, "source_title"),
        publisher=cell(row, "source_publisher"),
        published=span(row, "source_date"),
        ref=cell(row, "source_ref"),
        confidence=_word(row, "confidence") if confidence in get_args(Confidence) else None,
    )


def cell(row: Row, column: str) -> str | None:
    """The cell's text; None where it is blank or NA."""
    value = row[column]
    return None if value in ("", "NA") else value


def split(row: Row, column: str) -> tuple[str, ...]:
    """The parts of a list."""
    value = cell(row, column)
    return () if value is None else tuple(value.split(";"))


def actor(row: Row, column: str) -> str | None:
    """The id of the actor whose code stands in the cell."""
    code = cell(row, column)
    return None if code is None else ACTOR_OF.get(code, code)


def actors(row: Row, column: str) -> tuple[str, ...]:
    """The ids of the actors whose codes stand in the cell, in order of id."""
    return tuple(sorted({ACTOR_OF.get(code, code) for code in split(row, column)}))


def span(row: Row, column: str) -> DateSpan | None:
    """The date in the cell."""
    value = cell(row, column)
    return None if value is None else DateSpan.parse(value)


def flag(row: Row, column: str) -> bool | None:
    """True for 1, false for 0, else unknown."""
    return {"1": True, "0": False}.get(row[column])


def _number(row: Row, column: str) -> int | None:
    value = cell(row, column)
    return None if value is None else int(value)


def _word(row: Row, column: str) -> Any:
    """Text that the record's own type holds to its list."""
    return row[column]


def _spans(row: Row) -> tuple[DateSpan | None, DateSpan | None]:
    """Signature and entry into force, neither possible before the other allows.

    An entry into force is taken from the signature where the row leaves it open.
    """
    signed, in_force = span(row, "signed"), span(row, "in_force")
    if signed and in_force and in_force.first < signed.first:
        in_force = DateSpan(first=signed.first, last=max(in_force.last, signed.first))
    if signed and in_force and in_force.last < signed.last:
        signed = DateSpan(first=signed.first, last=max(in_force.last, signed.first))
    return signed, in_force or signed
