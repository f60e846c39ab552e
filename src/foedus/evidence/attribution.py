"""Attribution: who says so, in the sentence that says it."""

from __future__ import annotations

import re
from collections.abc import Sequence

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


_QUOTING = frozenset(
    "said says told added declared argued argues warned warns insisted insists replied recalled "
    "wrote writes explained announced noted boasted complained concluded quipped remarked".split()
)
_LEFT, _RIGHT = 6, 10


def speaker(sentence: Sentence) -> str | None:
    """The actor for whom the speaker of a quotation in this sentence speaks."""
    words = sentence.words
    for at, word in enumerate(words):
        if word in _QUOTING:
            for place in (*range(at - 1, max(-1, at - _LEFT), -1), *range(at + 1, at + _RIGHT)):
                if not 0 <= place < len(words) or (words[place] == '"' and place > at):
                    continue
                if words[place] == ENTITY:
                    mention = sentence.tokens[place].mention
                    return mention.actor if mention else None
    return None


def voices(sentences: Sequence[Sentence]) -> list[str | None]:
    """For each sentence the actor that "we" stands for in it; None outside quotations.

    A quoted sentence that names no speaker has that of the sentence after or before it.
    """
    named = [speaker(one) for one in sentences]
    found: list[str | None] = []
    within = False
    for place, one in enumerate(sentences):
        marks = one.words.count('"')
        quoted = within or marks > 0
        within = within != bool(marks % 2)
        near = (place, place + 1, place - 1) if quoted else (place,)
        found.append(next((named[at] for at in near if 0 <= at < len(named) and named[at]), None))
    return found
