"""The guard before every page: Host, Origin, login, size of what is sent, and headers."""

from __future__ import annotations

from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from foedus.web.keys import SESSION_COOKIE, Keys
from foedus.web.settings import Settings

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
OPEN_PATHS = ("/login", "/static/")
"""What is served before the login."""

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class Guard:
    """ASGI middleware that refuses what no visitor of these pages would send.

    A refused request reaches no page. Unsafe requests must come from these pages (Origin, or
    where a browser sends none, Sec-Fetch-Site); their CSRF token is checked at the route.
    """

    def __init__(self, app: ASGIApp, settings: Settings, keys: Keys) -> None:
        self._app = app
        self._settings = settings
        self._keys = keys

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer it here."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        send = _with_headers(send)
        headers = Headers(scope=scope)
        refusal = self._refusal(scope, headers)
        if refusal is not None:
            await refusal(scope, receive, send)
            return
        body = _Bounded(receive, send, self._limit(scope["path"]))
        try:
            await self._app(scope, body.receive, body.send)
        except _TooLarge:
            if body.started:
                raise
        if body.exceeded and not body.started:
            await _too_large(body.limit)(scope, receive, send)

    def _limit(self, path: str) -> int:
        if path.startswith(self._settings.upload_paths):
            return self._settings.upload_bytes
        return self._settings.body_bytes

    def _refusal(self, scope: Scope, headers: Headers) -> Response | None:
        host = headers.get("host", "")
        if not self._settings.answers_to(_name_of(host)):
            return PlainTextResponse(
                f"This workbench does not answer to the name {host[:100]!r}. Open it at the"
                " address that `foedus serve` printed.",
                HTTPStatus.MISDIRECTED_REQUEST,
            )
        if scope["method"] not in SAFE_METHODS and not _from_here(scope, headers, host):
            return PlainTextResponse(
                "This request comes from another site and is refused. Use the workbench's own"
                " pages.",
                HTTPStatus.FORBIDDEN,
            )
        if not self._logged_in(scope, headers):
            if scope["path"].startswith("/api/") or scope["method"] not in SAFE_METHODS:
                return PlainTextResponse(
                    "Log in first: give the token that `foedus serve` printed, as"
                    " `Authorization: Bearer TOKEN`.",
                    HTTPStatus.UNAUTHORIZED,
                    {"WWW-Authenticate": "Bearer"},
                )
            here = scope["path"] + (f"?{scope['query_string'].decode('latin-1')}"
                                    if scope["query_string"] else "")  # fmt: skip
            return RedirectResponse(f"/login?{QueryParams({'next': here})}", HTTPStatus.SEE_OTHER)
        length = headers.get("content-length", "0")
        limit = self._limit(scope["path"])
        if not length.isdecimal() or int(length) > limit:
            return _too_large(limit)
        return None

    def _logged_in(self, scope: Scope, headers: Headers) -> bool:
        if self._settings.token is None or scope["path"].startswith(OPEN_PATHS):
            return True
        scheme, _, given = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and self._keys.is_token(given.strip()):
            return True
        return self._keys.is_session(_cookie(headers, SESSION_COOKIE))


def _name_of(host: str) -> str:
    """A Host header without its port."""
    if host.startswith("["):
        return host.partition("]")[0]
    return host.partition(":")[0]


def _from_here(scope: Scope, headers: Headers, host: str) -> bool:
    origin = headers.get("origin")
    if origin is not None:
        return origin in (f"http://{host}", f"https://{host}")
    return headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none")


def _cookie(headers: Headers, name: str) -> str:
    for part in headers.get("cookie", "").split(";"):
        key, _, value = part.strip().partition("=")
        if key == name:
            return value
    return ""


def _with_headers(send: Send) -> Send:
    async def wrapped(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("Cache-Control", "no-store")
        await send(message)

    return wrapped


class _TooLarge(Exception):
    pass


class _Bounded:
    """Counts the body as it comes, whatever length was announced."""

    def __init__(self, receive: Receive, send: Send, limit: int) -> None:
        self.limit = limit
        self.exceeded = self.started = False
        self._receive, self._send = receive, send
        self._seen = 0

    async def receive(self) -> Message:
        message = await self._receive()
        self._seen += len(message.get("body", b""))
        if self._seen > self.limit:
            self.exceeded = True
            raise _TooLarge
        return message

    async def send(self, message: Message) -> None:
        if self.exceeded and not self.started:
            return
        self.started = True
        await self._send(message)


def _too_large(limit: int) -> Response:
    return PlainTextResponse(
        f"What was sent is larger than {limit // 1024:,} kB. Send less at a time.",
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        {"Connection": "close"},
    )
