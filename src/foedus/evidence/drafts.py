"""Drafts: statements on the way to becoming claims; rivals for one span and their joining."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from foedus.domain.claims import Act, Attribution, Modality, PloverEvent, Polarity, Support
from foedus.evidence.roles import Parties

_SAME_SPAN = 0.6
_NEIGHBOURS = 2
"""Code points between two statements that are one."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One statement with its parties and the offsets of its quote, before it is a claim.

    `trails`: a participle hangs it on what stands before. `strength` orders rival readings.
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
    strength: float
    trails: bool
    features: Mapping[str, float]


def reduced(drafts: list[Draft]) -> list[Draft]:
    """Join verbs that share a statement; of rival readings of one span keep the surest."""
    groups: dict[int, list[Draft]] = {}
    for draft in drafts:
        groups.setdefault(draft.sentence, []).append(draft)
    kept = [one for group in groups.values() for one in _adjoined(_without_rivals(group))]
    return sorted(kept, key=lambda one: (one.start, one.end))


def _without_rivals(drafts: list[Draft]) -> list[Draft]:
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda one: -one.strength):
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


def _adjoined(drafts: list[Draft]) -> list[Draft]:
    """One draft for neighbours that state the same: "armed, trained and financed the group"."""
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda one: one.start):
        last = kept[-1] if kept else None
        if last is not None and draft.trails and _same_tie(last, draft):
            continue
        if last is None or not _joins(last, draft) or draft.start - last.end > _NEIGHBOURS:
            kept.append(draft)
            continue
        kept[-1] = replace(
            max(last, draft, key=lambda one: one.strength),
            start=last.start,
            end=max(last.end, draft.end),
            support=_joined(last.support, draft.support),
        )
    return kept


def _same_tie(one: Draft, two: Draft) -> bool:
    """Whether both judge one tie alike: "the pact collapsed, | exposing its weakness"."""
    left, right = one.parties, two.parties
    return (
        len(left.source) > 1
        and set(left.source) == set(left.target) == set(right.source) == set(right.target)
        and one.polarity == two.polarity
    )


def _joined(one: tuple[Support, ...], two: tuple[Support, ...]) -> tuple[Support, ...]:
    both = tuple(dict.fromkeys((*one, *two)))
    return tuple(s for s in both if s != "unspecified") or both


def _joins(one: Draft, two: Draft) -> bool:
    left, right = one.parties, two.parties
    same = (left.source, left.target) == (right.source, right.target) or (
        len(left.source) > 1
        and set(left.source) == set(left.target) == set(right.source) == set(right.target)
    )
    return same and (one.act, one.polarity) == (two.act, two.polarity)


def _overlap(one: Draft, two: Draft) -> float:
    shared = min(one.end, two.end) - max(one.start, two.start)
    return shared / (max(one.end, two.end) - min(one.start, two.start)) if shared > 0 else 0.0
