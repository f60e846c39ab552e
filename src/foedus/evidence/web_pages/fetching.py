"""Fetch one document from the web, within limits of time, size, place and kind."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urljoin

from foedus.domain.documents import Document
from foedus.errors import DocumentError
from foedus.evidence.limits import DEFAULT, Limits
from foedus.evidence.web_pages.addresses import Target, checked_address, target_of
from foedus.evidence.web_pages.robots import AGENT, allows, text_of

_KINDS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    "message/rfc822": ".eml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}
_MOVED = (301, 302, 303, 307, 308)
_ROBOTS = 500_000


@dataclass(frozen=True, slots=True)
class Fetched:
    """A document as it came: its last address, its suffix by content type, its bytes."""

    address: str
    suffix: str
    data: bytes


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    kind: str
    charset: str | None
    location: str | None
    data: bytes


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Fetches by http and https, directly (no proxy), without cookies or a key.

    `seconds` bounds everything for one document, `size` its bytes, `hops` its redirections.
    `allowed` are numeric addresses that may be asked although they are not public: for a
    server on your own machine or network. Nobody else's page can name one.
    """

    seconds: float = 30.0
    size: int = 50_000_000
    hops: int = 5
    allowed: Sequence[str] = ()

    def fetch(self, url: str) -> Fetched:
        """Get one document.

        Raises:
            DocumentError: the host is unknown or not public, at the first address or after a
                redirection; robots.txt asks to leave the page alone; too slow, too large, of a
                kind that is not read; or any status but 200.
        """
        end = time.monotonic() + self.seconds
        target = target_of(url)
        for _ in range(self.hops + 1):
            self._ask_leave(target, end)
            answer = self._get(target, end, self.size)
            if answer.status in _MOVED and answer.location:
                target = _next(target, answer.location)
                continue
            if answer.status != 200:
                raise DocumentError(url, f"the server answers with status {answer.status}.")
            suffix = _KINDS.get(answer.kind)
            if suffix is None:
                known = ", ".join(sorted(_KINDS))
                raise DocumentError(
                    url, f"is of the kind {answer.kind[:80]!r}, which is not read. Known: {known}."
                )
            return Fetched(target.shown, suffix, _as_declared(answer))
        raise DocumentError(url, f"redirects more than {self.hops} times.")

    def _ask_leave(self, target: Target, end: float) -> None:
        """Raise where the site's robots.txt asks programs to leave this page alone."""
        place = Target(target.scheme, target.host, target.port, "/robots.txt")
        for _ in range(self.hops + 1):
            try:
                answer = self._get(place, end, _ROBOTS)
            except _TooLarge as error:
                answer = _Answer(200, "", None, None, error.data)
            if answer.status not in _MOVED or not answer.location:
                break
            place = _next(place, answer.location)
        if answer.status >= 500 or answer.status == 429:
            raise DocumentError(
                target.shown, f"its robots.txt cannot be read (status {answer.status}): not read."
            )
        if answer.status == 200 and not allows(text_of(answer.data), target.path):
            raise DocumentError(target.shown, "its robots.txt asks programs not to read it.")

    def _get(self, target: Target, end: float, size: int) -> _Answer:
        left = end - time.monotonic()
        if left <= 0:
            raise DocumentError(target.shown, f"takes more than {self.seconds:g} s: given up.")
        address = checked_address(target, self.allowed)
        try:
            link = _Link(socket.create_connection((address, target.port), min(10.0, left)))
        except OSError as error:
            raise DocumentError(target.shown, f"cannot be reached ({error}).") from error
        timer = threading.Timer(max(0.0, end - time.monotonic()), link.cut)
        timer.daemon = True
        timer.start()
        try:
            link.socket.settimeout(max(0.1, left))
            if target.scheme == "https":
                link.seal(target.host)
            answer = _exchange(link.socket, target, size)
            if link.late:
                raise TimeoutError
            return answer
        except (OSError, http.client.HTTPException, zlib.error) as error:
            late = link.late or isinstance(error, TimeoutError)
            why = (
                f"takes more than {self.seconds:g} s: given up."
                if late
                else f"cannot be fetched ({type(error).__name__}: {error})."
            )
            raise DocumentError(target.shown, why) from error
        finally:
            timer.cancel()
            link.socket.close()


