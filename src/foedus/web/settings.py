"""What a workbench is started with."""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from pathlib import Path

LOOPBACK = "127.0.0.1"
PORT = 8017
KILOBYTE = 1024


@dataclass(frozen=True)
class Settings:
    """One workbench: where it listens, which workspace it opens, and what it lets in.

    `token` is the login that every visitor must give; null asks for none, which only an
    address of this machine alone allows. Bodies are bounded in bytes: `upload_bytes` for paths
    that begin with one of `upload_paths`, `body_bytes` for all others.
    """

    workspace: str | Path | None = None
    host: str = LOOPBACK
    port: int = PORT
    token: str | None = None
    body_bytes: int = 256 * KILOBYTE
    upload_bytes: int = 64 * KILOBYTE * KILOBYTE
    upload_paths: tuple[str, ...] = ("/evidence/upload",)

    @property
    def local(self) -> bool:
        """Whether only this machine can reach the address."""
        return is_loopback(self.host)

    def answers_to(self, name: str) -> bool:
        """Whether a request may name this host (a Host header without its port).

        A foreign name that was made to point here is refused: it is how a web page elsewhere
        would reach a local server. Addresses in digits cannot be rebound so.
        """
        name = name.strip("[]").lower().rstrip(".")
        if self.local:
            return is_loopback(name)
        if name in {self.host.lower(), "localhost", socket.gethostname().lower()}:
            return True
        return _is_address(name)


def is_loopback(host: str) -> bool:
    """Whether the host is this machine, by name or address."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
