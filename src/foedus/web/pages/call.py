"""One call: who was promised help, who was asked, what each owed, who came, and when."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter, Request
from starlette.responses import Response

from foedus.domain.profiles import Asked, CallProfile
from foedus.report.exports.view import View
from foedus.report.sections.promise import OBLIGATION_WORDS
from foedus.report.source_text import sources_text
from foedus.web.desk import Desk, desk_of
from foedus.web.exporting import exported, formats, view_of
from foedus.web.render import page
from foedus.web.urlstate import UrlState

router = APIRouter(include_in_schema=False)
HOSTILITY = {
    1: "none", 2: "threat of force", 3: "display of force", 4: "use of force", 5: "war",
}  # fmt: skip
ANSWERS = (
    ("", "Everyone promised or named"),
    ("came", "Gave material support or forces"),
    ("due", "Owed help"),
    ("against", "Acted against the beneficiary"),
)


@router.get("/call/{key:path}")
def call(request: Request, key: str) -> Response:
    """The call's page."""
    desk, state = desk_of(request), UrlState.of(request)
    as_of = state.as_of()
    it = profile(desk, key, as_of)
    shown = state.one_of("show", tuple(value for value, _ in ANSWERS), "")
    asked = [
        one for one in it.asked
        if not shown
        or (shown == "came" and one.delivered.low >= 3 and not one.opposed)
        or (shown == "due" and one.verdict.due == "due")
        or (shown == "against" and one.opposed)
    ]  # fmt: skip
    if file := exported(request, lambda: _view(request, it, asked)):
        return file
    chips = [state.chip("as_of", f"as known on {as_of}")] if state.get("as_of") else []
    if shown:
        chips.append(state.chip("show", dict(ANSWERS)[shown].lower()))
    return page(
        request,
        "call.html.jinja",
        title=it.call.name,
        it=it,
        asked=asked,
        shown=shown,
        answers=ANSWERS,
        files=formats(request, "csv", "json", "parquet", "bib", empty=not asked),
        hostility=HOSTILITY,
        obligation_words=OBLIGATION_WORDS,
        sources_text=sources_text,
        chips=chips,
    )


def _view(request: Request, it: CallProfile, asked: list[Asked]) -> View:
    return view_of(
        request,
        f"call-{it.call.id}",
        f"Responses to {it.call.name}",
        as_of=it.as_of,
        tables=("calls", "responses", "commitments"),
        state=desk_of(request).own_rows,
        rows=[
            {
                "call": it.call.id,
                "beneficiary": it.call.beneficiary,
                "guarantor": one.guarantor,
                "commitments": list(one.commitments),
                "asked": one.asked,
                "due": one.verdict.due,
                "obligation": one.verdict.obligation,
                "reason": one.verdict.reason,
                "rung_low": int(one.delivered.low),
                "rung_high": int(one.delivered.high),
                "listed": one.listed,
                "against": one.opposed,
                "sources": sorted({item.source.table for item in one.responses}),
            }
            for one in asked
        ],
    )


def profile(desk: Desk, key: str, as_of: date) -> CallProfile:
    """The profile of a call, kept until the user's own rows change.

    Raises:
        InputError: no call has this id on that day.
    """
    from foedus.assessment.call_profile import call_profile_of

    def make() -> CallProfile:
        with desk.facts(as_of) as facts:
            return call_profile_of(facts, key)

    return desk.kept(("call", key, as_of, desk.own_rows), make)
