"""Who reviews: the name that a visitor gave, kept in a cookie of his browser."""

from __future__ import annotations

import getpass
from urllib.parse import quote, unquote

from fastapi import Request
from starlette.responses import Response

COOKIE = "foedus_reviewer"
_LENGTH = 60


def reviewer_of(request: Request) -> str:
    """The name under which this visitor's decisions are kept.

    Until he gives one it is, on a server of this machine alone, the name of whoever runs it.
    """
    given = clean(unquote(request.cookies.get(COOKIE, "")))
    if given:
        return given
    if not request.app.state.settings.local:
        return "unnamed"
    try:
        return clean(getpass.getuser()) or "unnamed"
    except (OSError, KeyError, ImportError):
        return "unnamed"


def clean(name: str) -> str:
    """A name without control characters and edges, cut to a length that fits a column."""
    return "".join(mark for mark in name if mark.isprintable()).strip()[:_LENGTH]


def remember(request: Request, response: Response, name: str) -> None:
    """Keep the name for a year."""
    response.set_cookie(
        COOKIE,
        quote(clean(name)),
        max_age=365 * 86400,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
