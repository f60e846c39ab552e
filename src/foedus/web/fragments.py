"""Pieces of pages, for what htmx swaps in place."""

from __future__ import annotations

from typing import Any

from fastapi import Request
from starlette.responses import Response

from foedus.web.render import page


def fragment(request: Request, template: str, *, status: int = 200, **context: Any) -> Response:
    """A template without the page around it; it has what every page's template has."""
    return page(request, template, title="", status=status, **context)


def of_htmx(request: Request) -> bool:
    """Whether the page's script asks, which wants a piece instead of a whole page."""
    return request.headers.get("hx-request") == "true"
