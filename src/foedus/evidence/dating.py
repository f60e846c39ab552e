"""Dates: when a claimed event fell, as EDTF, and on what ground the coder says so."""

from __future__ import annotations

import re

from foedus.domain.claims import Act, Modality
from foedus.domain.dates import DateSpan

_MONTHS = (
    "january february march april may june july august september october november december"
).split()
_MONTH = "|".join(name.capitalize() for name in _MONTHS)
_FULL = re.compile(rf"\b(?:(\d{{1,2}})\s+)?({_MONTH})(?:\s+(\d{{1,2}}),)?\s+((?:19|20)\d\d)\b")
_MONTH_ONLY = re.compile(rf"\b(?:[Ii]n|[Ss]ince|[Ll]ast|[Bb]y|[Oo]f)\s+({_MONTH})\b")
_YEAR = re.compile(r"\b(?:[Ii]n|[Ss]ince|[Ff]rom|[Bb]y|[Oo]f)\s+((?:19|20)\d\d)\b")
_RELATIVE = re.compile(r"\b([Ll]ast|[Tt]his|[Nn]ext)\s+(week|month|year)\b")


def event_date(
    text: str, start: int, end: int, document: DateSpan | None, act: Act, modality: Modality
) -> tuple[str | None, str | None]:
    """EDTF date and its basis from the words of one sentence (`start` to `end`), else the
    document's date as a bound; (None, None) where neither is known.

    Bases: `text` an absolute date, `relative` counted from the document's date,
    `document` no later (or, for what is still to come, no earlier) than the document.
    """
    part = text[start:end]
    full = _FULL.search(part)
    if full:
        return _absolute(full), "text"
    year = _YEAR.search(part)
    if year:
        return (f"{year[1]}/.." if year.group().lower().startswith("since") else year[1]), "text"
    if document is None:
        return None, None
    month = _MONTH_ONLY.search(part)
    if month:
        return _past_month(month[1], document), "relative"
    relative = _RELATIVE.search(part)
    if relative:
        return _relative(relative[1].lower(), relative[2], document), "relative"
    day = str(document)
    if "/" in day:
        day = document.last.isoformat()
    if modality in ("intended", "conditional", "hypothetical"):
        return f"{day}/..", "document"
    return (day if act == "assess" else f"../{day}"), "document"


def _absolute(match: re.Match[str]) -> str:
    day = match[1] or match[3]
    month = _MONTHS.index(match[2].lower()) + 1
    if day and 1 <= int(day) <= 28 + (month != 2) * 2 + (month in (1, 3, 5, 7, 8, 10, 12)):
        return f"{match[4]}-{month:02d}-{int(day):02d}"
    return f"{match[4]}-{month:02d}"


def _past_month(name: str, document: DateSpan) -> str:
    month = _MONTHS.index(name.lower()) + 1
    year = document.last.year - (month > document.last.month)
    return f"{year:04d}-{month:02d}"


def _relative(which: str, unit: str, document: DateSpan) -> str:
    step = {"last": -1, "this": 0, "next": 1}[which]
    day = document.last
    if unit == "year":
        return f"{max(1, day.year + step):04d}"
    if unit == "month":
        count = day.year * 12 + day.month - 1 + step
        return f"{max(12, count) // 12:04d}-{count % 12 + 1:02d}"
    return f"{day.year:04d}-{day.month:02d}~"
