"""`serve`: run the workbench until it is stopped."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path

from foedus.errors import InputError
from foedus.web.keys import new_token
from foedus.web.settings import LOOPBACK, PORT, Settings, is_loopback

Say = Callable[[str], None]


def serve(
    *,
    port: int = PORT,
    host: str = LOOPBACK,
    workspace: str | Path | None = None,
    token: bool = False,
    say: Say | None = None,
) -> None:
    """Serve the workbench at `host`:`port` until interrupted; port 0 takes a free one.

    An address that other machines reach demands a login token, as `token` does for any. The
    token is FOEDUS_TOKEN from the environment, or a new one. `say` gets each line that the
    user needs: the address, and the token.

    Raises:
        InputError: the address is taken, unknown or not allowed, or the token is too short.
        WorkspaceError: the workspace is locked, corrupt, newer or out of reach.
    """
    listener = _listener(host, port)
    try:
        settings = Settings(
            workspace=workspace,
            host=host,
            port=listener.getsockname()[1],
            token=_token() if token or not is_loopback(host) else None,
        )
        _run(settings, listener, say or print)
    finally:
        listener.close()


def _run(settings: Settings, listener: socket.socket, say: Say) -> None:
    import uvicorn

    from foedus.web.app import create_app

    app = create_app(settings)
    config = uvicorn.Config(
        app, log_level="warning", server_header=False, access_log=False, lifespan="on",
        timeout_graceful_shutdown=5, proxy_headers=False,
    )  # fmt: skip
    name = f"[{settings.host}]" if ":" in settings.host else settings.host
    address = f"http://{name}:{settings.port}/"
    say(f"workbench at {address}  (Ctrl-C stops it)")
    if settings.token is not None:
        say(f"login token: {settings.token}")
        say(f"or open {address}login?token={settings.token}")
    uvicorn.Server(config).run(sockets=[listener])


def _token() -> str:
    import os

    given = os.environ.get("FOEDUS_TOKEN", "").strip()
    if given and len(given) < 16:
        raise InputError(
            "FOEDUS_TOKEN has fewer than 16 characters. Give a longer one, or unset it and a new"
            " one is made."
        )
    return given or new_token()


def _listener(host: str, port: int) -> socket.socket:
    if not 0 <= port <= 65535:
        raise InputError(f"Port {port} does not exist. Give one from 1 to 65535, or 0 for any.")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (OSError, UnicodeError):
        raise InputError(f"No address {host!r} is known. Give 127.0.0.1, or 0.0.0.0.") from None
    listener = socket.socket(family, kind, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(2048)
    except OSError as error:
        listener.close()
        raise InputError(
            f"Cannot listen at {host}:{port} ({error.strerror or error}). Give another --port, or"
            " --port 0 for any free one."
        ) from None
    return listener
