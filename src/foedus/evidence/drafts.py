"""Drafts: statements on the way to becoming claims; rivals for one span and their joining."""

from __future__ import annotations

from dataclasses import dataclass, replace

from foedus.domain.claims import Act, Attribution, Modality, PloverEvent, Polarity, Support
from foedus.evidence.roles import Parties

_SAME_SPAN = 0.6


@dataclass(frozen=True, slots=True)
class Draft:
    """One statement with its parties and the offsets of its quote, before it is a claim.

    `bare` is where the quote would start without its subject.
    """

    start: int
    end: int
    bare: int
    sentence: int
    parties: Parties
    act: Act
    polarity: Polarity
    modality: Modality
    event: PloverEvent
    support: tuple[Support, ...]
    attribution: Attribution
    time: str | None
    time_basis: str | None
    confidence: float


def reduced(drafts: list[Draft]) -> list[Draft]:
    """Join verbs that share a statement; of rival readings of one span keep the surest."""
    groups: dict[int, list[Draft]] = {}
    for draft in drafts:
        groups.setdefault(draft.sentence, []).append(draft)
    kept = [one for group in groups.values() for one in _without_rivals(group)]
    return sorted(kept, key=lambda one: (one.start, one.end))


def _without_rivals(drafts: list[Draft]) -> list[Draft]:
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda one: -one.confidence):
        rival = next((one for one in kept if _overlap(one, draft) >= _SAME_SPAN), None)
        if rival is None:
            kept.append(draft)
        elif not _joins(rival, draft) and rival.end <= draft.bare:
            kept.append(replace(draft, start=draft.bare))
        elif not _joins(rival, draft) and draft.end <= rival.bare:
            kept[kept.index(rival)] = replace(rival, start=rival.bare)
            kept.append(draft)
        elif _joins(rival, draft):
            kept[kept.index(rival)] = replace(rival, support=_joined(rival.support, draft.support))
    return kept


def _joined(one: tuple[Support, ...], two: tuple[Support, ...]) -> tuple[Support, ...]:
    both = tuple(dict.fromkeys((*one, *two)))
    return tuple(s for s in both if s != "unspecified") or both


def _joins(one: Draft, two: Draft) -> bool:
    return (one.act, one.polarity, one.parties.source, one.parties.target) == (
        two.act,
        two.polarity,
        two.parties.source,
        two.parties.target,
    )


def _overlap(one: Draft, two: Draft) -> float:
    shared = min(one.end, two.end) - max(one.start, two.start)
    return shared / (max(one.end, two.end) - min(one.start, two.start)) if shared > 0 else 0.0
