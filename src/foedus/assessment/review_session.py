"""A reviewer's way through the queue by single keys; what is shown is the caller's business."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from foedus.assessment import review
from foedus.assessment.review import ReviewItem
from foedus.domain.reviews import ReviewAction, StaleClaim, StaleDecision
from foedus.errors import FoedusError, InputError

Ask = Callable[[str], str]
"""Asks the reviewer for one line; an empty one means that he thought better of it."""

HELP = (
    "j next  k previous  a accept  r reject  e edit  m merge  g grade  n note  u undo"
    "  / filter by actors  ? help  q quit"
)
_GRADE = re.compile(r"(?P<reliability>[A-Fa-f])?\s*(?P<credibility>[1-6])?")
_PAGE = 20


class ReviewSession:
    """One reviewer at one queue, starting at its first claim."""

    def __init__(
        self,
        workspace: str | Path | None = None,
        *,
        reviewer: str | None = None,
        blind: str | None = None,
        **wanted: Any,
    ) -> None:
        """`wanted` are the filters of `review.queue`."""
        self.reviewer = review.reviewer_name(reviewer)
        self.done = False
        self._workspace, self._blind, self._wanted = workspace, blind, wanted
        self._items: list[ReviewItem] = []
        self._after: str | None = None
        self._place = 0
        self.total = 0
        self._restart()

    @property
    def current(self) -> ReviewItem | None:
        """The claim at hand; null where the queue is empty."""
        return self._items[self._place] if self._items else None

    @property
    def place(self) -> int:
        """The number of the claim at hand, from 1."""
        return self._place + 1 if self._items else 0

    def press(self, key: str, ask: Ask) -> str:
        """Do what a key stands for; what to tell the reviewer, or nothing.

        A claim that somebody else changed is shown anew and left as it is.
        """
        try:
            return self._press(key, ask)
        except (StaleClaim, StaleDecision) as stale:
            self._reload()
            return str(stale)
        except FoedusError as error:
            return str(error)

    def _press(self, key: str, ask: Ask) -> str:
        if key in ("q", "\x04", "\x03"):
            self.done = True
            return ""
        if key == "?":
            return HELP
        if key == "/":
            return self._filter(ask("Actors, with commas (empty: all): "))
        if self.current is None:
            return "Nothing to review here."
        if key in ("j", " "):
            return self._move(1)
        if key == "k":
            return self._move(-1)
        if key in _DECISIONS:
            return _DECISIONS[key](self, ask)
        return f"No key {key!r}. {HELP}"

    def _accept(self, ask: Ask) -> str:
        return self._decide("accept", {}, None, onward=True)

    def _reject(self, ask: Ask) -> str:
        return self._decide("reject", {}, None, onward=True)

    def _edit(self, ask: Ask) -> str:
        line = ask("field=value; field=value ... : ")
        parts = [part.strip() for part in line.split(";") if part.strip()]
        if bare := [part for part in parts if "=" not in part]:
            raise InputError(f"Not field=value: {', '.join(map(repr, bare))}.")
        changes = {name.strip(): value for name, _, value in (p.partition("=") for p in parts)}
        return self._decide("edit", changes, None) if changes else ""

    def _merge(self, ask: Ask) -> str:
        into = ask("Merge into the claim with the id: ").strip()
        return self._decide("merge", {}, into, onward=True) if into else ""

    def _grade(self, ask: Ask) -> str:
        line = ask("Grade, such as B2, B or 2: ").strip()
        if not line:
            return ""
        match = _GRADE.fullmatch(line)
        if match is None:
            raise InputError(f"Not a grade: {line!r}. Reliability A to F, credibility 1 to 6.")
        found = {name: value.upper() for name, value in match.groupdict().items() if value}
        return self._decide("grade", found, None)

    def _note(self, ask: Ask) -> str:
        line = ask("Note: ").strip()
        return self._decide("note", {}, None, note=line) if line else ""

    def _undo(self, ask: Ask) -> str:
        if self._blind is not None:
            return "In a blind round decide again; the last decision counts."
        at = self._at_hand()
        self._items[self._place] = review.undo(
            at.state.claim.claim_id, workspace=self._workspace, reviewer=self.reviewer,
            seen=at.state.version,
        )  # fmt: skip
        return "The last change was taken back."

    def _decide(
        self,
        action: ReviewAction,
        changes: dict[str, str],
        into: str | None,
        *,
        note: str | None = None,
        onward: bool = False,
    ) -> str:
        at = self._at_hand()
        self._items[self._place] = review.decide(
            at.state.claim.claim_id, action, changes, workspace=self._workspace,
            reviewer=self.reviewer, seen=at.state.version, into=into, note=note,
            blind=self._blind,
        )  # fmt: skip
        said = f"{action}: {at.state.claim.claim_id}"
        return f"{said}. {self._move(1)}".rstrip() if onward else said

    def _at_hand(self) -> ReviewItem:
        return self._items[self._place]

    def _move(self, step: int) -> str:
        place = self._place + step
        if place < 0:
            return "This is the first claim."
        if place >= len(self._items) and self._after is not None:
            self._load()
        if place >= len(self._items):
            return "This was the last claim."
        self._place = place
        return ""

    def _filter(self, line: str) -> str:
        before = self._wanted.get("naming", ())
        self._wanted["naming"] = [part.strip() for part in line.split(",") if part.strip()]
        try:
            self._restart()
        except FoedusError:
            self._wanted["naming"] = before
            raise
        return f"{self.total:,} claims."

    def _restart(self) -> None:
        self._items, self._after, self._place = [], None, 0
        self._load()

    def _load(self) -> None:
        page = review.queue(
            self._workspace, blind=self._blind, reviewer=self.reviewer, after=self._after,
            limit=_PAGE, **self._wanted,
        )  # fmt: skip
        self._items += page.items
        self._after = page.after
        self.total = max(self.total, page.total) if self._place else page.total

    def _reload(self) -> None:
        key = self._at_hand().state.claim.claim_id
        self._items[self._place] = review.item(
            key, self._workspace, blind=self._blind, reviewer=self.reviewer
        )


_DECISIONS: dict[str, Callable[[ReviewSession, Ask], str]] = {
    "a": ReviewSession._accept,
    "r": ReviewSession._reject,
    "e": ReviewSession._edit,
    "m": ReviewSession._merge,
    "g": ReviewSession._grade,
    "n": ReviewSession._note,
    "u": ReviewSession._undo,
}
