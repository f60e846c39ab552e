"""Quotes: the stretch of text that a statement is quoted with."""

from __future__ import annotations

from foedus.evidence.clauses import clause_start
from foedus.evidence.frames import Event
from foedus.evidence.roles import Parties
from foedus.evidence.tokens import Sentence


def quoted(sentence: Sentence, event: Event, pair: Parties, floor: int) -> tuple[int, int, int]:
    """Start of the clause with its subject, start without, and end (code points).

    A subject left of token `floor`, where the statement before this one ends, is not taken in:
    the second of two verbs with one subject is quoted without it.
    """
    bare = clause_start(sentence, event.start, None)
    shown = pair.subject if pair.subject is not None and pair.subject.first >= floor else None
    first = clause_start(sentence, event.start, shown) if shown is not None else bare
    if floor and floor <= event.start:
        edge = _after_joint(sentence, floor, event.start)
        first, bare = max(first, edge), max(bare, edge)
    first, bare = (
        _past_marks(sentence, first, event.start),
        _past_marks(sentence, bare, event.start),
    )
    last = max(event.end, event.last, min(pair.last, len(sentence.tokens)))
    tokens = sentence.tokens
    return tokens[first].start, tokens[bare].start, tokens[last - 1].end


def _after_joint(sentence: Sentence, floor: int, start: int) -> int:
    """The token after the first comma or conjunction from `floor` on; `start` without one."""
    for place in range(floor - 1, start):
        if sentence.words[place] in _JOINERS or sentence.words[place] in _BREAKS:
            return place + 1
    return start


_BREAKS = frozenset(", ; : — which who while as because when after before where if".split())


def _past_marks(sentence: Sentence, first: int, event: int) -> int:
    """The first word at or after `first`: no quote begins with a dash, a bullet or "and"."""
    while first < event and (
        sentence.words[first] in _JOINERS
        or not any(letter.isalnum() for letter in sentence.words[first])
    ):
        first += 1
    return first


_JOINERS = frozenset({"and", "but", "or", "that"})
