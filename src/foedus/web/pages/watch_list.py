"""The watch list, the start page: commitments ranked by risk, and what moved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from threading import Thread
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, FastAPI, Request
from markupsafe import Markup
from starlette.responses import Response

from foedus.assessment.regions import NAMES
from foedus.catalog.facts import Facts
from foedus.domain.commitments import OBLIGATIONS
from foedus.domain.rungs import Rung
from foedus.domain.watch import WatchList, WatchRow
from foedus.report.drawings.map_drawing import EXTENTS, WorldMap, map_svg, not_on_map
from foedus.report.drawings.world import BORDERS
from foedus.report.exports.view import View
from foedus.report.figures import capital, day
from foedus.report.sections.promise import OBLIGATION_WORDS
from foedus.web.desk import Desk, desk_of
from foedus.web.exporting import PARAMETER, exported, formats, view_of
from foedus.web.navigation import NavItem
from foedus.web.render import kept_page
from foedus.web.urlstate import Chip, UrlState
from foedus.web.views.watch_list import places, watch_map

if TYPE_CHECKING:
    from foedus.assessment.watch_list import Watched

router = APIRouter(include_in_schema=False)
NAV = NavItem("Watch list", "/", 10)
PAGE_ROWS = 50
HELP = ("defense", "offense", "neutrality", "consultation")
PROMISES = (
    ("", "Help or consultation"),
    ("any", "Any text"),
    *((name, capital(OBLIGATION_WORDS[name])) for name in OBLIGATIONS),
)
SHOWN = (
    ("", "All in force"),
    ("attacked", "Beneficiary under attack now"),
    ("saved", "Saved by you"),
)
SORTS = (
    ("", "Risk, highest first"),
    ("low", "Risk, lowest first"),
    ("newest", "Newest commitment first"),
    ("name", "Guarantor's name"),
)


@router.get("/")
def watch_list(request: Request) -> Response:
    """Commitments ranked by the chance that nothing material comes."""
    desk, state = desk_of(request), UrlState.of(request)
    as_of = state.as_of()
    saved = tuple(desk.workspace.assessed_pairs())

    def answered() -> tuple[Watched, list[WatchRow], WorldMap, Markup]:
        kept = watched(desk, as_of)
        question = state.url(**{"from": None, PARAMETER: None})
        return kept, *desk.kept(
            ("watch rows", question, as_of, desk.own_rows, saved if state.get("show") else ()),
            lambda: _answer(desk, state, kept, saved),
        )

    def view() -> View:
        _, rows, drawing, _ = answered()
        return _view(request, rows, as_of, drawing)

    if file := exported(request, view):
        return file
    return kept_page(
        request, "watch_list.html.jinja", rests_on=(as_of, desk.own_rows, saved),
        context=lambda: _context(request, state, saved, *answered()),
    )  # fmt: skip


def _context(
    request: Request,
    state: UrlState,
    saved: tuple[tuple[str, str], ...],
    kept: Watched,
    rows: list[WatchRow],
    drawing: WorldMap,
    picture: Markup,
) -> dict[str, Any]:
    whole = kept.list
    first = state.number("from", 0, high=max(0, len(rows) - 1))
    return {
        "title": "Watch list",
        "whole": whole,
        "attacked": sum(bool(row.attacks) for row in whole.rows),
        "saved": saved,
        "matching": len(rows),
        "rows": rows[first : first + PAGE_ROWS],
        "first": first,
        "page_rows": PAGE_ROWS,
        "chips": _chips(state, whole.as_of, whole),
        "choices": _choices(whole),
        "files": formats(request, "csv", "json", "parquet", "svg", "png", "bib"),
        "obligation_words": OBLIGATION_WORDS,
        "drawing": drawing,
        "picture": picture,
        "extents": EXTENTS,
        "borders": BORDERS,
        "not_drawn": not_on_map(drawing),
    }


def _answer(
    desk: Desk, state: UrlState, kept: Watched, saved: tuple[tuple[str, str], ...]
) -> tuple[list[WatchRow], WorldMap, Markup]:
    """The rows that the address asks for, ranked, and their map."""
    from foedus.assessment.watch_list import ranked

    as_of = kept.list.as_of
    rows = _sorted(ranked(filtered(kept.list.rows, state, frozenset(saved)), kept.alone), state)
    drawing = watch_map(
        rows, places(desk, as_of), as_of, state.get("map") or "world",
        lambda key: state.url(**{"beneficiary": key, "from": None, PARAMETER: None}),
    )  # fmt: skip
    return rows, drawing, Markup(map_svg(drawing))  # noqa: S704


def start(app: FastAPI) -> None:
    """Make today's list while the server starts, in a thread, so that nobody waits for it."""
    desk: Desk = app.state.desk
    Thread(target=watched, args=(desk, date.today()), daemon=True, name="watch list").start()


def watched(desk: Desk, as_of: date) -> Watched:
    """The whole watch list of a day, kept until the user's own rows change."""
    from foedus.assessment.watch_list import watched as watched_on

    def make() -> Watched:
        from foedus.assessment import register

        return watched_on(Facts(as_of, register.overlay(desk.where)))

    return desk.kept(("watch list", as_of, desk.own_rows), make)


