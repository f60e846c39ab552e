"""The gate before the workspace: a proposed claim is verifiable in its document, or dropped."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from foedus.domain.claims import UNNAMED, Claim
from foedus.domain.documents import Document
from foedus.evidence.proposer.proposal import Proposal

if TYPE_CHECKING:
    from foedus.catalog.actors import NameEntry

LONGEST_QUOTE = 2_000
NOT_IN_TEXT = "quote not in the document"
OUTSIDE = "quote outside the main text"
CUT = "quote too long, or cut inside a word"
NO_ACTOR = "actor unknown on the document's date"
UNSEEN = "actor not named in the document"
ORDERS = "quote gives orders to the reader's software"
TWICE = "same statement proposed twice"

_STOP = re.compile(r"[.!?][\"”’)]*\s|\n")
_ORDERS = re.compile(
    r"\b(?:ignore|disregard|forget|override)\s+(?:(?:all|any|the|your|these|previous|prior|above|"
    r"earlier)\s+){1,3}(?:instructions?|prompts?|rules?|codebook|guidelines?)"
    r"|\b(?:system|developer|assistant)\s*(?:prompt|message|instruction)\b"
    r"|\byou\s+are\s+(?:now\s+)?(?:an?\s+)?(?:ai|assistant|language model|coder|chatbot)\b"
    r"|\b(?:return|output|emit|respond with|reply with|add)\s+(?:only\s+|the\s+following\s+|this\s+"
    r"|a\s+)*(?:json|claims?\b(?=\s+(?:that|saying|with))|valid json)"
    r"|<\|(?:im_start|im_end|system|endoftext)",
    re.IGNORECASE,
)  # fmt: skip


def validated(
    document: Document,
    claims: Iterable[Claim],
    names: Sequence[NameEntry],
    *,
    named: Collection[str] | None = None,
) -> Proposal:
    """Keep what the document bears out, count the rest by reason.

    A quote must be the stored text at its place, lie in one passage of main text and not cut
    a word; it must not give orders to software. Every actor must be one of the catalog's that
    `names` knows on the document's date, or one of the codebook's unnamed parties; with
    `named`, one of those that the document names. A repeated statement is kept once.
    """
    actors = frozenset(entry.actor for entry in names)
    starts = [passage.start for passage in document.passages]
    kept: list[Claim] = []
    dropped: Counter[str] = Counter()
    met: set[tuple[object, ...]] = set()
    for claim in sorted(claims, key=lambda one: (one.start, one.end)):
        reason = _fault(document, claim, starts, actors, named)
        key = (claim.start, claim.end, claim.act, claim.polarity, claim.source, claim.target)
        if reason is None and key in met:
            reason = TWICE
        if reason is not None:
            dropped[reason] += 1
            continue
        met.add(key)
        kept.append(claim)
    return Proposal(tuple(kept), dict(dropped))


def _fault(
    document: Document,
    claim: Claim,
    starts: Sequence[int],
    actors: frozenset[str],
    named: Collection[str] | None,
) -> str | None:
    text, start, end = document.text, claim.start, claim.end
    if claim.doc != document.id or text[start:end] != claim.quote:
        return NOT_IN_TEXT
    passage = bisect_right(starts, start) - 1
    if passage < 0 or end > document.passages[passage].end:
        return OUTSIDE
    if end - start > LONGEST_QUOTE or _cuts(text, start) or _cuts(text, end):
        return CUT
    if _ORDERS.search(_around(text, start, end)):
        return ORDERS
    parties = {*claim.source, *claim.target, *filter(None, [claim.beneficiary])}
    owners = {party.removesuffix(":PROXIES") for party in parties} - UNNAMED
    if not parties or not owners <= actors:
        return NO_ACTOR
    if named is not None and not owners <= set(named):
        return UNSEEN
    return None


def _cuts(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1].isalpha() and text[at].isalpha()


def _around(text: str, start: int, end: int) -> str:
    """The quote's sentence and the one before it, up to 300 characters on either side."""
    before = text[max(0, start - 300) : start]
    stops = [match.end() for match in _STOP.finditer(before)]
    after = _STOP.search(text, end, end + 300)
    first = start - len(before) + (stops[-2] if len(stops) > 1 else 0)
    return text[first : after.end() if after else end + 300]
