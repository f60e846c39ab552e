"""Search: an actor by any of its names, or a pair; and names while somebody types."""

from __future__ import annotations

import re
from http import HTTPStatus

from fastapi import APIRouter, Request
from markupsafe import Markup
from starlette.responses import HTMLResponse, RedirectResponse, Response

from foedus.catalog.actors import ActorIndex
from foedus.catalog.folding import fold
from foedus.errors import AmbiguousActor, InputError, UnknownActor
from foedus.web.desk import desk_of
from foedus.web.render import page
from foedus.web.urlstate import UrlState

router = APIRouter(include_in_schema=False)
SUGGESTED = 12
LONGEST = 100
_SEPARATORS = re.compile(r"\s*(?:,|;|→|->|>|\s-\s|\s+vs?\.?\s+|\s+and\s+|\s+to\s+)\s*")


@router.get("/search")
def search(request: Request) -> Response:
    """The actor's or the pair's page, or what comes nearest."""
    words = (UrlState.of(request).get("q") or "").strip()[:LONGEST]
    desk = desk_of(request)
    problem, near = "", []
    if words:
        with desk.names() as actors:
            try:
                return RedirectResponse(_place(actors, words), HTTPStatus.SEE_OTHER)
            except (UnknownActor, AmbiguousActor) as error:
                problem, near = str(error), list(error.suggestions)
            except InputError as error:
                problem = str(error)
    with desk.names() as actors:
        everyone = sorted(
            (actor for actor in actors.actors if actor.last is None), key=lambda one: one.name
        )
    return page(
        request, "search.html.jinja", title="Actors", words=words, problem=problem, near=near,
        everyone=everyone,
    )  # fmt: skip


@router.get("/search/names")
def names(request: Request) -> Response:
    """Names that begin with, or hold, what was typed, as options of a list."""
    state = UrlState.of(request)
    typed = next((value for _, value in state.pairs), "").strip()[:LONGEST]
    before, comma, part = typed.rpartition(",")
    wanted = fold(part)
    if not wanted:
        return HTMLResponse("")
    with desk_of(request).names() as actors:
        known = [(fold(one.name), one) for one in actors.actors]
    hits = sorted(
        (not key.startswith(wanted), one.last is not None, one.name)
        for key, one in known
        if wanted in key
    )
    lead = f"{before.strip()}, " if comma else ""
    return HTMLResponse(
        Markup("\n").join(
            Markup('<option value="{}"></option>').format(lead + name)
            for _, _, name in hits[:SUGGESTED]
        )
    )


def _place(actors: ActorIndex, words: str) -> str:
    """The address of the page that the words name.

    Raises:
        UnknownActor, AmbiguousActor: they name none, or several.
    """
    try:
        return f"/actor/{actors.resolve(words).id}"
    except UnknownActor:
        ends = [end for end in _SEPARATORS.split(words) if end]
        if len(ends) == 2:
            return f"/pair/{actors.resolve(ends[0]).id}/{actors.resolve(ends[1]).id}"
        spaced = words.split()
        for cut in range(1, len(spaced)):
            try:
                first = actors.resolve(" ".join(spaced[:cut])).id
                second = actors.resolve(" ".join(spaced[cut:])).id
            except (UnknownActor, AmbiguousActor):
                continue
            return f"/pair/{first}/{second}"
        raise
