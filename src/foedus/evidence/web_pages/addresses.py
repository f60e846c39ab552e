"""Which machines may be asked: public ones, and those that the caller allows by name."""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlsplit, urlunsplit

from foedus.errors import DocumentError

_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"[\w.-]{1,253}|[0-9A-Fa-f:.]{2,45}(%\w+)?", re.ASCII)
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Target:
    """One web address, taken apart."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def shown(self) -> str:
        """The address without the fragment."""
        return f"{self.origin}{self.path}"

    @property
    def authority(self) -> str:
        """Host, and port where it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme and authority."""
        return f"{self.scheme}://{self.authority}"


def is_address(text: object) -> bool:
    """Whether a user's word is a web address and not a file."""
    return isinstance(text, str) and text.lower().startswith(("http://", "https://"))


def target_of(url: str) -> Target:
    """Take an address apart.

    Raises:
        DocumentError: not http or https, a user name in it, no host or no valid port.
    """
    try:
        parts = urlsplit(url.strip())
        scheme, host, port = parts.scheme.lower(), parts.hostname or "", parts.port
        if "@" in parts.netloc:
            raise DocumentError(url, "holds a user name or password; give the address without.")
        if scheme not in _PORTS or not host or port == 0:
            raise ValueError("give http:// or https:// and a host")
        host = host if ":" in host else host.encode("idna").decode("ascii")
        if _HOST.fullmatch(host) is None:
            raise ValueError("its host holds other characters than a host can")
        path = urlunsplit(("", "", parts.path or "/", parts.query, ""))
    except (ValueError, UnicodeError) as error:
        raise DocumentError(url, f"not a web address ({error}).") from error
    safe = quote(path, safe="/%:?#[]@!$&'()*+,;=~-._")
    return Target(scheme, host.lower(), port or _PORTS[scheme], safe)


def checked_address(target: Target, allowed: Sequence[str]) -> str:
    """The numeric address to connect to; every address that the host has must be public.

    `allowed` holds numeric addresses that may be asked although they are not.

    Raises:
        DocumentError: the host is unknown, or one of its addresses is private, loopback,
            link-local or otherwise not public.
    """
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise DocumentError(target.shown, f"its host is not found ({error}).") from error
    addresses = list(dict.fromkeys(str(row[4][0]) for row in found))
    for address in addresses:
        if address not in allowed and not is_public(address):
            raise DocumentError(
                target.shown, f"its host is at {address}, which is not a public address: refused."
            )
    return addresses[0]


def is_public(address: str) -> bool:
    """Whether a numeric address is one of the public internet, also when wrapped in another."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv6Address):
        wrapped = parsed.ipv4_mapped or parsed.sixtofour or (parsed.teredo or (None, None))[1]
        if wrapped is None and parsed in _TRANSLATED:
            wrapped = ipaddress.IPv4Address(int(parsed) & 0xFFFFFFFF)
        if wrapped is not None:
            return is_public(str(wrapped))
    return parsed.is_global and not (
        parsed.is_multicast or parsed.is_reserved or parsed.is_unspecified
    )
