"""One document: its text with the claims marked in place, and each claim beside it."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from foedus.web.claim_views import CHOICES, claim_views
from foedus.web.desk import desk_of
from foedus.web.highlights import paragraphs
from foedus.web.render import page
from foedus.web.reviewer import reviewer_of
from foedus.web.urlstate import UrlState

router = APIRouter(include_in_schema=False)


@router.get("/document/{key}")
def document(request: Request, key: str) -> Response:
    """The text, never the page that it came from, with every claim that counts marked."""
    state, desk = UrlState.of(request), desk_of(request)
    found = next(iter(desk.workspace.documents(ids=[key])), None)
    if found is None:
        raise HTTPException(
            404, "There is no such document in this workspace. The list is under Evidence."
        )
    chosen, doubtful = state.get("claim"), state.get("abstained") == "1"
    claims = desk.workspace.claims(key, include_abstained=True)
    shown = [c for c in claims if doubtful or not c.abstained or c.claim_id == chosen]
    states = desk.workspace.claim_states([claim.claim_id for claim in shown])
    views = claim_views(desk, [states[claim.claim_id] for claim in shown], {found.id: found})
    return page(
        request, "document.html.jinja", title=found.title or found.name, document=found,
        paragraphs=paragraphs(found, shown), views=views, chosen=chosen, choices=CHOICES,
        states=states, reviewer=reviewer_of(request), round=None, doubtful=doubtful,
        abstained=sum(claim.abstained for claim in claims), names=desk.workspace.names(key),
    )  # fmt: skip


@router.get("/claim/{claim_id}")
def claim(request: Request, claim_id: str) -> Response:
    """The place of one claim in its document."""
    found = desk_of(request).workspace.claim(claim_id).claim
    state = UrlState(f"/document/{found.doc}", (("claim", claim_id),))
    return RedirectResponse(f"{state.url()}#c-{claim_id}", 303)
