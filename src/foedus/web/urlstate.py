"""The URL is the only state: query parameters, links that change one, and filters in English."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from fastapi import Request

from foedus.assessment.days import as_of_day


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter in force: what it says in English, and the address without it."""

    words: str
    remove: str


@dataclass(frozen=True, slots=True)
class UrlState:
    """The path and its parameters, in order; empty values count as absent."""

    path: str
    pairs: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, request: Request) -> UrlState:
        """The state of a request."""
        given = request.query_params.multi_items()
        return cls(request.url.path, tuple((key, value) for key, value in given if value.strip()))

    def get(self, key: str) -> str | None:
        """The first value of a parameter."""
        return next((value for name, value in self.pairs if name == key), None)

    def all(self, key: str) -> tuple[str, ...]:
        """Every value of a parameter."""
        return tuple(value for name, value in self.pairs if name == key)

    def number(self, key: str, default: int, *, low: int = 0, high: int = 1_000_000) -> int:
        """A whole number within bounds; anything else is the default."""
        text = self.get(key) or ""
        return min(max(int(text), low), high) if text.isdecimal() and len(text) < 10 else default

    def one_of(self, key: str, allowed: tuple[str, ...], default: str) -> str:
        """A value among those allowed; anything else is the default."""
        value = self.get(key)
        return value if value in allowed else default

    def as_of(self) -> date:
        """The as-of day: the parameter `as_of`, or today.

        Raises:
            DateError: not a date, or in the future.
        """
        return as_of_day(self.get("as_of"))

    def url(self, **changes: str | int | None) -> str:
        """The address of this page with some parameters set, or removed where null."""
        kept = [(key, value) for key, value in self.pairs if key not in changes]
        kept += [(key, str(value)) for key, value in changes.items() if value is not None]
        return self.path + (f"?{urlencode(kept)}" if kept else "")

    def query(self, **changes: str | int | None) -> str:
        """The query of this page with some parameters set or removed, as links elsewhere need it.

        What only moves through a page's rows is left out.
        """
        moved = dict.fromkeys(("from", "page", "after", "done", "saved"))
        return self.url(**{**moved, **changes}).removeprefix(self.path)

    def without(self, key: str, value: str) -> str:
        """The address without one value of a parameter that may have several."""
        kept = [pair for pair in self.pairs if pair != (key, value)]
        return self.path + (f"?{urlencode(kept)}" if kept else "")

    def chip(self, key: str, words: str, value: str | None = None) -> Chip:
        """A filter in force, in English, with the address that removes it."""
        return Chip(words, self.url(**{key: None}) if value is None else self.without(key, value))
