"""The user's stored rows as records that lie over the catalog's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from foedus.catalog.facts import Overlay
from foedus.catalog.register_corrections import corrected_commitments
from foedus.catalog.register_faults import Examiner
from foedus.catalog.register_format import KINDS, Cells, RowKind, parent_of
from foedus.catalog.register_rows import to_call, to_commitments, to_response, written
from foedus.catalog.shipped_rows import ShippedRows
from foedus.domain.calls import Call
from foedus.domain.commitments import Commitment
from foedus.domain.responses import Response
from foedus.errors import RegisterFaults

if TYPE_CHECKING:
    from foedus.workspace.register_rows import RegisterRow


def overlay_of(rows: Sequence[RegisterRow]) -> Overlay:
    """The rows as commitments by directed pair, calls and responses.

    A corrected call keeps the role and the link (`same_as`) of the shipped one; where its
    dates moved, the shipped register's responses to it are timed anew.

    Raises:
        RegisterFaults: a row that breaks a rule of the register.
    """
    held: dict[RowKind, list[tuple[Cells, date]]] = {
        kind: [
            (row.cells, row.added.date())
            for row in rows
            if row.kind == kind and row.cells is not None
        ]
        for kind in KINDS
    }
    shipped = ShippedRows()
    examiner = Examiner(
        shipped,
        {cells["id"]: cells for cells, _ in held["call"]},
        {cells["id"]: cells for cells, _ in held["commitment"]},
    )
    faults = [
        fault for kind in KINDS for fault in examiner.faults(kind, [c for c, _ in held[kind]])
    ]
    if faults:
        raise RegisterFaults(
            "Your own rows no longer hold; correct them, or leave them out", faults
        )
    days: dict[str, date] = {}
    commitments = _commitments(held["commitment"], examiner, days)
    calls = {}
    for cells, added in held["call"]:
        calls[cells["id"]] = _call(cells, shipped)
        days[cells["id"]] = written("call", cells, added)
    responses = {item.id: item for item in _retimed(calls, shipped)}
    for cells, added in held["response"]:
        call = calls.get(cells["call_id"]) or shipped.calls[cells["call_id"]]
        item = to_response(cells, call)
        responses[item.id] = item
        days[item.id] = written("response", cells, added)
    return Overlay(
        commitments=tuple(commitments.values()),
        calls=tuple(calls.values()),
        responses=tuple(responses.values()),
        written=days,
    )


def _commitments(
    held: Sequence[tuple[Cells, date]], examiner: Examiner, days: dict[str, date]
) -> dict[str, Commitment]:
    """By id; a correction of one pair stands over one of its whole pact."""
    found: dict[str, Commitment] = {}
    for cells, added in sorted(held, key=lambda row: ":" in row[0]["id"]):
        if examiner.shipped.corrected("commitment", cells) is None:
            items = to_commitments(cells, examiner.parties(parent_of(cells["id"])))
            day = written("commitment", cells, added)
        else:
            items = corrected_commitments(cells, examiner.shipped)
            day = added
        found |= {item.id: item for item in items}
        days |= {item.id: day for item in items}
    return found


def _call(cells: Cells, shipped: ShippedRows) -> Call:
    mine, theirs = to_call(cells), shipped.calls.get(cells["id"])
    if theirs is None:
        return mine
    return mine.model_copy(update={"role": theirs.role, "same_as": theirs.same_as})


def _retimed(calls: dict[str, Call], shipped: ShippedRows) -> list[Response]:
    return [
        to_response(cells, calls[cells["call_id"]], "register")
        for cells in shipped.register["response"].values()
        if cells["call_id"] in calls
    ]
