"""Attribution: who says so, in the sentence that says it."""

from __future__ import annotations

import re

from foedus.domain.claims import Attribution
from foedus.evidence.lexicon import ENTITY
from foedus.evidence.tokens import Sentence

_SAYS = frozenset(
    "said says told added argued argues warned warns claimed claims stated announced confirmed "
    "wrote writes according reported acknowledged conceded insisted insists noted reiterated "
    "declared answered replied".split()
)
_UNNAMED = frozenset(
    "sources source officials official diplomats diplomat analysts observers reports insiders "
    "experts expert researcher commentators critics".split()
)
_PERSON = re.compile(
    r"(?:[A-Z][\w’'-]+ ){1,3}(?=said|says|told|argued|argues|warned|added|wrote|writes|noted)"
    r"|(?<=said )(?:[A-Z][\w’'-]+ ){0,2}[A-Z][\w’'-]+"
    r"|(?<=according to )(?:[A-Z][\w’'-]+ ){0,3}[A-Z][\w’'-]+"
)


def attribution(sentence: Sentence, text: str) -> Attribution:
    """The speaker, organisation or unnamed sources of a sentence; else the author.

    An actor named within four words of the verb of saying is an organisation when it stands
    for a body, and a person named there is a speaker.
    """
    words = sentence.words
    says = next((at for at, word in enumerate(words) if word in _SAYS), None)
    if says is None:
        return Attribution()
    near = range(max(0, says - 5), min(len(words), says + 5))
    person = _PERSON.search(re.sub(r"\s", " ", text[sentence.start : sentence.end]))
    named = next((sentence.tokens[at] for at in near if words[at] == ENTITY), None)
    if named is not None and named.mention is not None and named.mention.role == "leader":
        return Attribution(kind="speaker", name=_clean(text[named.start : named.end]))
    if any(words[at] in _UNNAMED for at in near) and not (person and "," in words[says:]):
        return Attribution(kind="unnamed")
    if person is not None and person.group().strip():
        return Attribution(kind="speaker", name=person.group().strip())
    if named is not None:
        return Attribution(kind="organisation", name=_clean(text[named.start : named.end]))
    return Attribution()


def _clean(name: str) -> str:
    return " ".join(name.removesuffix("'s").removesuffix("’s").split())


def speaker(sentence: Sentence) -> str | None:
    """The actor for whom the speaker of a quotation in this sentence speaks."""
    words = sentence.words
    for at, word in enumerate(words):
        if word in ("said", "says", "told", "added", "declared"):
            for place in (*range(at - 1, max(-1, at - 6), -1), *range(at + 1, at + 6)):
                if 0 <= place < len(words) and words[place] == ENTITY:
                    mention = sentence.tokens[place].mention
                    return mention.actor if mention else None
    return None
