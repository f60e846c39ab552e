"""The login: one token, printed when the server started."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from foedus.web.keys import SESSION_COOKIE, Keys
from foedus.web.render import page

router = APIRouter(include_in_schema=False)


@router.get("/login")
def login_form(request: Request, token: str = "", next: str = "/") -> Response:  # noqa: A002
    """The form; a link with the token in it fills it in."""
    return page(
        request, "login.html.jinja", title="Log in", token=token, next=_here(next), wrong=False
    )


@router.post("/login")
def login(
    request: Request,
    token: Annotated[str, Form(max_length=200)] = "",
    next: Annotated[str, Form(max_length=2000)] = "/",  # noqa: A002
) -> Response:
    """Take the token, and remember the visitor in a cookie that scripts cannot read."""
    keys: Keys = request.app.state.keys
    if not keys.is_token(token.strip()):
        return page(
            request, "login.html.jinja", title="Log in", status=HTTPStatus.FORBIDDEN,
            token="", next=_here(next), wrong=True,
        )  # fmt: skip
    response = RedirectResponse(_here(next), HTTPStatus.SEE_OTHER)
    response.set_cookie(
        SESSION_COOKIE,
        keys.session,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return response


def _here(address: str) -> str:
    """An address on this server; anything else is the start page."""
    if not address.startswith("/") or address[1:2] in ("/", "\\") or "\n" in address:
        return "/"
    return address
