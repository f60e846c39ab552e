"""Waiting between attempts: doubling with chance, or as long as the server asks."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


@dataclass(frozen=True, slots=True)
class Patience:
    """`attempts` in all; waits (seconds) double from `first` up to `longest`, give or take half.

    A server's own Retry-After is kept to, up to `most`.
    """

    attempts: int = 5
    first: float = 1.0
    longest: float = 30.0
    most: float = 120.0

    def waits(self) -> Iterator[float | None]:
        """One wait for each attempt; the last is null, for nothing follows it."""
        for attempt in range(self.attempts):
            last = attempt == self.attempts - 1
            doubled = min(self.longest, self.first * 2**attempt)
            yield None if last else doubled * random.uniform(0.5, 1.5)  # noqa: S311

    def told(self, header: str | None) -> float | None:
        """Seconds that a Retry-After header asks for (a number or a date); null without one."""
        if not header:
            return None
        try:
            wait = float(header)
        except ValueError:
            try:
                until = parsedate_to_datetime(header)
            except (ValueError, TypeError):
                return None
            aware = until if until.tzinfo else until.replace(tzinfo=UTC)
            wait = (aware - datetime.now(UTC)).total_seconds()
        return min(self.most, wait) if wait >= 0 else 0.0
