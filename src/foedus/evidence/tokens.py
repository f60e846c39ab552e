"""Tokens: the words, marks and actor names of one sentence, with their offsets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from foedus.domain.claims import Support
from foedus.evidence.broken_words import whole
from foedus.evidence.lexicon import ENTITY, SUPPORT, Collective, lexicon
from foedus.evidence.mentions import Mention

_WORD = re.compile(
    r"(?P<number>\d[\d,.]*\d|\d)|"
    r"(?P<word>[^\W\d_]+(?:(?:[-'’.&]|[\u00ad\u200b-\u200d\u2060\ufeff]"
    r"|[-\u2010\u00ad]\r?\n[ \t]*(?=[a-z\u00df-\u00ff]))[^\W_]+)*)|"
    r"(?P<mark>[.,;:!?()\"“”«»—–-])"
)
_QUOTES = frozenset('"“”«»')
_DASHES = frozenset("—–")
_SPLIT_NOT = {"can't": ("can", "not"), "won't": ("will", "not"), "cannot": ("can", "not")}


@dataclass(slots=True)
class Token:
    """One word, mark or name. `word` is lower case; `owner` is true where 's follows."""

    start: int
    end: int
    word: str
    mention: Mention | None = None
    owner: bool = False


@dataclass(slots=True)
class Sentence:
    """One sentence as tokens, with its support objects and collectives by token position."""

    start: int
    end: int
    passage: int
    tokens: list[Token]
    words: list[str]
    classes: list[str]
    support: dict[int, tuple[int, tuple[Support, ...]]]
    collectives: dict[int, tuple[int, Collective]]


def tokenise(text: str, start: int, end: int, mentions: Sequence[Mention]) -> list[Token]:
    """The tokens of `text[start:end]`; each mention is one token, its 's taken in."""
    tokens: list[Token] = []
    at = start
    for mention in mentions:
        _words(text, at, mention.start, tokens)
        at = mention.end
        owner = text[at : at + 2] in ("'s", "’s")
        if not owner and text[at : at + 1] in ("'", "’") and text[at - 1 : at] == "s":
            owner, at = True, at + 1
        elif owner:
            at += 2
        tokens.append(Token(mention.start, at, ENTITY, mention, owner))
    _words(text, at, end, tokens)
    return tokens


def _without_scare_quotes(tokens: list[Token]) -> list[Token]:
    """The tokens without the marks around a few words: they do not part a clause."""
    marks = [place for place, token in enumerate(tokens) if token.word == '"']
    dropped: set[int] = set()
    for left, right in zip(marks[::2], marks[1::2], strict=False):
        inside = [token.word for token in tokens[left + 1 : right]]
        if inside[-1:] == [","]:
            inside.pop()
        if len(inside) <= _SCARE_QUOTED and _SPOKEN.isdisjoint(inside):
            dropped |= {left, right}
    return [token for place, token in enumerate(tokens) if place not in dropped]


_SCARE_QUOTED = 4
_SPOKEN = frozenset(". , ; : ! ? — we i our us my".split())


def _words(text: str, start: int, end: int, tokens: list[Token]) -> None:
    for match in _WORD.finditer(text, start, end):
        first, last = match.span()
        word = match.group()
        if not word.isascii() or "\n" in word:
            word = whole(word)[0]
        word = word.lower().replace("’", "'")
        if word in _SPLIT_NOT:
            tokens.extend(Token(first, last, part) for part in _SPLIT_NOT[word])
        elif word.endswith("n't"):
            tokens.append(Token(first, last - 3, word[:-3]))
            tokens.append(Token(last - 3, last, "not"))
        elif word.endswith("'s"):
            tokens.append(Token(first, last, word[:-2], None, True))
        else:
            tokens.append(Token(first, last, _mark(word)))


def _mark(word: str) -> str:
    if word in _QUOTES:
        return '"'
    return "—" if word in _DASHES else word


def parse(text: str, start: int, end: int, passage: int, mentions: Sequence[Mention]) -> Sentence:
    """Tokens of one sentence, with support objects and collectives marked."""
    tokens = _without_scare_quotes(tokenise(text, start, end, mentions))
    words = [token.word for token in tokens]
    classes = ["" for _ in tokens]
    known = lexicon()
    support: dict[int, tuple[int, tuple[Support, ...]]] = {}
    covered = -1
    for first, last, category in sorted(
        known.support.find(words, classes), key=lambda hit: (hit[0], -hit[1])
    ):
        if first in support and support[first][0] == last:
            support[first] = (last, (*support[first][1], category))
        elif first >= covered:
            support[first] = (last, (category,))
            covered = last
    for first, (last, _) in support.items():
        for place in range(first, last):
            classes[place] = SUPPORT
    collectives: dict[int, tuple[int, Collective]] = {}
    covered = -1
    for first, last, collective in sorted(
        known.collectives.find(words, classes), key=lambda hit: (hit[0], -hit[1])
    ):
        if first >= covered:
            collectives[first] = (last, collective)
            covered = last
    return Sentence(start, end, passage, tokens, words, classes, support, collectives)
