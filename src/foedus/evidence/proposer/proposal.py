"""What a proposer hands on: claims that passed validation, and what was dropped and why."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from foedus.domain.claims import Claim
from foedus.domain.documents import Document

if TYPE_CHECKING:
    from foedus.catalog.actors import NameEntry


@dataclass(frozen=True, slots=True)
class Proposal:
    """Claims of one document in text order; `dropped` counts refused ones by reason."""

    claims: Collection[Claim]
    dropped: Mapping[str, int] = field(default_factory=dict)


class Proposer(Protocol):
    """Anything that proposes claims: `coder` and `version` stand on every row it makes."""

    @property
    def coder(self) -> str:
        """Who coded: the lexicon, or a model by name."""

    @property
    def version(self) -> str:
        """What a new reading is compared with."""

    def propose(self, document: Document, names: Sequence[NameEntry]) -> Proposal:
        """Validated claims of one document; `names` are the actors' names on its date."""