class _Link:
    """One connection, which another thread can cut when the time is up."""

    def __init__(self, plain: socket.socket) -> None:
        self.socket = plain
        self.late = False

    def seal(self, host: str) -> None:
        """Speak TLS from here on, with the certificate checked against the host's name."""
        context = ssl.create_default_context()
        self.socket = context.wrap_socket(
            self.socket, server_hostname=host, do_handshake_on_connect=False
        )
        self.socket.do_handshake()

    def cut(self) -> None:
        """End the connection, whatever waits for it."""
        self.late = True
        try:
            self.socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            return


class _TooLarge(DocumentError):
    """More bytes than allowed; `data` is what came before."""

    def __init__(self, name: str, size: int, data: bytes) -> None:
        super().__init__(name, f"too large: more than {size:,} bytes.")
        self.data = data


def _exchange(link: socket.socket, target: Target, size: int) -> _Answer:
    connection = http.client.HTTPConnection(target.host, target.port)
    connection.sock = link
    connection.request(
        "GET",
        target.path,
        headers={
            "Host": target.authority,
            "User-Agent": f"{AGENT} (one document, asked for by a reader)",
            "Accept": ", ".join(_KINDS),
            "Accept-Encoding": "identity",
            "Connection": "close",
        },
    )
    answer = connection.getresponse()
    packed = (answer.headers.get("content-encoding") or "identity").lower()
    if packed not in ("identity", "gzip", "deflate"):
        raise DocumentError(target.shown, f"is packed as {packed[:20]!r}, which was not asked for.")
    data = _body(answer, target.shown, size, None if packed == "identity" else packed)
    return _Answer(
        answer.status,
        answer.headers.get_content_type() if "content-type" in answer.headers else "unknown",
        answer.headers.get_content_charset(),
        answer.headers.get("location"),
        data,
    )


def _body(answer: http.client.HTTPResponse, name: str, size: int, packed: str | None) -> bytes:
    unpacker = zlib.decompressobj(47) if packed else None
    parts: list[bytes] = []
    total = 0
    while part := answer.read(65_536):
        if unpacker is not None:
            part = unpacker.decompress(part, size + 1 - total)
        total += len(part)
        parts.append(part)
        if total > size:
            raise _TooLarge(name, size, b"".join(parts)[:size])
    if answer.length:
        raise http.client.IncompleteRead(b"", answer.length)
    return b"".join(parts)


def _next(target: Target, location: str) -> Target:
    """Where a redirection leads; never from https to http."""
    moved = target_of(urljoin(target.shown, location))
    if target.scheme == "https" and moved.scheme == "http":
        raise DocumentError(target.shown, "redirects from https to http: not followed.")
    return moved


def _as_declared(answer: _Answer) -> bytes:
    """Text in the encoding that the server names, as UTF-8 with its mark; else the bytes."""
    if answer.charset in (None, "utf-8", "utf8") or not answer.kind.startswith("text/"):
        return answer.data
    try:
        return answer.data.decode(answer.charset or "").encode("utf-8-sig")
    except (UnicodeError, LookupError):
        return answer.data


def read_address(
    url: str, fetcher: Fetcher, *, limits: Limits = DEFAULT, today: date | None = None
) -> Iterator[Document | DocumentError]:
    """Yield the document at a web address, or the error that it gave."""
    from foedus.evidence.isolated import each_isolated

    try:
        fetched = fetcher.fetch(url)
    except DocumentError as error:
        yield DocumentError(url, error.reason)
        return
    yield from each_isolated(
        fetched.address, fetched.data, suffix=fetched.suffix, limits=limits, today=today
    )
