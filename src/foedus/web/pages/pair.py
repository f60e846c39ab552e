"""One pair: the assessment as a page, its saved forecasts, and its files."""

from __future__ import annotations

from datetime import date, timedelta
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from markupsafe import Markup
from starlette.responses import HTMLResponse, RedirectResponse, Response

from foedus.domain.actors import in_prose
from foedus.domain.assessments import Assessment
from foedus.record.rules import FOEDUS_RUNG, RULES
from foedus.report.blocks import Masthead, Section
from foedus.report.html import assessment_html
from foedus.report.machine import to_json
from foedus.web.answers import answer, saved_before
from foedus.web.desk import Desk, desk_of
from foedus.web.kept import Same
from foedus.web.render import blocks_html, environment, kept_page, page
from foedus.web.urlstate import UrlState

router = APIRouter(include_in_schema=False)
SLIDER_STEP = 91
SLIDER_YEARS = 80


@router.get("/pair")
def named_pair(request: Request) -> Response:
    """Two names as a form gives them, led to the pair's own address."""
    state = UrlState.of(request)
    desk = desk_of(request)
    with desk.names() as actors:
        ends = [actors.resolve(state.get(key) or "", on=None).id
                for key in ("guarantor", "beneficiary")]  # fmt: skip
    rest = [pair for pair in state.pairs if pair[0] not in ("guarantor", "beneficiary")]
    query = f"?{urlencode(rest)}" if rest else ""
    return RedirectResponse(f"/pair/{ends[0]}/{ends[1]}{query}", HTTPStatus.SEE_OTHER)


@router.get("/pair/{guarantor}/{beneficiary}.pdf")
def as_pdf(request: Request, guarantor: str, beneficiary: str) -> Response:
    """The report as PDF.

    Raises:
        InputError: the extra `pdf` is not installed.
    """
    from foedus.report.pdf import assessment_pdf

    desk, state = desk_of(request), UrlState.of(request)
    result = _asked(desk, state, guarantor, beneficiary)
    content = desk.kept(("pdf", result.id), lambda: assessment_pdf(result))
    return _file(content, "application/pdf", result, "pdf")


@router.get("/pair/{guarantor}/{beneficiary}.html")
def as_html(request: Request, guarantor: str, beneficiary: str) -> Response:
    """The report as one self-contained page to hand over."""
    result = _asked(desk_of(request), UrlState.of(request), guarantor, beneficiary)
    return _file(assessment_html(result).encode(), "text/html; charset=utf-8", result, "html")


@router.get("/pair/{guarantor}/{beneficiary}.json")
def as_json(request: Request, guarantor: str, beneficiary: str) -> Response:
    """The assessment as JSON."""
    desk = desk_of(request)
    result = _asked(desk, UrlState.of(request), guarantor, beneficiary)
    content = desk.kept(("json", result.id), lambda: to_json(result).encode())
    return _file(content, "application/json", result, "json")


@router.get("/pair/{guarantor}/{beneficiary}")
def pair(request: Request, guarantor: str, beneficiary: str) -> Response:
    """The assessment of a pair as of a day."""
    desk, state = desk_of(request), UrlState.of(request)
    result = _asked(desk, state, guarantor, beneficiary)
    # a pair's answer is another one after each saving, so its id stands for those saved too
    return kept_page(
        request, "pair.html.jinja", rests_on=result.id,
        context=lambda: _context(request, desk, state, result),
    )  # fmt: skip


def _context(request: Request, desk: Desk, state: UrlState, result: Assessment) -> dict[str, Any]:
    from foedus.assessment.changes import THRESHOLD, change
    from foedus.report.assessment_blocks import assessment_blocks
    from foedus.report.history import history_section

    earlier = saved_before(desk, result.guarantor.id, result.beneficiary.id)
    record, drawn, rows = desk.kept(
        ("record", Same(result.record), Same(result.guarantor)), lambda: _of_record(result)
    )
    blocks = assessment_blocks(result, record)
    sections = [block for block in blocks if isinstance(block, Section)]
    if earlier:
        sections.insert(4, history_section(earlier, result))
    return {
        "title": f"{result.guarantor.name} → {result.beneficiary.name}",
        "result": result,
        "masthead": next(block for block in blocks if isinstance(block, Masthead)),
        "contents": [(section.anchor, section.title) for section in sections],
        "report": Markup("\n").join(
            drawn
            if section is record
            else _offer(result)
            if section.anchor == "stress"
            else _section(desk, section)
            for section in sections
        ),
        "calls_behind": rows,
        "change": change(earlier[-1], result) if earlier else None,
        "request_query": request.url.query,
        "rules": [(name, name) for name in RULES],
        "slider": _slider(result.as_of),
        "chips": _chips(state, result),
        "saved_now": state.get("saved"),
        "threshold": THRESHOLD,
    }


