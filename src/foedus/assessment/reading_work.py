"""One file's work: parse it and code its claims; the same in this process and in any other."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from foedus.domain.claims import Claim
from foedus.domain.documents import Document
from foedus.errors import DocumentError

if TYPE_CHECKING:
    from foedus.catalog.actors import ActorIndex, NameEntry


@dataclass(frozen=True, slots=True)
class FileWork:
    """The bytes of one file, read once, so that a worker needs no sight of the folder.

    `place` is its absolute path, `stamp` changes when the file does.
    """

    name: str
    data: bytes
    place: str
    stamp: str | None

    @property
    def size(self) -> int:
        """Bytes in memory, about."""
        return len(self.data)


@dataclass(frozen=True, slots=True)
class DocumentWork:
    """A document that is parsed already: one of many in its file."""

    document: Document
    place: str
    stamp: str | None

    @property
    def name(self) -> str:
        """What the document is called."""
        return self.document.name

    @property
    def size(self) -> int:
        """Bytes in memory, about."""
        return 2 * len(self.document.text)


Work = FileWork | DocumentWork


@dataclass(frozen=True, slots=True)
class Coded:
    """A document with its claims, or, in a language that is not coded, with none.

    `dropped` counts claims that the document does not bear out, by reason.
    """

    document: Document
    claims: Collection[Claim]
    dropped: Mapping[str, int]
    sketch: bytes


@dataclass(frozen=True, slots=True)
class Refused:
    """One file, or document in it, that cannot be read."""

    name: str
    reason: str


def do(work: Work, today: date) -> Iterator[Coded | Refused]:
    """Yield what becomes of each document of the work, as of `today`."""
    from foedus.evidence.reader import parse_file

    if isinstance(work, DocumentWork):
        yield code(work.document, today)
        return
    for item in parse_file(work.name, work.data, today=today):
        if isinstance(item, DocumentError):
            yield Refused(item.name, item.reason)
        else:
            yield code(item, today)


def done(work: Work, today: date) -> list[Coded | Refused]:
    """The same as a list, for work that is done elsewhere."""
    return list(do(work, today))


def code(document: Document, today: date) -> Coded:
    """Code one document's claims, and sketch it."""
    from foedus.evidence.proposer.by_lexicon import LexiconProposer
    from foedus.evidence.proposer.proposal import Proposal
    from foedus.evidence.sketches import sketch

    found = Proposal(())
    if is_coded_language(document):
        found = LexiconProposer().propose(document, names_of(document, today))
    return Coded(document, found.claims, dict(found.dropped), sketch(document))


def is_coded_language(document: Document) -> bool:
    """Whether claims are coded from the document's language."""
    return document.language in (None, "en")


def names_of(document: Document, today: date) -> tuple[NameEntry, ...]:
    """The actors' names on the document's date, `today` where it has none."""
    return _names_on(today if document.date is None else min(document.date.last, today))


@lru_cache(maxsize=64)
def _names_on(day: date) -> tuple[NameEntry, ...]:
    from foedus.evidence.mentions import names_for

    return names_for(_actors(), day)


@cache
def _actors() -> ActorIndex:
    from foedus.catalog.actors import ActorIndex

    return ActorIndex.packaged()
