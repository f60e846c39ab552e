"""The review queue: one claim after another, by keyboard or by form."""

from __future__ import annotations

from typing import Any, cast

from fastapi import APIRouter, Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from foedus.domain.claims import ReviewStatus
from foedus.domain.reviews import StaleClaim, StaleDecision
from foedus.errors import InputError
from foedus.web.claim_views import CHOICES, claim_views, names_of
from foedus.web.desk import Desk, desk_of
from foedus.web.fragments import fragment, of_htmx
from foedus.web.navigation import NavItem
from foedus.web.render import page
from foedus.web.review_forms import Decision, decide, decision_of
from foedus.web.reviewer import remember, reviewer_of
from foedus.web.urlstate import Chip, UrlState
from foedus.workspace.review_queue import QueueOrder

router = APIRouter(include_in_schema=False)
NAV = NavItem("Review", "/review", 50, within=("/review/",))
STATUSES: tuple[ReviewStatus, ...] = ("unreviewed", "accepted", "edited", "rejected", "merged")
_PER_PAGE = 20


@router.get("/review")
def review(request: Request) -> Response:
    """One page of the queue, under the filters of the address."""
    state, desk = UrlState.of(request), desk_of(request)
    status = state.one_of("status", (*STATUSES, "any"), "unreviewed")
    naming = [_actor(desk, name) for name in state.all("actor")]
    blind, by = state.get("round"), reviewer_of(request)
    found = desk.workspace.queue(
        status=None if status == "any" else (cast(ReviewStatus, status),),
        document=state.get("document"),
        naming=naming,
        abstained=state.get("abstained") == "1",
        order=cast(QueueOrder, state.one_of("order", ("place", "doubt"), "place")),
        after=state.get("after"),
        limit=_PER_PAGE,
        blind=blind,
        by=by,
    )
    last = state.get("done")
    done = desk.workspace.claim_states([last]) if last and not blind else {}
    return page(
        request, "review.html.jinja", title="Review", views=claim_views(desk, found.items),
        total=found.total, after=found.after, chosen_status=status, statuses=STATUSES,
        choices=CHOICES, reviewer=by, round=blind, chips=_chips(state, desk, status),
        done=claim_views(desk, done.values()),
    )  # fmt: skip


def _actor(desk: Desk, name: str) -> str:
    with desk.names() as index:
        return index.resolve(name).id


def _chips(state: UrlState, desk: Desk, status: str) -> list[Chip]:
    names = names_of(desk)
    chips = [state.chip("status", f"review: {status}")] if state.get("status") else []
    for name in state.all("actor"):
        shown = names.get(name, name)
        chips.append(state.chip("actor", f"names {shown}", name))
    if state.get("document"):
        chips.append(state.chip("document", "in one document"))
    if state.get("abstained") == "1":
        chips.append(state.chip("abstained", "also those under the coder’s threshold"))
    if state.get("order") == "doubt":
        chips.append(state.chip("order", "least certain first"))
    if state.get("after"):
        chips.append(state.chip("after", "from the middle of the queue"))
    return chips


@router.post("/review/{claim_id}")
async def decided(request: Request, claim_id: str) -> Response:
    """One decision on one claim; a stale one is told what changed, and asked again."""
    form = await request.form()
    from starlette.concurrency import run_in_threadpool

    return await run_in_threadpool(_decided, request, claim_id, form)


def _decided(request: Request, claim_id: str, form: FormData) -> Response:
    desk, by = desk_of(request), reviewer_of(request)
    decision = decision_of(desk, form)
    context: dict[str, Any] = {"choices": CHOICES, "reviewer": by, "round": decision.blind}
    try:
        after = decide(desk.workspace, claim_id, decision, by)
    except StaleClaim as stale:
        view = claim_views(desk, [stale.current])[0]
        return _conflict(request, view, decision, form, **context)
    except StaleDecision as stale:
        raise InputError(str(stale)) from stale
    view = claim_views(desk, [after])[0]
    if of_htmx(request):
        return fragment(request, "claim_fragment.html.jinja", view=view, **context)
    back = UrlState(*_address(str(form.get("back") or "/review")))
    return RedirectResponse(f"{back.url(done=claim_id)}#c-{claim_id}", 303)


def _conflict(
    request: Request, view: Any, decision: Decision, form: FormData, **context: Any
) -> Response:
    """What the other one did, and the choice between it and what was wanted."""
    changes = desk_of(request).workspace.history(view.claim.claim_id)
    since = [change for change in changes if change.version > decision.seen]
    context |= {"view": view, "decision": decision, "since": since, "given": form.multi_items()}
    context["back"] = str(form.get("back") or "/review")
    if of_htmx(request):
        return fragment(request, "conflict_fragment.html.jinja", status=409, **context)
    return page(request, "conflict.html.jinja", title="Changed meanwhile", status=409, **context)


def _address(given: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """A path of these pages with its parameters, whatever was given."""
    from urllib.parse import parse_qsl, urlsplit

    parts = urlsplit(given)
    path = (
        parts.path if parts.path.startswith(("/review", "/document/", "/evidence")) else "/review"
    )
    return path, tuple(pair for pair in parse_qsl(parts.query) if pair[0] != "done")


@router.post("/reviewer")
async def reviewer(request: Request) -> Response:
    """Remember under which name this visitor decides."""
    form = await request.form()
    path, pairs = _address(str(form.get("back") or "/review"))
    response = RedirectResponse(UrlState(path, pairs).url(), 303)
    remember(request, response, str(form.get("name") or ""))
    return response