def _view(request: Request, rows: Sequence[WatchRow], as_of: date, drawing: WorldMap) -> View:
    """Every row that the filters leave, not only those of one page."""
    return view_of(
        request,
        "watch-list",
        f"Watch list of {as_of}",
        as_of=as_of,
        tables=("commitments", "calls", "responses"),
        state=desk_of(request).own_rows,
        picture=map_svg(drawing, standalone=True) if rows else None,
        rows=[
            {
                "rank": row.rank,
                "tied": row.tied,
                "guarantor": row.guarantor,
                "guarantor_name": row.guarantor_name,
                "beneficiary": row.beneficiary,
                "beneficiary_name": row.beneficiary_name,
                "region": row.region,
                "obligations": list(row.obligations),
                "instruments": list(row.instruments),
                "since": row.since,
                "left_without": row.left_without.probability,
                "left_without_low": row.left_without.low,
                "left_without_high": row.left_without.high,
                "likeliest_rung": int(row.likeliest),
                **{f"rung_{at}": value for at, value in enumerate(row.rungs)},
                "under_attack": [one.call for one in row.attacks],
            }
            for row in rows
        ],
    )


def filtered(
    rows: Iterable[WatchRow], state: UrlState, saved: frozenset[tuple[str, str]]
) -> list[WatchRow]:
    """The rows that the address asks for."""
    promise, shown = state.get("promise"), state.get("show")
    rung = state.get("rung")
    kept = []
    for row in rows:
        wanted = {promise} if promise in OBLIGATIONS else set(HELP)
        if promise != "any" and not wanted & {*row.obligations}:
            continue
        if (shown == "attacked" and not row.attacks) or (
            shown == "saved" and (row.guarantor, row.beneficiary) not in saved
        ):
            continue
        if any(
            state.get(key) not in (None, value)
            for key, value in (
                ("guarantor", row.guarantor),
                ("beneficiary", row.beneficiary),
                ("region", row.region),
            )
        ):
            continue
        if rung is None or str(int(row.likeliest)) == rung:
            kept.append(row)
    return kept


def _sorted(rows: Sequence[WatchRow], state: UrlState) -> list[WatchRow]:
    by = state.get("sort")
    if by == "low":
        return sorted(rows, key=lambda row: -row.rank)
    if by == "newest":
        return sorted(rows, key=lambda row: row.since or date.min, reverse=True)
    if by == "name":
        return sorted(rows, key=lambda row: (row.guarantor_name, row.beneficiary_name))
    return list(rows)


def _choices(whole: WatchList) -> dict[str, list[tuple[str, str]]]:
    """Options of the select boxes: value and words, `""` for any."""
    givers = {row.guarantor: row.guarantor_name for row in whole.rows}
    receivers = {row.beneficiary: row.beneficiary_name for row in whole.rows}
    return {
        "guarantor": [("", "Any"), *sorted(givers.items(), key=lambda item: item[1])],
        "beneficiary": [("", "Any"), *sorted(receivers.items(), key=lambda item: item[1])],
        "region": [("", "Any"), *((name, name) for name in NAMES)],
        "promise": list(PROMISES),
        "rung": [("", "Any"), *((str(int(rung)), capital(rung.label)) for rung in Rung)],
        "show": list(SHOWN),
        "sort": list(SORTS),
    }


def _chips(state: UrlState, as_of: date, whole: WatchList) -> list[Chip]:
    names = {row.guarantor: row.guarantor_name for row in whole.rows}
    names |= {row.beneficiary: row.beneficiary_name for row in whole.rows}
    chips = []
    promise = state.get("promise")
    if promise is None or promise not in dict(PROMISES):
        chips.append(
            Chip("promises help or consultation", state.url(**{"promise": "any", "from": None}))
        )
    elif promise != "any":
        words = f"promises {OBLIGATION_WORDS[promise]}"  # type: ignore[index]
        chips.append(Chip(words, state.url(**{"promise": "any", "from": None})))
    for key in ("guarantor", "beneficiary", "region", "rung", "show", "as_of"):
        value = state.get(key)
        if value is not None:
            words = _told(key, value, names, as_of)
            chips.append(Chip(words, state.url(**{key: None, "from": None})))
    return chips


def _told(key: str, value: str, names: dict[str, str], as_of: date) -> str:
    """One filter in English."""
    if key == "rung":
        known = value in {str(int(rung)) for rung in Rung}
        return f"most likely answer: {Rung(int(value)).label if known else value}"
    if key == "show":
        return {
            "attacked": "beneficiary under attack now",
            "saved": "with an assessment saved by you",
        }.get(value, value)
    return {
        "guarantor": f"promised by {names.get(value, value)}",
        "beneficiary": f"promised to {names.get(value, value)}",
        "region": f"beneficiary in {value}",
        "as_of": f"as of {day(as_of)}",
    }[key]
