"""Words that print or recognition broke: read whole, while every offset stays that of the text."""

from __future__ import annotations

import re
import unicodedata

_SLIP = re.compile(
    r"(?<=[^\W\d_])[-\u2010]\r?\n[ \t]*(?=[a-z\u00df-\u00ff])|\u00ad(?:\r?\n[ \t]*)?"
    r"|[\u200b\u200c\u200d\u2060\ufeff]|[\ufb00-\ufb04]"
)
_LAST = re.compile(r"[^\W\d_]+$")
_NEXT = re.compile(r"[^\W\d_]+")
_KEEP_AFTER = frozenset(
    "air all anti arms cease co cold cross counter ex full half high joint long low military mid"
    " multi near no non oil part post pre pro self semi short so state three two vice war well"
    .split()
)  # fmt: skip
_KEEP_BEFORE = frozenset(
    "affiliated aligned allied armed backed based brokered built controlled era friendly funded"
    " held led linked made mediated occupied owned range run sided sponsored style supplied"
    " supported term tank trained wide".split()
)


def whole(text: str) -> tuple[str, list[int] | None]:
    """The text without breaks inside words (hyphen at a line's end, soft hyphen, invisible
    joiners, ligatures), and for each of its characters the offset in `text`; null where nothing
    was broken.

    A hyphen that belongs to a compound ("air-defence", "Moscow-backed") stays, without the line
    break.
    """
    if _SLIP.search(text) is None:
        return text, None
    parts: list[str] = []
    places: list[int] = []
    at = 0
    for match in _SLIP.finditer(text):
        parts.append(text[at : match.start()])
        places.extend(range(at, match.start()))
        instead = _instead(text, match)
        parts.append(instead)
        places.extend([match.start()] * len(instead))
        at = match.end()
    parts.append(text[at:])
    places.extend(range(at, len(text)))
    return "".join(parts), places


def _instead(text: str, match: re.Match[str]) -> str:
    found = match.group()
    if found[0] in "-\u2010":
        left = _LAST.search(text, max(0, match.start() - 30), match.start())
        right = _NEXT.match(text, match.end())
        kept = (left is not None and left.group().lower() in _KEEP_AFTER) or (
            right is not None and right.group().lower() in _KEEP_BEFORE
        )
        return "-" if kept else ""
    return unicodedata.normalize("NFKC", found) if "\ufb00" <= found <= "\ufb04" else ""
