"""robots.txt: which paths a site asks programs to leave alone.

Source: RFC 9309, Robots Exclusion Protocol.
"""

from __future__ import annotations

import re

AGENT = "foedus"
_MOST_LINES = 20_000


def allows(robots: str, path: str, agent: str = AGENT) -> bool:
    """Whether `robots` (a robots.txt) lets `agent` read `path`: the longest rule that fits
    decides, allowing in a tie; without one the path is allowed."""
    best, allowed = -1, True
    for kind, pattern in _rules(robots, agent):
        if _fits(pattern, path):
            size = len(pattern)
            if size > best or (size == best and kind == "allow"):
                best, allowed = size, kind == "allow"
    return allowed


def _rules(robots: str, agent: str) -> list[tuple[str, str]]:
    """The rules for `agent`, or, where no group names it, those for everybody."""
    mine: list[tuple[str, str]] = []
    anybody: list[tuple[str, str]] = []
    groups: list[str] = []
    named = opening = False
    for line in robots.splitlines()[:_MOST_LINES]:
        key, colon, value = line.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if not colon:
            continue
        if key == "user-agent":
            groups = [*groups, value.lower()] if opening else [value.lower()]
            opening = True
            named = named or _is(agent, value.lower())
        elif key in ("allow", "disallow"):
            opening = False
            if not value:
                continue
            if any(_is(agent, group) for group in groups):
                mine.append((key, value))
            elif "*" in groups:
                anybody.append((key, value))
    return mine if named else anybody


def _is(agent: str, group: str) -> bool:
    return group.split("/")[0].strip() == agent


def _fits(pattern: str, path: str) -> bool:
    """Whether the path begins as the pattern says; `*` is anything, a final `$` the end."""
    bound = pattern.endswith("$")
    pieces = (pattern[:-1] if bound else pattern).split("*")
    at = 0
    for number, piece in enumerate(pieces):
        if number == 0:
            if not path.startswith(piece):
                return False
            at = len(piece)
        elif bound and number == len(pieces) - 1:
            return len(path) - len(piece) >= at and path.endswith(piece)
        else:
            found = path.find(piece, at)
            if found < 0:
                return False
            at = found + len(piece)
    return not bound or at == len(path)


def text_of(data: bytes) -> str:
    """A robots.txt as text; what is not UTF-8 is replaced, a byte order mark left out."""
    return re.sub("^\ufeff", "", data.decode("utf-8", "replace"))
