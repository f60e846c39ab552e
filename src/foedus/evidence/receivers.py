"""Receivers: which of the actors named after a verb is the one that gets something."""

from __future__ import annotations

from foedus.evidence.clauses import Actor
from foedus.evidence.frames import Event
from foedus.evidence.lexicon import SUPPORT
from foedus.evidence.tokens import Sentence

_TOWARD = frozenset({"to", "for", "with", "toward", "towards", "behind", "on"})
_PLACE = frozenset({"in", "at", "into", "inside", "near", "of", "from"})


def target(
    sentence: Sentence, event: Event, right: list[Actor], doer: Actor, roles: str
) -> Actor | None:
    """The actor right of the frame that receives, by the kind of its roles; None if unnamed."""
    others = [a for a in right if not set(a.referent.actors) <= set(doer.referent.actors)]
    if roles == "give":
        others = [
            a for a in others if (a.preposition not in _away(event)) and not _modifies(sentence, a)
        ]
        direct = [a for a in others if not a.preposition]
        toward = [a for a in others if a.preposition in _TOWARD]
        theirs = [a for a in right if a.preposition == "of" and not a.owner]
        return next(iter(direct + toward + others + _strange(theirs, doer)), None)
    if roles in ("go", "aid"):
        toward = [a for a in others if a.preposition in _TOWARD or not a.preposition or a.owner]
        place = [a for a in others if a.preposition in _PLACE]
        return next(iter(toward + place), None)
    if roles == "leave":
        place = [a for a in others if a.preposition in (_PLACE | _TOWARD) - {"to"}]
        return next(iter(place), None)
    return next(iter(others), None)


def _strange(actors: list[Actor], doer: Actor) -> list[Actor]:
    return [a for a in actors if not set(a.referent.actors) <= set(doer.referent.actors)]


def _away(event: Event) -> tuple[str, ...]:
    return ("of",) if event.frame.act == "withhold" else ("of", "from")


def _modifies(sentence: Sentence, actor: Actor) -> bool:
    """Whether an actor is only the make of a support object: "sent American jets"."""
    mention = sentence.tokens[actor.last - 1].mention
    made = mention is not None and mention.role == "demonym" and not actor.preposition
    return made and not actor.owner and sentence.classes[actor.last : actor.last + 1] == [SUPPORT]


def modifier(sentence: Sentence, event: Event, right: list[Actor]) -> Actor | None:
    """The actor that says whose make a support object is: "bought American jets"."""
    for actor in right:
        near = sentence.classes[actor.last : actor.last + 3]
        if SUPPORT in near:
            return actor
    return None
