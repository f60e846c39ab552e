"""Every kind of link that a visitor can reach from the start page leads somewhere."""

from __future__ import annotations

import html
import re
from collections import Counter, deque
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

import httpx
from web_server import TIMEOUT, WebServer

_HREF = re.compile(r'<(?:a|link)\b[^>]*?\shref="([^"]*)"')
_ID = re.compile(r'\sid="([^"]*)"')
FOLLOWED = 2
"""Pages of each path (ids aside) whose links are followed; further ones only have to answer."""


def _shape(address: str) -> tuple[str, frozenset[str]]:
    """The path without its ids, and the names of its parameters."""
    parts = urlsplit(address)
    path = re.sub(r"(?<=.)/[^.]+", "/*", parts.path)
    return path, frozenset(key for key, _ in parse_qsl(parts.query))


def test_no_link_is_dead(server: WebServer) -> None:
    followed: Counter[str] = Counter()
    seen: Counter[tuple[str, frozenset[str]]] = Counter()
    known, waiting = {"/"}, deque([("/", "the start")])
    dead, lost = [], []
    with httpx.Client(base_url=server.address, timeout=TIMEOUT, follow_redirects=True) as client:
        while waiting:
            address, source = waiting.popleft()
            shape = _shape(address)
            few = followed[shape[0]] < FOLLOWED and seen[shape] < FOLLOWED
            if seen[shape] and not few:
                continue
            seen[shape] += 1
            answer = client.get(address)
            if answer.status_code >= 400:
                dead.append((answer.status_code, address, source))
            if "text/html" not in answer.headers.get("content-type", ""):
                continue
            if "attachment" in answer.headers.get("content-disposition", ""):
                continue
            followed[shape[0]] += 1
            if followed[shape[0]] > FOLLOWED:
                continue
            ids = set(_ID.findall(answer.text))
            for href in map(html.unescape, _HREF.findall(answer.text)):
                target, fragment = urldefrag(urljoin(str(answer.url), href))
                if fragment and href.startswith("#") and fragment not in ids:
                    lost.append((href, address))
                path = target.removeprefix(server.address)
                if path == target or path in known:
                    continue
                known.add(path)
                waiting.append((path, address))
    assert dead == []
    assert lost == []
    paths = {path for path, _ in seen}
    assert {"/", "/evidence", "/review/*", "/scenario", "/network", "/data", "/pair/*"} <= paths
