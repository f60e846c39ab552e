"""How far two claims of one document lie on the same words."""

from __future__ import annotations

from collections.abc import Iterable

from foedus.domain.claims import Claim

_SAME = 0.6


def overlap(one: Claim, other: Claim) -> float:
    """Shared characters over all characters of the two spans, 0..1; 0 for two documents."""
    if one.doc != other.doc:
        return 0.0
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared / (max(one.end, other.end) - min(one.start, other.start)) if shared > 0 else 0.0


def once(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """The claims by document in text order; of the same statement of the same words, one alone:
    the one that a person has looked at, else the surer one."""
    kept: list[Claim] = []
    for claim in sorted(claims, key=lambda one: (one.doc, one.start, one.end)):
        rival = next(
            (at for at in range(len(kept) - 1, max(-1, len(kept) - 12), -1)
             if _same(kept[at], claim)),
            None,
        )  # fmt: skip
        if rival is None:
            kept.append(claim)
        elif _weight(kept[rival]) < _weight(claim):
            kept[rival] = claim
    return tuple(sorted(kept, key=lambda one: (one.doc, one.start, one.end)))


def _weight(claim: Claim) -> tuple[bool, float]:
    return claim.review != "unreviewed", claim.confidence


def _same(one: Claim, other: Claim) -> bool:
    said = (one.act, one.polarity, set(one.source), set(one.target))
    return (
        said == (other.act, other.polarity, set(other.source), set(other.target))
        and overlap(one, other) >= _SAME
    )
