"""One actor: promises given and received, record, power and load."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request
from markupsafe import Markup
from starlette.responses import RedirectResponse, Response

from foedus.assessment.network_ties import STATUSES
from foedus.domain.networks import Tie
from foedus.domain.profiles import ActorProfile
from foedus.domain.watch import WatchList
from foedus.record.rules import FOEDUS_RUNG, RULES
from foedus.report.blocks import Masthead
from foedus.report.drawings.year_lines import YearLine, year_lines_svg
from foedus.report.exports.view import View
from foedus.report.sections.capacity import share_figure
from foedus.report.sections.promise import OBLIGATION_WORDS
from foedus.web.desk import Desk, desk_of
from foedus.web.exporting import exported, formats, view_of
from foedus.web.navigation import NavItem
from foedus.web.render import blocks_html, kept_page
from foedus.web.urlstate import UrlState
from foedus.web.views.stress import RunCoverage, coverage_in_runs

router = APIRouter(include_in_schema=False)
NAV = NavItem("Actors", "/search", 20, within=("/actor/", "/search"))
STATES_OF_FORCE = tuple(STATUSES)


@router.get("/actor/{key}")
def actor(request: Request, key: str) -> Response:
    """The actor's page; a name or another code leads to the page of its id."""
    desk, state = desk_of(request), UrlState.of(request)
    as_of = state.as_of()
    found = profile(desk, key, as_of)
    if found.actor.id != key:
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"/actor/{found.actor.id}{query}", HTTPStatus.SEE_OTHER)
    if file := exported(request, lambda: _view(request, found)):
        return file
    coverage = coverage_in_runs(desk, found.actor.id, as_of)
    return kept_page(
        request, "actor.html.jinja",
        rests_on=(as_of, desk.own_rows, tuple(one.run for one in coverage)),
        context=lambda: _context(request, desk, state, found, coverage),
    )  # fmt: skip


def _context(
    request: Request, desk: Desk, state: UrlState, found: ActorProfile, coverage: list[RunCoverage]
) -> dict[str, Any]:
    as_of = found.as_of
    rule = state.one_of("rule", tuple(RULES), FOEDUS_RUNG.name)
    status = state.one_of("status", (*STATES_OF_FORCE, "any"), "in force")
    risks = {
        (row.guarantor, row.beneficiary): row for row in _risks(desk, found.actor.id, as_of).rows
    }
    return {
        "title": found.actor.name,
        "it": found,
        "given": _ordered(found.given, status),
        "received": _ordered(found.received, status),
        "force": status,
        "statuses": [("any", "Any"), *((name, name.capitalize()) for name in STATES_OF_FORCE)],
        "risks": risks,
        "rule": rule,
        "rules": [(name, name) for name in RULES],
        "record": _record(desk, found, rule, as_of),
        "promises_svg": _promises(found),
        "power_svg": _power(found),
        "share": share_figure,
        "coverage": coverage,
        "files": formats(
            request, "csv", "json", "parquet", "bib", empty=not _shown(request, found)
        ),
        "obligation_words": OBLIGATION_WORDS,
        "chips": [state.chip("as_of", f"as known on {as_of}")] if state.get("as_of") else [],
    }


def profile(desk: Desk, key: str, as_of: date) -> ActorProfile:
    """The profile of an actor, kept until the user's own rows change.

    Raises:
        UnknownActor, AmbiguousActor: a name that leads to no actor, or to several.
    """
    from foedus.assessment.actor_profile import actor_profile_of

    def make() -> ActorProfile:
        with desk.facts(as_of) as facts:
            return actor_profile_of(facts, key)

    return desk.kept(("actor", key, as_of, desk.own_rows), make)


def _view(request: Request, found: ActorProfile) -> View:
    """The commitments given and received, in the states of force that the page shows."""
    return view_of(
        request,
        f"actor-{found.actor.id}",
        f"Commitments of {found.actor.name}",
        as_of=found.as_of,
        tables=("commitments",),
        state=desk_of(request).own_rows,
        rows=[
            {
                "guarantor": tie.guarantor,
                "beneficiary": tie.beneficiary,
                "status": tie.status,
                "obligations": list(tie.obligations),
                "instruments": list(tie.instruments),
                "since": tie.since,
            }
            for tie in _shown(request, found)
        ],
    )


def _shown(request: Request, found: ActorProfile) -> list[Tie]:
    force = UrlState.of(request).one_of("status", (*STATES_OF_FORCE, "any"), "in force")
    return [*_ordered(found.given, force), *_ordered(found.received, force)]


def _risks(desk: Desk, key: str, as_of: date) -> WatchList:
    from foedus.assessment.watch_list import watched

    def make() -> WatchList:
        with desk.facts(as_of) as facts:
            return watched(facts, key).list

    return desk.kept(("risks", key, as_of, desk.own_rows), make)


def _record(desk: Desk, found: ActorProfile, rule: str, as_of: date) -> Markup | None:
    """The record under a rule as HTML; null where an organisation has no known member."""
    from foedus.assessment.record_query import record
    from foedus.report.fulfilment_blocks import record_blocks

    if found.actor.kind == "organisation" and not found.members:
        return None

    def make() -> Markup:
        kept = record(found.actor.id, rule=rule, as_of=as_of, workspace=desk.where)
        return blocks_html(
            [block for block in record_blocks(kept) if not isinstance(block, Masthead)], "r"
        )

    return desk.kept(("record", found.actor.id, rule, as_of, desk.own_rows), make)


def _ordered(ties: tuple[Tie, ...], status: str) -> list[Tie]:
    kept = [tie for tie in ties if status in ("any", tie.status)]
    return sorted(kept, key=lambda tie: tie.since or date.min, reverse=True)


def _promises(found: ActorProfile) -> str:
    years = found.years
    if not years:
        return ""
    defence = {one.year: one.given_defence for one in years}
    return year_lines_svg(
        [
            YearLine("given", "first", {one.year: one.given for one in years}),
            YearLine("given, defence", "first thin", defence),
            YearLine("received", "second", {one.year: one.received for one in years}),
        ],
        key="promises",
        title=f"Actors bound to and by {found.actor.name}, by year",
        alternative="Lines for promises given, promises of defence given, and promises received;"
        " the table under the drawing gives the figures.",
        first=years[0].year,
        last=max(years[-1].year, found.as_of.year),
        until=found.years_until,
    )


def _power(found: ActorProfile) -> str:
    if not found.power:
        return ""
    return year_lines_svg(
        [YearLine("share", "first", {one.year: one.share for one in found.power})],
        key="power",
        title=f"{found.actor.name}: share of world material capability",
        alternative="A line of the share by year; the table under the drawing gives the figures.",
        first=found.power[0].year,
        last=max(found.power[-1].year, found.as_of.year),
        until=found.power[-1].year,
        percent=True,
    )
