"""Pages from templates: one environment, and what every page is given."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date
from functools import cache
from secrets import token_hex
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
    made.extend(definitions="/features")
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
    visitor = _visitor(request)
    html = _html(request, template, csrf=_csrf(request, visitor), title=title, **context)
    return _response(request, html, visitor, status, headers)


def kept_page(
    request: Request,
    template: str,
    *,
    rests_on: Hashable,
    context: Callable[[], Mapping[str, Any]],
) -> Response:
    """A page that is rendered once for all visitors, as long as nothing that it shows changes.

    That is: its address, the day, and `rests_on`. `context` makes what `page` is given by name,
    and may name nothing of the visitor's own.
    """
    visitor = _visitor(request)
    html = desk_of(request).pages.get(
        (template, request.url.path, request.url.query, date.today(), rests_on),
        lambda: _html(request, template, csrf=_ANY_VISITOR, **context()),
    )
    return _response(request, html.replace(_ANY_VISITOR, _csrf(request, visitor)), visitor)


_ANY_VISITOR = f"csrf-{token_hex()}"
"""Stands in kept pages where each visitor's own CSRF token goes."""


def _html(request: Request, template: str, **context: Any) -> str:
    from foedus.report import charts

    ids = itertools.count(1)
    desk = desk_of(request)
    return environment().get_template(template).render(
        state=UrlState.of(request),
        path=request.url.path,
        navigation=request.app.state.navigation,
        today=date.today(),
        catalog_version=desk.catalog_version,
        workspace_shown=desk.workspace.where,
        next_id=lambda: f"b{next(ids)}",
        chart_svg=charts.svg,
        **context,
    )  # fmt: skip


def _visitor(request: Request) -> str:
    keys: Keys = request.app.state.keys
    return request.cookies.get(CSRF_COOKIE) or keys.new_visitor()


def _csrf(request: Request, visitor: str) -> str:
    keys: Keys = request.app.state.keys
    return keys.csrf(visitor)


def _response(
    request: Request,
    html: str,
    visitor: str,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> Response:
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
