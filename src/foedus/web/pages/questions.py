"""Questions: dated forecasts that are kept as they were made, how they came out, and the scores."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, cast

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from foedus.domain.questions import OUTCOMES, Outcome, Question
from foedus.errors import InputError
from foedus.web.answers import answer
from foedus.web.desk import Desk, desk_of
from foedus.web.navigation import NavItem
from foedus.web.render import page
from foedus.web.reviewer import reviewer_of
from foedus.web.urlstate import UrlState

router = APIRouter(include_in_schema=False)
NAV = NavItem("Questions", "/questions", 70, within=("/questions/",))


@router.get("/questions")
def questions(request: Request) -> Response:
    """Every question with the running scores, and a form for a new one."""
    from foedus.assessment.question import RUNGS, asked_in
    from foedus.report.question_blocks import scores_table, tally

    found = asked_in(desk_of(request).workspace)
    return page(
        request, "questions.html.jinja", title="Questions", found=found, tally=tally(found),
        scores=scores_table(found), rungs=list(RUNGS.items()), reviewer=reviewer_of(request),
    )  # fmt: skip


@router.get("/questions/{key}")
def question(request: Request, key: str) -> Response:
    """One question with its rule and every resolution, and a form that resolves it."""
    from foedus.report.question_blocks import question_blocks

    found = desk_of(request).workspace.questions.get(key)
    return page(
        request, "question.html.jinja", title=found.question, it=found,
        blocks=question_blocks(found), outcomes=OUTCOMES, reviewer=reviewer_of(request),
    )  # fmt: skip


@router.post("/questions")
async def ask(request: Request) -> Response:
    """Store a question as of the day that the form names."""
    form = await request.form()
    return await run_in_threadpool(_ask, request, form)


def _ask(request: Request, form: FormData) -> Response:
    desk = desk_of(request)
    found = _asked(desk, _text(form), by=reviewer_of(request))
    desk.workspace.questions.add(found)
    return RedirectResponse(f"/questions/{found.id}", HTTPStatus.SEE_OTHER)


def _asked(desk: Desk, given: dict[str, str], by: str) -> Question:
    """The question that the form asks, not stored yet.

    Raises:
        UnknownActor, AmbiguousActor, InputError, DateError: a field that says nothing usable.
    """
    from foedus.assessment.question import RungName, about

    state = UrlState("/questions", tuple(given.items()))
    result = answer(
        desk, given.get("guarantor", ""), given.get("beneficiary", ""), state.as_of(),
        given.get("challenger"),
    )  # fmt: skip
    return about(
        result,
        rung=cast(RungName, given.get("rung", "material")),
        days=state.number("days", 365),
        probability=_share(given["percent"]) if "percent" in given else None,
        by=by,
        note=given.get("note"),
    )


@router.post("/questions/{key}")
async def resolve(request: Request, key: str) -> Response:
    """Say how a question came out; what was said before stays in its history."""
    form = await request.form()
    return await run_in_threadpool(_resolve, request, key, form)


def _resolve(request: Request, key: str, form: FormData) -> Response:
    given = _text(form)
    if given.get("outcome") not in OUTCOMES:
        raise InputError(f"Choose how it came out: {', '.join(OUTCOMES)}.")
    desk_of(request).workspace.questions.resolve(
        key, cast(Outcome, given["outcome"]), by=reviewer_of(request),
        source=given.get("source"), note=given.get("note"),
    )  # fmt: skip
    return RedirectResponse(f"/questions/{key}", HTTPStatus.SEE_OTHER)


def _text(form: FormData) -> dict[str, Any]:
    """The fields that say anything."""
    return {
        key: value.strip()
        for key, value in form.items()
        if isinstance(value, str) and value.strip()
    }


def _share(percent: str) -> float:
    try:
        return float(percent.removesuffix("%")) / 100
    except ValueError:
        raise InputError(
            f"Not a number of percent: {percent[:20]!r}. Give one between 0 and 100, or leave it"
            " out for the model's."
        ) from None
