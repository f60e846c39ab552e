"""Dates known to the day, the month or the year: a span from the first to the last possible day."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from foedus.domain.frozen import Frozen
from foedus.errors import DateError

_PARTIAL = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?)?")


class DateSpan(Frozen):
    """The days (`first` to `last`, both included) on which a dated event can have fallen.

    A fact counts as known on day D only if `last <= D`: a date given as `2025` does not
    reach an assessment as of June 2025.
    """

    first: date
    last: date

    def __str__(self) -> str:
        """`YYYY-MM-DD`, `YYYY-MM` or `YYYY`, as precise as the span; else `first/last` (EDTF)."""
        if self.first == self.last:
            return self.first.isoformat()
        year, month = self.first.year, self.first.month
        if self.first == date(year, 1, 1) and self.last == date(year, 12, 31):
            return f"{year:04d}"
        if self.first.day == 1 and self.last == _month_end(year, month):
            return f"{year:04d}-{month:02d}"
        return f"{self.first.isoformat()}/{self.last.isoformat()}"

    @classmethod
    def parse(cls, text: str) -> DateSpan:
        """Read `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.

        Raises:
            DateError: any other text, or a day that does not exist.
        """
        match = _PARTIAL.fullmatch(text.strip())
        if match is None:
            raise DateError(f"Not a date: {text!r}. Write YYYY-MM-DD, YYYY-MM or YYYY.")
        year = int(match["year"])
        try:
            if match["month"] is None:
                return cls(first=date(year, 1, 1), last=date(year, 12, 31))
            month = int(match["month"])
            if match["day"] is None:
                return cls(first=date(year, month, 1), last=_month_end(year, month))
            day = date(year, month, int(match["day"]))
        except ValueError as error:
            raise DateError(f"Not a date: {text!r} ({error}). Write YYYY-MM-DD.") from error
        return cls(first=day, last=day)


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def parse_day(text: str) -> date:
    """Read one day, as a user gives it: the last day of a month or year that is given alone.

    Raises:
        DateError: not a date.
    """
    return DateSpan.parse(text).last
