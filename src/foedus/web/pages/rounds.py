"""Blind rounds: how far the reviewers agree, where they differ, and whose decision is taken."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from foedus.domain.reviews import BlindDecision
from foedus.errors import InputError
from foedus.web.claim_views import claim_views
from foedus.web.desk import Desk, desk_of
from foedus.web.render import page
from foedus.web.reviewer import reviewer_of
from foedus.web.urlstate import UrlState

if TYPE_CHECKING:
    from foedus.assessment.review_agreement import Agreement

router = APIRouter(include_in_schema=False)
_SHOWN = 50


@router.get("/review/rounds")
def rounds(request: Request) -> Response:
    """The rounds there are; with `?round=NAME`, its agreement and its differences."""
    state, desk = UrlState.of(request), desk_of(request)
    names = desk.workspace.blind_rounds()
    chosen = state.get("round") or (names[0] if len(names) == 1 else None)
    if chosen is not None and chosen not in names:
        held = ", ".join(names) or "none yet"
        raise InputError(f"There is no blind round {chosen!r}. The workspace holds: {held}.")
    by = reviewer_of(request)
    undecided = 0 if chosen is None else _undecided(desk, chosen, by)
    if undecided and state.get("open") != "1":
        return page(
            request, "rounds_at_work.html.jinja", title="Blind rounds", round=chosen,
            undecided=undecided,
        )  # fmt: skip
    differing = [] if chosen is None else _differing(desk, chosen)
    shown = differing[:_SHOWN]
    states = desk.workspace.claim_states([key for key, _ in shown])
    return page(
        request, "rounds.html.jinja", title="Blind rounds", rounds=names, round=chosen,
        agreement=None if chosen is None else _agreement(desk, chosen),
        differing=[
            (view, decisions)
            for key, decisions in shown
            for view in claim_views(desk, [states[key]] if key in states else [])
        ],
        total=len(differing), reviewer=by, taken=state.get("taken"),
    )  # fmt: skip


@router.post("/review/rounds/take")
async def adjudicate(request: Request) -> Response:
    """Make one reviewer's decision the claim's own.

    Raises:
        StaleClaim: somebody changed the claim since the version that the page showed.
        InputError: a form that lacks a part, or names a decision that nobody made.
    """
    from starlette.concurrency import run_in_threadpool

    form = await request.form()
    given = {key: str(form.get(key) or "") for key in ("claim", "round", "of", "seen")}
    if not all(given.values()) or not given["seen"].isdecimal():
        raise InputError("The form lacks a part. Go back to the page of the round and try again.")

    def take() -> None:
        desk_of(request).workspace.adjudicate(
            given["claim"], blind=given["round"], of=given["of"], seen=int(given["seen"]),
            by=reviewer_of(request), note=f"adjudicated from blind round {given['round']}",
        )  # fmt: skip

    await run_in_threadpool(take)
    back = UrlState("/review/rounds", (("round", given["round"]),))
    return RedirectResponse(back.url(taken=given["claim"], open="1"), 303)


def _undecided(desk: Desk, chosen: str, by: str) -> int:
    """Claims that others decided on and this reviewer of the round has not; 0 for an outsider."""
    decisions = desk.workspace.blind_decisions(chosen)
    own = {one.claim_id for one in decisions if one.by == by}
    return len({one.claim_id for one in decisions} - own) if own else 0


def _differing(desk: Desk, chosen: str) -> list[tuple[str, list[BlindDecision]]]:
    """Claims on which the reviewers of the round would have different codings, in order."""
    by_claim: dict[str, list[BlindDecision]] = defaultdict(list)
    for decision in desk.workspace.blind_decisions(chosen):
        if decision.action not in ("note", "grade"):
            by_claim[decision.claim_id].append(decision)
    return [
        (key, decisions)
        for key, decisions in by_claim.items()
        if len({decision.claim.model_dump_json() for decision in decisions}) > 1
    ]


def _agreement(desk: Desk, chosen: str) -> Agreement | str:
    from foedus.assessment.review_agreement import agreement_of_round

    try:
        return agreement_of_round(desk.workspace, chosen)
    except InputError as too_few:
        return str(too_few)
