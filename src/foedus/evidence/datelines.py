"""Dates as articles print them; a numeric date whose day and month could swap stays a span."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from foedus.domain.dates import DateSpan
from foedus.errors import DateError

EARLIEST = date(1816, 1, 1)
_NAMES = (
    "january jan janvier januar jänner enero января январь gennaio janeiro",
    "february feb février fevrier februar febrero февраля февраль febbraio fevereiro",
    "march mar mars märz maerz marzo марта март março",
    "april apr avril abril апреля апрель aprile",
    "may mai mayo мая май maggio maio",
    "june jun juin juni junio июня июнь giugno junho",
    "july jul juillet juli julio июля июль luglio julho",
    "august aug août aout agosto августа август",
    "september sep sept septembre septiembre сентября сентябрь settembre setembro",
    "october oct octobre oktober octubre октября октябрь ottobre outubro",
    "november nov novembre noviembre ноября ноябрь novembro",
    "december dec décembre decembre dezember diciembre декабря декабрь dicembre dezembro",
)
_MONTHS = {name: number for number, names in enumerate(_NAMES, 1) for name in names.split()}
_MONTH = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_YEAR = r"(?P<{0}>1[5-9]\d\d|2\d\d\d)\b"
_DAY = r"(?P<{0}>3[01]|[12]\d|0?[1-9])"
_DATE = re.compile(
    r"(?<![\w/])(?:"
    rf"{_YEAR.format('y1')}[-/.](?P<m1>1[0-2]|0?[1-9])[-/.]{_DAY.format('d1')}(?!\d)|"
    rf"{_DAY.format('d2')}(?:st|nd|rd|th|er|º|\.)?(?: of| de)?[ \u00a0-](?P<m2>{_MONTH})"
    rf"(?:,| de|\s)*[ \u00a0-]?{_YEAR.format('y2')}|"
    rf"(?P<m3>{_MONTH}) {_DAY.format('d3')}(?:st|nd|rd|th)?,? {_YEAR.format('y3')}|"
    rf"(?P<a>\d{{1,2}})[./](?P<b>\d{{1,2}})[./]{_YEAR.format('y4')}|"
    rf"(?P<m5>{_MONTH}),? {_YEAR.format('y5')}"
    r")",
    re.IGNORECASE,
)
_HAS_YEAR = re.compile(r"\d{4}")
_AROUND = re.compile(
    r"\b(?:published|updated|posted|issued|released|last|modified|first|originally|on|at|date|"
    r"dated|dateline|am|pm|a\.m|p\.m|utc|gmt|est|edt|cet|cest|eet|eest|msk|bst|ist|et|pt|hrs?|"
    r"(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?|\d+ min(?:ute)?s? read|"
    r"опубликовано|publié le|veröffentlicht am|le|am|vom|el)\b\.?"
    r"|\d{1,2}[:.h]\d{2}(?::\d{2})?|[+-]\d{1,4}\b|[|•·,:()–—/-]",
    re.IGNORECASE,
)


def latest_possible(today: date) -> date:
    """Tomorrow: a piece can carry the next day's date in another time zone."""
    return today + timedelta(days=1)


def find_dates(text: str) -> Iterator[tuple[int, int, DateSpan]]:
    """Yield (start, end, date) for every date that names a year and at least a month."""
    for match in _DATE.finditer(text):
        span = _span(match)
        if span is not None:
            yield match.start(), match.end(), span


def plausible(span: DateSpan, today: date) -> bool:
    """True for a date of publication between 1816 and tomorrow."""
    return span.first >= EARLIEST and span.last <= latest_possible(today)


def is_date_line(line: str) -> bool:
    """True for a line that is a date and little else: a label, a time, a place."""
    if len(line) > 120 or _HAS_YEAR.search(line) is None:
        return False
    found = next(find_dates(line), None)
    if found is None:
        return False
    rest = _AROUND.sub(" ", line[: found[0]] + " " + line[found[1] :])
    second = next(find_dates(rest), None)
    if second is not None:
        rest = rest[: second[0]] + rest[second[1] :]
    words = re.findall(r"[^\W_]+", rest)
    return len(words) <= 3 and not line.rstrip().endswith("?")


def _span(match: re.Match[str]) -> DateSpan | None:
    part = match.groupdict()
    try:
        if part["y1"]:
            return _parse(f"{part['y1']}-{part['m1']}-{part['d1']}")
        for index in ("2", "3", "5"):
            if part["y" + index]:
                month = _MONTHS[part["m" + index].lower().rstrip(".")]
                day = part.get("d" + index)
                return _parse(f"{part['y' + index]}-{month}" + (f"-{day}" if day else ""))
        return _numeric(int(part["a"]), int(part["b"]), part["y4"])
    except DateError:
        return None


def _numeric(a: int, b: int, year: str) -> DateSpan | None:
    """Day and month in either order; both orders possible give the span between them."""
    spans = []
    for month, day in {(a, b), (b, a)}:
        if 1 <= month <= 12 and 1 <= day <= 31:
            try:
                spans.append(_parse(f"{year}-{month}-{day}"))
            except DateError:
                continue
    if not spans:
        return None
    return DateSpan(first=min(s.first for s in spans), last=max(s.last for s in spans))


def _parse(text: str) -> DateSpan:
    return DateSpan.parse(text)
