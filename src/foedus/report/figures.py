"""How reports write percentages, intervals, days and counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from foedus.domain.dates import DateSpan
from foedus.domain.estimates import Estimate
from foedus.domain.likelihood import percent_of
from foedus.errors import DateError

UNKNOWN = "unknown"
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def percent(share: float | None) -> str:
    """A share (0..1) as `38%`, `<1%` or `>99%`; null is `unknown`."""
    if share is None:
        return UNKNOWN
    return percent_of(share)


def interval(low: float | None, high: float | None) -> str:
    """Two shares (0..1) as `12–31%`; one figure where both print the same."""
    if low is None or high is None:
        return UNKNOWN
    first, last = percent(low), percent(high)
    return first if first == last else f"{first.removesuffix('%')}–{last}"


def estimate(value: Estimate) -> str:
    """A probability with its interval: `38% (21–57%)`."""
    return f"{percent(value.probability)} ({interval(value.low, value.high)})"


def day(value: date | None) -> str:
    """One day as `17 Jan 2025`; null is `unknown`."""
    return UNKNOWN if value is None else f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def moment(value: datetime) -> str:
    """A moment as `17 Jan 2025, 10:02 UTC`."""
    value = value.astimezone(UTC)
    return f"{day(value.date())}, {value:%H:%M} UTC"


def span(value: DateSpan | None) -> str:
    """A date as precise as it is known: `17 Jan 2025`, `Jan 2025`, `2025` or two days."""
    if value is None:
        return UNKNOWN
    precision = str(value)
    if "/" in precision:
        return f"between {day(value.first)} and {day(value.last)}"
    if len(precision) == 4:
        return precision
    if len(precision) == 7:
        return f"{_MONTHS[value.first.month - 1]} {value.first.year}"
    return day(value.first)


def edtf(text: str | None) -> str:
    """An EDTF date or interval in the style of `span`; other text stays as it is.

    `../D` is "by D", `D/..` "since D", `A/B` "A to B", `D~` "about D", `D?` "perhaps D".
    """
    if text is None:
        return "undated"
    first, slash, last = text.partition("/")
    if slash:
        if first in ("", ".."):
            return f"by {edtf(last)}"
        return f"since {edtf(first)}" if last in ("", "..") else f"{edtf(first)} to {edtf(last)}"
    words = {"~": "about ", "?": "perhaps ", "%": "perhaps about "}.get(text[-1:], "")
    try:
        return words + span(DateSpan.parse(text[:-1] if words else text))
    except DateError:
        return text


def count(number: int, singular: str, plural: str | None = None) -> str:
    """`1 call`, `12 calls`, `1,204 calls`."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def listed(words: Sequence[str], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def sentence(words: str) -> str:
    """Words with a capital at the start and a full stop at the end."""
    words = words.strip()
    if not words:
        return words
    return words[0].upper() + words[1:] + ("" if words[-1] in ".!?" else ".")


def capital(words: str) -> str:
    """Words with a capital at the start; the rest unchanged."""
    return words[:1].upper() + words[1:]
