"""How far two proposers agree on the same documents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from foedus.domain.claims import Claim
from foedus.domain.frozen import Frozen
from foedus.evidence.proposer.spans import overlap

_MATCHED = 0.3


class ProposerAgreement(Frozen):
    """Counts over `documents`: claims of each proposer, and of those on the same words
    (`matched`, one to one, overlap of 0.3 or more) how many agree, and in what.

    `dyad`: the two share a source and a target. `full`: dyad, act and polarity all agree.
    """

    first: str
    second: str
    documents: int
    first_claims: int
    second_claims: int
    matched: int
    dyad: int
    act: int
    polarity: int
    full: int

    @property
    def spans(self) -> float | None:
        """Matched spans as a share of all, 2m / (a + b); null without claims."""
        both = self.first_claims + self.second_claims
        return 2 * self.matched / both if both else None


def agreement(
    first: str, second: str, documents: Iterable[tuple[Sequence[Claim], Sequence[Claim]]]
) -> ProposerAgreement:
    """Count agreement over pairs of codings, one pair a document; abstained claims are left out."""
    count = dict.fromkeys(
        ("documents", "first_claims", "second_claims", "matched", "dyad", "act", "polarity",
         "full"), 0
    )  # fmt: skip
    for one, other in documents:
        a = [claim for claim in one if not claim.abstained]
        b = [claim for claim in other if not claim.abstained]
        count["documents"] += 1
        count["first_claims"] += len(a)
        count["second_claims"] += len(b)
        for left, right in _matched(a, b):
            dyad = _dyad(left, right)
            act, polarity = left.act == right.act, left.polarity == right.polarity
            count["matched"] += 1
            count["dyad"] += dyad
            count["act"] += act
            count["polarity"] += polarity
            count["full"] += dyad and act and polarity
    return ProposerAgreement(first=first, second=second, **count)


def together(one: ProposerAgreement, other: ProposerAgreement) -> ProposerAgreement:
    """The counts of both, over their documents together."""
    mine, theirs = one.model_dump(), other.model_dump()
    counts = {key: mine[key] + theirs[key] for key in mine if key not in ("first", "second")}
    return ProposerAgreement(first=one.first, second=one.second, **counts)


def _matched(a: Sequence[Claim], b: Sequence[Claim]) -> list[tuple[Claim, Claim]]:
    """Pairs one to one, those that share most words first."""
    pairs = [
        (shared, i, j)
        for i, one in enumerate(a)
        for j, other in enumerate(b)
        if one.start < other.end and other.start < one.end
        and (shared := overlap(one, other)) >= _MATCHED
    ]  # fmt: skip
    pairs.sort(key=lambda row: (-row[0], row[1], row[2]))
    left: set[int] = set()
    right: set[int] = set()
    found = []
    for _, i, j in pairs:
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            found.append((a[i], b[j]))
    return found


def _dyad(one: Claim, other: Claim) -> bool:
    if one.source == one.target or other.source == other.target:
        return len({*one.source, *one.target} & {*other.source, *other.target}) > 1
    return bool(set(one.source) & set(other.source)) and bool(set(one.target) & set(other.target))
