"""The network of one actor: drawing, filters, and the equal table beside it."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from foedus.assessment.network_ties import STATUSES
from foedus.domain.networks import TIE_KINDS, Network, Tie
from foedus.report.drawings.network_drawing import KIND_WORDS, network_data, network_svg
from foedus.report.figures import capital
from foedus.web.desk import desk_of
from foedus.web.exporting import exported, formats
from foedus.web.navigation import NavItem
from foedus.web.render import kept_page
from foedus.web.urlstate import Chip, UrlState
from foedus.web.views import network as view

router = APIRouter(include_in_schema=False)
NAV = NavItem("Network", "/network", 30)
TABLE_ROWS = 300


@router.get("/network")
def network(request: Request) -> Response:
    """Start from one actor; filter by kind, year, state of force and strength."""
    desk, state = desk_of(request), UrlState.of(request)
    full, shown = view.asked(desk, state)
    if file := exported(request, lambda: view.view(request, full, shown)):
        return file
    return kept_page(
        request, "network.html.jinja", rests_on=(full.as_of, desk.own_rows),
        context=lambda: _context(request, state, full, shown),
    )  # fmt: skip


def _context(request: Request, state: UrlState, full: Network, shown: Network) -> dict[str, Any]:
    names = {actor.id: actor.name for actor in full.actors}
    centre, words = names[full.centre], view.words(full, shown)
    return {
        "title": f"{centre}: network",
        "full": full,
        "shown": shown,
        "names": names,
        "centre": centre,
        "words": words,
        "table": _first_the_centres(shown),
        "table_rows": TABLE_ROWS,
        "kinds": [(kind, capital(KIND_WORDS[kind])) for kind in TIE_KINDS],
        "kind_words": KIND_WORDS,
        "statuses": STATUSES,
        "chips": _chips(state, full),
        "drawing": network_svg(
            full, shown, title=f"Commitments around {centre}", alternative=words,
            href=lambda actor: state.url(actor=actor),
        ),
        "data": network_data(full),
        "files": formats(
            request, "csv", "json", "parquet", "graphml", "svg", "png", "bib", empty=not shown.ties
        ),
    }  # fmt: skip


def _first_the_centres(shown: Network) -> list[Tie]:
    """Ties of the one in the middle first, then the others, each by kind and name."""
    return sorted(
        shown.ties,
        key=lambda tie: (
            shown.centre not in (tie.guarantor, tie.beneficiary),
            tie.guarantor != shown.centre,
            TIE_KINDS.index(tie.kind),
            tie.guarantor,
            tie.beneficiary,
        ),
    )


def _chips(state: UrlState, full: Network) -> list[Chip]:
    chips = [
        state.chip("kind", f"holds {KIND_WORDS[kind]}", kind)
        for kind in TIE_KINDS
        if kind in state.all("kind")
    ]
    chips += [state.chip("status", one, one) for one in STATUSES if one in state.all("status")]
    if state.number("since", 0):
        chips.append(state.chip("since", f"oldest text of {state.number('since', 0)} or later"))
    if state.number("strength", 0):
        least = f"at least {state.number('strength', 0, high=100)}% likely to bring material help"
        chips.append(state.chip("strength", least))
    if state.number("rings", 1) > 1:
        chips.append(state.chip("rings", "with partners’ partners"))
    if state.get("as_of"):
        chips.append(state.chip("as_of", f"as of {full.as_of}"))
    return chips
