"""Long work: what is queued, running and done; each job's progress, result and way to stop it."""

from __future__ import annotations

from fastapi import APIRouter, FastAPI, Request
from starlette.responses import RedirectResponse, Response

from foedus.web.desk import desk_of
from foedus.web.fragments import fragment
from foedus.web.navigation import NavItem
from foedus.web.render import page
from foedus.web.work.foreman import Foreman

router = APIRouter(include_in_schema=False)
NAV = NavItem("Jobs", "/jobs", 80, within=("/jobs/",))


def start(app: FastAPI) -> object:
    """Watch the job table while the server runs; jobs of an earlier server are taken up."""
    foreman = Foreman(app.state.desk.workspace, app.state.settings.workspace)
    app.state.foreman = foreman
    foreman.start()
    return foreman.stop


@router.get("/jobs")
def jobs(request: Request) -> Response:
    """The newest jobs."""
    return page(
        request, "jobs.html.jinja", title="Jobs", jobs=desk_of(request).workspace.jobs.recent(100)
    )


@router.get("/jobs/{key}")
def job(request: Request, key: str) -> Response:
    """One job with its files."""
    found = desk_of(request).workspace.jobs
    shown = found.get(key)
    return page(request, "job.html.jinja", title=shown.title, job=shown, files=found.files(key))


@router.get("/jobs/{key}/state")
def job_state(request: Request, key: str) -> Response:
    """One job's state as a piece of a page; it asks for itself again until the job is over."""
    found = desk_of(request).workspace.jobs
    shown = found.get(key)
    response = fragment(request, "job_state.html.jinja", job=shown, files=found.files(key))
    if shown.over and "/scenario/run/" in request.headers.get("hx-current-url", ""):
        response.headers["HX-Refresh"] = "true"
    return response


@router.post("/jobs/{key}/cancel")
def cancel(request: Request, key: str) -> Response:
    """Stop a job: at once where it only waits, after its present step where it runs."""
    desk_of(request).workspace.jobs.cancel(key)
    return RedirectResponse(f"/jobs/{key}", 303)
