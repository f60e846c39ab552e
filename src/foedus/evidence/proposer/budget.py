"""What asking a model costs: estimated before, counted while, and never above the budget."""

from __future__ import annotations

import math
import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from foedus.errors import InputError
from foedus.evidence.proposer.settings import Settings

BYTES_A_TOKEN = 3.6
"""UTF-8 bytes of English prose and JSON a token; a little under what tokenisers reach."""
TOKENS_A_SENTENCE = 45
_BUDGET = re.compile(r"(?P<dollar>\$?)(?P<number>\d+(?:\.\d+)?)(?P<unit>[kKmM]?|usd|USD)")


class BudgetSpent(Exception):
    """The next question could go over the budget; it was not asked."""


def tokens_of(messages: Sequence[dict[str, str]]) -> int:
    """About how many tokens the messages are."""
    return sum(math.ceil(len(one["content"].encode()) / BYTES_A_TOKEN) + 5 for one in messages)


@dataclass(frozen=True, slots=True)
class Cap:
    """At most so many tokens, or so many US dollars; one of them is null."""

    tokens: int | None = None
    dollars: float | None = None


def parse_budget(text: str) -> Cap:
    """Read `200000`, `200k` or `2M` (tokens), or `$2.50` or `2.50usd`.

    Raises:
        InputError: anything else.
    """
    match = _BUDGET.fullmatch(text.strip())
    if match is None or (match["dollar"] and match["unit"].lower() in ("k", "m")):
        raise InputError(f"Not a budget: {text!r}. Write tokens as 200000, 200k or 2M, or $2.50.")
    number, unit = float(match["number"]), match["unit"].lower()
    if match["dollar"] or unit == "usd":
        return Cap(dollars=number)
    return Cap(tokens=int(number * {"": 1, "k": 1_000, "m": 1_000_000}[unit]))


def cost(settings: Settings, tokens_in: int, tokens_out: int) -> float | None:
    """US dollars for so many tokens; null where a price is not told."""
    if settings.input_price is None or settings.output_price is None:
        return None
    return (tokens_in * settings.input_price + tokens_out * settings.output_price) / 1e6


class Meter:
    """Tokens used so far; safe to use from several threads."""

    def __init__(self, settings: Settings, cap: Cap | None) -> None:
        if cap is not None and cap.dollars is not None and cost(settings, 0, 0) is None:
            raise InputError(
                "A budget in dollars needs input_price and output_price (dollars for a million"
                " tokens) in the model's settings. Give them, or a budget in tokens."
            )
        self._settings, self._cap = settings, cap
        self._held = threading.Condition()
        self._reserved: list[tuple[int, int]] = []
        self.tokens_in = self.tokens_out = 0

    @contextmanager
    def reserve(self, tokens_in: int, tokens_out: int) -> Iterator[None]:
        """Hold back what a question can cost at most while it is asked.

        Raises:
            BudgetSpent: the budget does not hold it, also when all open questions are done.
        """
        held = (tokens_in, tokens_out)
        with self._held:
            while not self._fits(held):
                if not self._reserved:
                    raise BudgetSpent
                self._held.wait()
            self._reserved.append(held)
        try:
            yield
        finally:
            with self._held:
                self._reserved.remove(held)
                self._held.notify_all()

    def used(self, tokens_in: int, tokens_out: int) -> None:
        """Count what a question did cost."""
        with self._held:
            self.tokens_in += tokens_in
            self.tokens_out += tokens_out

    @property
    def dollars(self) -> float | None:
        """What was used in US dollars; null where a price is not told."""
        return cost(self._settings, self.tokens_in, self.tokens_out)

    def _fits(self, held: tuple[int, int]) -> bool:
        if self._cap is None:
            return True
        all_in = self.tokens_in + held[0] + sum(one for one, _ in self._reserved)
        all_out = self.tokens_out + held[1] + sum(one for _, one in self._reserved)
        if self._cap.tokens is not None:
            return all_in + all_out <= self._cap.tokens
        money = cost(self._settings, all_in, all_out)
        return self._cap.dollars is None or (money is not None and money <= self._cap.dollars)
