"""Clusters: claims that state the same thing, how often independently, and what denies them.

Blocking by coded key, then single-link joining inside a block; no text is compared.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from foedus.domain.claims import Claim, Cluster, Support
from foedus.domain.documents import Document, DocumentHead

_VAGUE: frozenset[Support] = frozenset({"unspecified", "unspecified_military", "none"})
_YEAR = re.compile(r"\d{4}")
_ALWAYS = (0, 9999)
_FACT = frozenset({"actual", "intended", "generic"})
_OPPOSITES = frozenset({
    frozenset({("deliver", "pos"), ("withhold", "neg")}),
    frozenset({("realign", "pos"), ("realign", "neg")}),
    frozenset({("signal", "pos"), ("signal", "neg")}),
})  # fmt: skip

_SURE = 0.5
_Key = tuple[frozenset[str], frozenset[str], str, str, bool]


def cluster_claims(
    claims: Sequence[Claim], documents: Sequence[Document | DocumentHead]
) -> tuple[Cluster, ...]:
    """Group claims of the same parties, act, polarity and standing whose support and time meet.

    Abstained, rejected and merged claims are left out. A republished document (`same_as`)
    counts as the one it republishes, so only different origins corroborate. Clusters are
    ordered by their first claim; `contradicts` is set on both sides: the same parties and
    support in an overlapping time, given against withheld, nearer against further, or stated
    against denied, each by a claim of confidence 0.5 or one that a person confirmed.
    """
    origins = _origins(documents)
    blocks: dict[_Key, list[Claim]] = defaultdict(list)
    for claim in claims:
        if not claim.abstained and claim.review not in ("rejected", "merged"):
            blocks[_key(claim)].append(claim)
    groups = [group for block in blocks.values() for group in _linked(block)]
    order = {claim.claim_id: place for place, claim in enumerate(claims)}
    groups.sort(key=lambda group: order[group[0].claim_id])
    names = [_name(group) for group in groups]
    against = _contradictions(groups)
    return tuple(
        Cluster(
            id=names[place],
            act=group[0].act,
            source=group[0].source,
            target=group[0].target,
            polarity=group[0].polarity,
            claims=tuple(claim.claim_id for claim in group),
            origins=len({origins.get(claim.doc, claim.doc) for claim in group}),
            contradicts=tuple(names[other] for other in sorted(against[place])),
        )
        for place, group in enumerate(groups)
    )


def _origins(documents: Iterable[Document | DocumentHead]) -> Mapping[str, str]:
    parents = {document.id: document.same_as for document in documents}
    roots = {}
    for start in parents:
        seen = {start}
        root, parent = start, parents[start]
        while parent is not None and parent not in seen:
            seen.add(parent)
            root, parent = parent, parents.get(parent)
        roots[start] = root
    return roots


def _key(claim: Claim) -> _Key:
    return (
        frozenset(claim.source),
        frozenset(claim.target),
        claim.act,
        claim.polarity,
        claim.modality in _FACT,
    )


def _linked(block: Sequence[Claim]) -> list[list[Claim]]:
    """Single-link groups; claims of equal support and years are one to the linking."""
    alike: dict[tuple[frozenset[Support], tuple[int, int]], list[Claim]] = defaultdict(list)
    for claim in block:
        alike[frozenset(claim.support) - _VAGUE, _years(claim)].append(claim)
    groups: list[list[list[Claim]]] = []
    for bucket in alike.values():
        joined = [
            group
            for group in groups
            if any(_same_support(bucket[0], one[0]) and _meet(bucket[0], one[0]) for one in group)
        ]
        rest = [group for group in groups if group not in joined]
        groups = [*rest, [*(one for group in joined for one in group), bucket]]
    order = {id(claim): place for place, claim in enumerate(block)}
    return [
        sorted((claim for bucket in group for claim in bucket), key=lambda one: order[id(one)])
        for group in groups
    ]


def _same_support(one: Claim, two: Claim) -> bool:
    left, right = set(one.support) - _VAGUE, set(two.support) - _VAGUE
    if not left or not right:
        return left == right
    return bool(left & right)


def _years(claim: Claim) -> tuple[int, int]:
    """First and last year that the claim's EDTF time means; an open end reaches for ever.

    An open start (`../2025-06-26`, the document's date) means that year: a statement without
    a date of its own is about the time in which it was made.
    """
    if claim.time is None:
        return _ALWAYS
    first, _, last = claim.time.partition("/")
    start, end = _YEAR.search(first), _YEAR.search(last or first)
    if end is None:
        return (int(start[0]) if start else _ALWAYS[0], _ALWAYS[1])
    return (int(start[0]) if start else int(end[0]), int(end[0]))


def _meet(one: Claim, two: Claim) -> bool:
    left, right = _years(one), _years(two)
    return left[0] <= right[1] and right[0] <= left[1]


def _contradictions(groups: Sequence[Sequence[Claim]]) -> list[set[int]]:
    found: list[set[int]] = [set() for _ in groups]
    pairs: dict[frozenset[str], list[int]] = defaultdict(list)
    for place, group in enumerate(groups):
        pairs[frozenset((*group[0].source, *group[0].target))].append(place)
    for places in pairs.values():
        for at, left in enumerate(places):
            for right in places[at + 1 :]:
                if any(_opposed(one, two) for one in groups[left] for two in groups[right]):
                    found[left].add(right)
                    found[right].add(left)
    return found


def _opposed(one: Claim, two: Claim) -> bool:
    if set(one.source) != set(two.source) or set(one.target) != set(two.target):
        return False
    if not (_same_support(one, two) and _meet(one, two) and _sure(one) and _sure(two)):
        return False
    if one.modality == "denied" or two.modality == "denied":
        return one.modality != two.modality and (one.act, one.polarity) == (two.act, two.polarity)
    if one.modality not in _FACT or two.modality not in _FACT:
        return False
    return frozenset({(one.act, one.polarity), (two.act, two.polarity)}) in _OPPOSITES


def _sure(claim: Claim) -> bool:
    """Whether the claim is likelier right than wrong, or a person has confirmed it."""
    return claim.confidence >= _SURE or claim.review in ("accepted", "edited")


def _name(group: Sequence[Claim]) -> str:
    joined = "|".join(sorted(claim.claim_id for claim in group))
    return hashlib.sha256(joined.encode()).hexdigest()[:12]
