"""Pages from templates: one environment, and what every page is given."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from fastapi import Request
from jinja2 import ChoiceLoader, Environment, PackageLoader
from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from foedus import __version__
from foedus.report import figures
from foedus.report.blocks import Block
from foedus.report.html import environment as report_environment
from foedus.web.desk import desk_of
from foedus.web.keys import CSRF_COOKIE, Keys
from foedus.web.static_files import static_url
from foedus.web.urlstate import UrlState


@cache
def environment() -> Environment:
    """The report's environment (autoescape, strict, visible controls) with the pages' templates."""
    made = report_environment().overlay(
        loader=ChoiceLoader([PackageLoader("foedus.web"), PackageLoader("foedus.report")])
    )
    made.globals["static_url"] = static_url
    made.globals["version"] = __version__
    for name in ("percent", "interval", "day", "moment", "span", "count", "capital"):
        made.filters[name] = getattr(figures, name)
    return made


def blocks_html(blocks: Sequence[Block], prefix: str) -> Markup:
    """Report blocks as HTML to keep and put into pages; `prefix` makes ids unique on the page."""
    from foedus.report import charts

    ids = itertools.count(1)
    template = environment().get_template("sections.html.jinja")
    return Markup(  # noqa: S704
        template.render(blocks=blocks, next_id=lambda: f"{prefix}{next(ids)}", chart_svg=charts.svg)
    )


def page(
    request: Request,
    template: str,
    *,
    title: str,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    **context: Any,
) -> Response:
    """A page as HTML. Every template has `state`, `csrf`, `navigation`, `today` and `title`."""
    from foedus.report import charts

    keys: Keys = request.app.state.keys
    visitor = request.cookies.get(CSRF_COOKIE) or keys.new_visitor()
    ids = itertools.count(1)
    html = environment().get_template(template).render(
        title=title,
        state=UrlState.of(request),
        path=request.url.path,
        csrf=keys.csrf(visitor),
        navigation=request.app.state.navigation,
        today=date.today(),
        catalog_version=desk_of(request).catalog_version,
        workspace_shown=desk_of(request).workspace.where,
        next_id=lambda: f"b{next(ids)}",
        chart_svg=charts.svg,
        **context,
    )  # fmt: skip
    response = HTMLResponse(html, status, headers)
    if request.cookies.get(CSRF_COOKIE) != visitor:
        response.set_cookie(
            CSRF_COOKIE,
            visitor,
            httponly=True,
            samesite="strict",
            secure=request.url.scheme == "https",
        )
    return response
