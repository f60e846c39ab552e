"""The first proposer: the lexicon coder, through the same validation as any other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from foedus.domain.documents import Document
from foedus.evidence.coder import CODER, claims_by_part
from foedus.evidence.lexicon import lexicon
from foedus.evidence.proposer.packed import PackedClaims, packed
from foedus.evidence.proposer.proposal import Proposal
from foedus.evidence.proposer.validation import validated

if TYPE_CHECKING:
    from foedus.catalog.actors import NameEntry


class LexiconProposer:
    """Claims by the lexicon's frames; see `evidence.coder`."""

    coder = CODER

    @property
    def version(self) -> str:
        """The lexicon's version: it changes with any of its files."""
        return lexicon().version

    def propose(self, document: Document, names: Sequence[NameEntry]) -> Proposal:
        """Validated claims of one document, those under the threshold marked as abstained.

        Each part of the text is coded, checked and packed before the next is looked at.
        """
        parts: list[bytes] = []
        dropped: Counter[str] = Counter()
        count = 0
        for claims in claims_by_part(document, names):
            found = validated(document, claims, names)
            parts.append(packed(tuple(found.claims)))
            dropped.update(found.dropped)
            count += len(found.claims)
        return Proposal(PackedClaims(tuple(parts), count), dict(dropped))