def _of_record(result: Assessment) -> tuple[Section, Markup, Markup]:
    """The record's section, as blocks and as HTML, and links to its calls: the most of a page."""
    from foedus.report.sections.record import record_section

    section = record_section(result)
    behind = environment().get_template("calls_behind.html.jinja").render(result=result)
    return section, blocks_html((section,), "record-t"), Markup(behind)  # noqa: S704


def _offer(result: Assessment) -> Markup:
    """Instead of the command that runs a stress test: the attack filled in under Scenarios."""
    likely = result.forecast.challengers if result.forecast else ()
    named = result.challenger.name if result.challenger else likely[0].name if likely else None
    asked = {
        "guarantor": result.guarantor.id,
        "beneficiary": result.beneficiary.id,
        "challenger": named,
        "as_of": result.as_of.isoformat(),
    }
    query = urlencode({key: value for key, value in asked.items() if value is not None})
    offer = environment().get_template("stress_offer.html.jinja")
    drawn = offer.render(
        beneficiary=in_prose(result.beneficiary.name),
        named=named and in_prose(named),
        query=query,
    )
    return Markup(drawn)  # noqa: S704


def _section(desk: Desk, section: Section) -> Markup:
    """One section as HTML; a review changes few of them, and the rest are kept."""
    return desk.kept(
        ("section", section), lambda: blocks_html((section,), f"{section.anchor}-t")
    )  # fmt: skip


@router.post("/pair/{guarantor}/{beneficiary}/save")
def save(request: Request, guarantor: str, beneficiary: str) -> Response:
    """Save the assessment as it is shown, so that later ones can be held against it."""
    from foedus.assessment.assess import saved as as_saved

    desk, state = desk_of(request), UrlState.of(request)
    result = _asked(desk, state, guarantor, beneficiary)
    fresh = result.model_copy(update=_new_run())
    desk.workspace.save_assessment(as_saved(fresh))
    kept = [item for item in state.pairs if item[0] != "saved"] + [("saved", fresh.id)]
    return RedirectResponse(
        f"/pair/{guarantor}/{beneficiary}?{urlencode(kept)}#history", HTTPStatus.SEE_OTHER
    )


@router.get("/pair/{guarantor}/{beneficiary}/change")
def since_saved(request: Request, guarantor: str, beneficiary: str) -> Response:
    """What changed since the pair was last saved: a fragment for tables, else a page."""
    from foedus.assessment.changes import change

    desk, state = desk_of(request), UrlState.of(request)
    earlier = saved_before(desk, guarantor, beneficiary)
    if not earlier:
        return HTMLResponse("not saved")
    last = earlier[-1]
    now = answer(desk, guarantor, beneficiary, state.as_of(), last.challenger)
    return page(
        request,
        "change_fragment.html.jinja" if request.headers.get("hx-request") else "change.html.jinja",
        title=f"{now.guarantor.name} → {now.beneficiary.name}: since it was saved",
        change=change(last, now),
        result=now,
    )


def _file(content: bytes, media_type: str, result: Assessment, ending: str) -> Response:
    name = f"foedus-{result.guarantor.id}-{result.beneficiary.id}-{result.as_of}.{ending}"
    kept = "".join(c if c.isascii() and (c.isalnum() or c in "-._") else "-" for c in name)
    return Response(
        content,
        media_type=media_type,
        headers={"Content-Disposition": f'attachment; filename="{kept}"'},
    )


def _asked(desk: Desk, state: UrlState, guarantor: str, beneficiary: str) -> Assessment:
    rule = state.one_of("rule", tuple(RULES), FOEDUS_RUNG.name)
    return answer(desk, guarantor, beneficiary, state.as_of(), state.get("challenger"), rule)


def _new_run() -> dict[str, Any]:
    from datetime import UTC, datetime
    from uuid import uuid4

    return {"id": uuid4().hex, "created": datetime.now(UTC)}


def _slider(as_of: date) -> dict[str, int]:
    """Days since 1970 for a slider that ends today: first, last, step and where it stands."""
    epoch = date(1970, 1, 1)
    last = (date.today() - epoch).days
    steps = SLIDER_YEARS * 365 // SLIDER_STEP
    first = last - steps * SLIDER_STEP
    return {"min": first, "max": last, "step": SLIDER_STEP,
            "value": max(first, (as_of - epoch) // timedelta(days=1))}  # fmt: skip


def _chips(state: UrlState, result: Assessment) -> list[Any]:
    chips = []
    if state.get("as_of"):
        chips.append(state.chip("as_of", f"as known on {result.as_of.isoformat()}"))
    if result.challenger is not None:
        chips.append(state.chip("challenger", f"attacked by {result.challenger.name}"))
    if state.get("rule") in RULES:
        chips.append(state.chip("rule", f"record under the rule {state.get('rule')}"))
    return chips
