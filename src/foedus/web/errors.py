"""Error pages: what was received, and how to mend it."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from foedus.errors import AmbiguousActor, FoedusError, InputError, UnknownActor, WorkspaceError
from foedus.web.guard import HEADERS
from foedus.web.render import page

_TITLES = {
    HTTPStatus.FORBIDDEN: "Refused",
    HTTPStatus.NOT_FOUND: "No such page",
    HTTPStatus.CONFLICT: "Changed meanwhile",
    HTTPStatus.SERVICE_UNAVAILABLE: "The workspace is out of reach",
}


def add_error_pages(app: FastAPI) -> None:
    """Answer every error with a page, or with JSON under /api/."""

    def of_http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        return error_page(request, error.status_code, str(error.detail))

    def of_input(request: Request, error: Exception) -> Response:
        assert isinstance(error, FoedusError)
        status = HTTPStatus.INTERNAL_SERVER_ERROR
        if isinstance(error, InputError):
            status = HTTPStatus.BAD_REQUEST
        if isinstance(error, UnknownActor):
            status = HTTPStatus.NOT_FOUND
        if isinstance(error, WorkspaceError):
            status = HTTPStatus.SERVICE_UNAVAILABLE
        suggestions = error.suggestions if isinstance(error, (UnknownActor, AmbiguousActor)) else ()
        return error_page(request, status, str(error), suggestions)

    def of_form(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        told = "; ".join(
            f"{'.'.join(str(part) for part in fault['loc'][1:]) or 'the request'}: {fault['msg']}"
            for fault in error.errors()[:5]
        )
        return error_page(request, HTTPStatus.UNPROCESSABLE_ENTITY, f"Not as expected: {told}.")

    def of_us(request: Request, error: Exception) -> Response:
        answer = error_page(
            request,
            HTTPStatus.INTERNAL_SERVER_ERROR,
            "Something went wrong in the workbench itself. Nothing was changed by this request;"
            " the details are in the terminal that runs `foedus serve`.",
        )
        answer.headers.update(HEADERS)
        return answer

    app.add_exception_handler(HTTPException, of_http)
    app.add_exception_handler(FoedusError, of_input)
    app.add_exception_handler(RequestValidationError, of_form)
    app.add_exception_handler(Exception, of_us)


def error_page(
    request: Request,
    status: int,
    message: str,
    suggestions: tuple[tuple[str, str], ...] = (),
) -> Response:
    """One error as a page, or as JSON under /api/."""
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": message}, status)
    title = _TITLES.get(HTTPStatus(status), "That did not work")
    return page(
        request, "error.html.jinja", title=title, status=status, message=message,
        suggestions=suggestions,
    )  # fmt: skip
