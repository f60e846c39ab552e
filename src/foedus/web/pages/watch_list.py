"""The watch list, the start page."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from foedus.web.navigation import NavItem
from foedus.web.render import page

router = APIRouter(include_in_schema=False)
NAV = NavItem("Watch list", "/", 10)


@router.get("/")
def watch_list(request: Request) -> Response:
    """Commitments ranked by risk."""
    return page(request, "watch_list.html.jinja", title="Watch list")
