"""Help and method: what each page answers, the words used, the keys."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from foedus.web.render import page

router = APIRouter(include_in_schema=False)


@router.get("/about")
def about(request: Request) -> Response:
    """The help page."""
    return page(request, "about.html.jinja", title="Help and method")
