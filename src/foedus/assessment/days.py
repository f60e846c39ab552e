"""The as-of date that a user gives."""

from __future__ import annotations

from datetime import date, datetime

from foedus.domain.dates import parse_day
from foedus.errors import DateError


def as_of_day(given: date | str | None) -> date:
    """The day: today where none is given, the last day of a month or year given alone.

    Raises:
        DateError: not a date, or in the future.
    """
    today = date.today()
    if isinstance(given, str):
        day = parse_day(given)
    elif isinstance(given, datetime):
        day = given.date()
    elif given is None or isinstance(given, date):
        day = given or today
    else:
        raise DateError(f"Not a date: {given!r}. Give a date, or text such as YYYY-MM-DD.")
    if day > today:
        raise DateError(f"{day} is in the future; an answer is as of {today} or earlier.")
    return day
