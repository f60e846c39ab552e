"""Evidence: hand over documents, see them being read, and find what was read."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, File, Request, UploadFile
from starlette.responses import RedirectResponse, Response

from foedus.errors import InputError
from foedus.report.figures import count
from foedus.web.desk import desk_of
from foedus.web.exporting import exported, formats
from foedus.web.navigation import NavItem
from foedus.web.render import page
from foedus.web.reviewer import reviewer_of
from foedus.web.urlstate import UrlState
from foedus.web.views.evidence import claims_view

router = APIRouter(include_in_schema=False)
NAV = NavItem("Evidence", "/evidence", 40, within=("/evidence/", "/document/", "/claim/"))
_PER_PAGE = 50
_FILES = 200


@router.get("/evidence")
def evidence(request: Request) -> Response:
    """The documents, the form that takes more, and reading that goes on."""
    if file := exported(request, lambda: claims_view(request)):
        return file
    state, workspace = UrlState.of(request), desk_of(request).workspace
    words, number = state.get("q") or "", state.number("page", 1, low=1)
    found = workspace.library.page(words, skip=(number - 1) * _PER_PAGE, limit=_PER_PAGE)
    reading = [job for job in workspace.jobs.recent(5, kind="read") if not job.over]
    queue = workspace.queue(limit=1)
    claims = workspace.queue(status=None, limit=1).total
    return page(
        request, "evidence.html.jinja", title="Evidence", words=words, number=number,
        files=formats(request, "csv", "json", "parquet", "bib", empty=not claims),
        documents=found, pages=-(-found.total // _PER_PAGE), reading=reading, open=queue.total,
        chips=[state.chip("q", f"title, name or publisher holds “{words}”")] if words else [],
    )  # fmt: skip


@router.post("/evidence/upload")
def upload(request: Request, files: Annotated[list[UploadFile], File()]) -> Response:
    """Take files, and queue their reading; they are kept before this answers."""
    from foedus.assessment.uploads import safe_name

    given = [file for file in files if file.filename]
    if not given:
        raise InputError("No file was given. Choose one or more, or drop them on the form.")
    if len(given) > _FILES:
        raise InputError(f"{len(given)} files were given; send {_FILES} at a time at most.")
    contents = [(safe_name(file.filename or ""), file.file.read()) for file in given]
    title = contents[0][0] if len(contents) == 1 else f"{count(len(contents), 'file')}"
    job = desk_of(request).workspace.jobs.add(
        "read", f"Read {title}", {}, files=contents, asked_by=reviewer_of(request)
    )
    request.app.state.foreman.wake()
    return RedirectResponse(f"/jobs/{job.id}", 303)
