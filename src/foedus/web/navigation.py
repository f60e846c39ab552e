"""Entries of the bar at the top."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NavItem:
    """One entry: its words, its address, its place in the order, and paths that belong to it."""

    label: str
    href: str
    order: int
    within: tuple[str, ...] = ()

    def holds(self, path: str) -> bool:
        """Whether a page at `path` stands under this entry."""
        return path == self.href or any(path.startswith(prefix) for prefix in self.within)
