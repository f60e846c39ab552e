"""The strongest promise among commitments."""

from __future__ import annotations

from collections.abc import Sequence

from foedus.domain.commitments import Commitment


def strongest(held: Sequence[Commitment]) -> str:
    """The strongest promise among the commitments, as one of `training.OBLIGATIONS`."""
    if any(item.defense for item in held):
        return "defence"
    if any(item.offense or item.neutrality or item.consultation for item in held):
        return "lesser"
    return "paper" if held else "none"


def only_multilateral(held: Sequence[Commitment]) -> bool:
    """Whether the strongest promise stands in multilateral instruments alone."""
    level = strongest(held)
    best = [item for item in held if strongest([item]) == level]
    return bool(best) and all(item.multilateral for item in best)
