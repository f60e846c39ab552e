"""Scenarios: edit shocks in a form or as TOML, run them, compare with the baseline, save, share."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from foedus.domain.scenarios import KINDS, Scenario
from foedus.errors import InputError
from foedus.report.blocks import Masthead, Section
from foedus.stress.scenario_files import parse, shipped, text_of
from foedus.web.desk import Desk, desk_of
from foedus.web.exporting import exported, formats
from foedus.web.navigation import NavItem
from foedus.web.render import page
from foedus.web.reviewer import reviewer_of
from foedus.web.scenario_forms import COLUMNS, FIELDS, attack_on, toml_of_form, values_of
from foedus.web.urlstate import UrlState
from foedus.web.views.stress import kept_test, stress_view

router = APIRouter(include_in_schema=False)
NAV = NavItem("Scenarios", "/scenario", 60, within=("/scenario",))
RUNS = (2_000, 10_000, 100_000)
_LONGEST = 100_000
_BLANK = """\
name = "my-scenario"
title = "My scenario"
as_of = 2024-11-01
horizon = "2y"

[[shock]]
kind = "attack"
on = 2025-01-01
beneficiary = "Estonia"
challengers = ["Russia"]
war = true
"""


@router.get("/scenario")
def scenario(request: Request) -> Response:
    """The editor, with the scenario that the address names: shipped, saved, or a new one.

    An address that names a `beneficiary` has an attack on it filled in.
    """
    state, desk = UrlState.of(request), desk_of(request)
    name, saved = state.get("from"), state.get("saved")
    text = _BLANK
    if state.get("beneficiary") is not None:
        text = _attack(desk, state)
    elif saved is not None:
        text = desk.workspace.scenarios.get(saved).toml
    elif name is not None:
        if name not in shipped():
            raise HTTPException(
                404, f"No scenario is called {name[:40]!r}. There are {', '.join(shipped())}."
            )
        text = text_of(name)
    return _editor(request, text)


def _attack(desk: Desk, state: UrlState) -> str:
    """The text of an attack on the address's beneficiary.

    Raises:
        UnknownActor, AmbiguousActor: a name that leads to no actor, or to several.
    """
    day = state.as_of()
    with desk.names() as actors:
        guarantor, beneficiary, challenger = (
            None if (name := state.get(key)) is None else actors.resolve(name, on=day)
            for key in ("guarantor", "beneficiary", "challenger")
        )
    if beneficiary is None:
        return _BLANK
    return attack_on(guarantor, beneficiary, challenger, day)


def _editor(request: Request, text: str, error: InputError | None = None) -> Response:
    desk = desk_of(request)
    read: Scenario | None = None
    try:
        read = parse(text, "the scenario")
    except InputError as fault:
        error = error or fault
    runs = desk.workspace.jobs.recent(20, kind="stress")
    return page(
        request, "scenario.html.jinja", title="Scenarios", text=text, read=read,
        values=values_of(read) if read else None, error=error,
        status=HTTPStatus.OK if error is None else HTTPStatus.BAD_REQUEST,
        shipped=[(one, parse(text_of(one), one).title) for one in shipped()],
        saved=desk.workspace.scenarios.all(), runs=runs, kinds=KINDS, columns=COLUMNS,
        fields=FIELDS, choices=RUNS,
    )  # fmt: skip


@router.post("/scenario")
async def act(request: Request) -> Response:
    """Check, save or run what the form or the TOML says."""
    form = await request.form()
    return await run_in_threadpool(_act, request, form)


def _act(request: Request, form: FormData) -> Response:
    desk = desk_of(request)
    try:
        text = toml_of_form(form) if form.get("how") == "form" else _text(form)
        read = parse(text, "the scenario")
    except InputError as error:
        given = str(form.get("toml") or "").replace("\r\n", "\n")
        return _editor(request, given or _BLANK, error)
    saved = desk.workspace.scenarios.save(read.title, text, saved_by=reviewer_of(request))
    if form.get("action") != "run":
        return RedirectResponse(f"/scenario?saved={saved.id}", HTTPStatus.SEE_OTHER)
    job = desk.workspace.jobs.add(
        "stress",
        f"Stress test: {read.title}",
        {"toml": text, "scenario": saved.id, "runs": _runs(form), "seed": 1},
        asked_by=reviewer_of(request),
    )
    request.app.state.foreman.wake()
    return RedirectResponse(f"/scenario/run/{job.id}", HTTPStatus.SEE_OTHER)


def _text(form: FormData) -> str:
    text = str(form.get("toml") or "").replace("\r\n", "\n")
    if len(text) > _LONGEST:
        raise InputError(f"The text has {len(text):,} characters; {_LONGEST:,} are the most.")
    return text


def _runs(form: FormData) -> int:
    given = str(form.get("runs") or "")
    return int(given) if given in {str(one) for one in RUNS} else RUNS[0]


@router.get("/scenario/run/{key}")
def run(request: Request, key: str) -> Response:
    """One run: its progress, and when it is done what it came to beside the baseline."""
    from foedus.report.stress_blocks import stress_blocks

    desk = desk_of(request)
    job = desk.workspace.jobs.get(key)
    if job.kind != "stress":
        raise HTTPException(404, "That job ran no scenario.")
    context: dict[str, Any] = {"job": job, "scenario": job.request.get("scenario")}
    if job.state != "done" or job.result is None:
        return page(request, "scenario_run.html.jinja", title=job.title, sections=(), **context)
    test = kept_test(desk, key, job.result)
    if file := exported(request, lambda: stress_view(request, test, key)):
        return file
    blocks = stress_blocks(test)
    return page(
        request, "scenario_run.html.jinja", title=job.title,
        masthead=next(block for block in blocks if isinstance(block, Masthead)),
        sections=[block for block in blocks if isinstance(block, Section)],
        files=formats(request, "csv", "json", "parquet", "graphml", "bib"), **context,
    )  # fmt: skip
