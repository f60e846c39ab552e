"""The questions that one document gives: a window of sentences each, with the actors it names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus.domain.documents import Document
from foedus.evidence.mentions import matcher
from foedus.evidence.proposer.budget import TOKENS_A_SENTENCE, tokens_of
from foedus.evidence.proposer.prompt import Messages, messages
from foedus.evidence.proposer.windows import Window, flat, windows

if TYPE_CHECKING:
    from foedus.catalog.actors import NameEntry

MOST_TOKENS = 8_000


@dataclass(frozen=True, slots=True)
class Question:
    """One window of a document, and the messages that ask about it."""

    window: Window
    messages: Messages

    @property
    def tokens(self) -> int:
        """About how many tokens the question is."""
        return tokens_of(self.messages)

    @property
    def likely(self) -> int:
        """About how many tokens the answer will be."""
        return 20 + TOKENS_A_SENTENCE * len(self.window.sentences)

    @property
    def most(self) -> int:
        """The longest answer in tokens that is paid for."""
        return min(MOST_TOKENS, 400 + 3 * self.likely)


@dataclass(frozen=True, slots=True)
class Brief:
    """A document, the actors that it names (most often named first), and their usual names."""

    document: Document
    named: tuple[str, ...]
    shown: Mapping[str, str]

    @classmethod
    def of(cls, document: Document, names: Sequence[NameEntry]) -> Brief:
        """The brief of one document; `names` are the actors' names on its date."""
        shown = {entry.actor: entry.name for entry in reversed(names) if entry.role == "name"}
        return cls(document, _named(document, names), shown)

    def question(self, window: Window) -> Question:
        """The question about one window."""
        return Question(window, messages(self.document, window, self.named, self.shown))

    def questions(self) -> Iterator[Question]:
        """Yield the question about each window, in order."""
        for window in windows(self.document):
            yield self.question(window)


def _named(document: Document, names: Sequence[NameEntry]) -> tuple[str, ...]:
    """Every actor that a name in the title or the main text can stand for."""
    find = matcher(names).find
    parts = [document.title or ""]
    parts += [document.text[passage.start : passage.end] for passage in document.passages]
    counts = Counter(reading[0] for part in parts for hit in find(flat(part)) for reading in hit[2])
    return tuple(sorted(counts, key=lambda actor: (-counts[actor], actor)))
