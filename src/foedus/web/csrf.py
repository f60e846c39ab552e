"""CSRF tokens: every unsafe request carries the one that its page was given."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import HTTPException, Request

from foedus.web.guard import SAFE_METHODS
from foedus.web.keys import CSRF_COOKIE, Keys

FIELD = "csrf"
HEADER = "x-csrf-token"
_OF_BROWSERS = ("origin", "sec-fetch-site", "cookie")


async def check_csrf(request: Request) -> None:
    """Refuse an unsafe request without its token, in a header or a form field.

    Programs that call the JSON API are let through: a request with none of the headers that
    browsers send with every unsafe request was not made by a page elsewhere.
    """
    if request.method in SAFE_METHODS:
        return
    headers = request.headers
    of_program = not any(name in headers for name in _OF_BROWSERS)
    if request.url.path.startswith("/api/") and of_program:
        return
    keys: Keys = request.app.state.keys
    visitor = request.cookies.get(CSRF_COOKIE, "")
    given = headers.get(HEADER) or await _field(request)
    if not keys.is_csrf(visitor, given):
        raise HTTPException(
            HTTPStatus.FORBIDDEN,
            "The form is out of date, or cookies are off. Go back, load the page again, and"
            " send it once more.",
        )


async def _field(request: Request) -> str:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in ("application/x-www-form-urlencoded", "multipart/form-data"):
        return ""
    value = (await request.form()).get(FIELD)
    return value if isinstance(value, str) else ""
