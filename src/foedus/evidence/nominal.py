"""Roles of statements made by nouns and participles: "Russia's aid to Syria", "Iran-backed"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from foedus.domain.claims import Resolution
from foedus.evidence.clauses import Actor, actor_at, objects
from foedus.evidence.discourse import Discourse, Referent
from foedus.evidence.frames import Event
from foedus.evidence.tokens import Sentence

ROLES = frozenset(
    "noun xbacked withhelp from subject victim asknoun expectnoun movenoun moveobj leftby "
    "presence bygiver ownergiver expectneg".split()
)
_OWNER_REACH = 5
_BACKED_REACH = 5
_FROM = frozenset({"from", "by"})
_THERE = frozenset("in into to at near inside alongside with for on beside".split())
_BANDS = frozenset(
    "militia militias proxy proxies groups group forces rebels fighters insurgents militants "
    "gunmen separatists factions paramilitaries mercenaries".split()
)


@dataclass(frozen=True, slots=True)
class Sides:
    """Who gives and who receives, either of them unnamed, and whom the quote must take in."""

    giver: Actor | None
    receiver: Actor | None
    shown: Actor | None = None


def sides(
    sentence: Sentence,
    event: Event,
    doer: Actor | None,
    right: Sequence[Actor],
    discourse: Discourse,
) -> Sides | None:
    """The sides of one such statement; None where the words name neither."""
    roles = event.frame.roles
    owner = _owner(sentence, event, discourse)
    agent = next((one for one in right if one.preposition in _FROM), None)
    others = [one for one in right if one is not agent]
    if roles == "xbacked":
        return _backed(sentence, event, discourse)
    if roles in ("withhelp", "from"):
        inside = objects(sentence, event.first, event.last, discourse)
        giver = next(iter((*inside, *right)), None)
        return Sides(giver, _other(doer, giver), doer) if giver else None
    if roles in ("bygiver", "ownergiver"):
        inside = objects(sentence, event.first, event.last, discourse)
        taker = next((one for one in right if one.preposition in ("to", "for")), None)
        return Sides(inside[0], taker, inside[0]) if inside else None
    if roles == "presence":
        giver = (
            owner
            or agent
            or next(iter(objects(sentence, event.first, event.last, discourse)), doer)
        )
        place = next((a for a in others if a is not giver and a.preposition in _THERE), None)
        return Sides(giver, place, giver) if giver or place else None
    if roles == "victim":
        return Sides(agent, doer, doer) if doer or agent else None
    if roles == "subject":
        receiver = next((one for one in others if one.preposition in ("to", "for")), None)
        return Sides(owner or agent, receiver, owner)
    if roles == "leftby":
        inside = objects(sentence, event.first, event.end, discourse)
        place = next((one for one in inside if one.last >= event.last), None)
        return Sides(owner or doer, place, owner or doer) if owner or doer or place else None
    if roles == "moveobj":
        moved = objects(sentence, event.first, event.last, discourse)
        return Sides(moved[0], _other(next(iter(right), None), moved[0])) if moved else None
    giver = owner or doer
    receiver = _first(others, giver)
    if roles == "expectneg":
        return Sides(_first(right, None), None) if right else None
    if roles == "expectnoun":
        return Sides(receiver, giver, giver) if giver or receiver else None
    if giver is None and receiver is None:
        return None
    return Sides(owner or agent or (doer if receiver is not doer else None), receiver, giver)


def _backed(sentence: Sentence, event: Event, discourse: Discourse) -> Sides | None:
    giver = actor_at(sentence, event.first, discourse)
    if giver is None:
        return None
    for at in range(event.last, min(event.last + _BACKED_REACH, len(sentence.words))):
        found = actor_at(sentence, at, discourse)
        if found is not None and not found.preposition:
            return Sides(giver, found, giver)
        if sentence.words[at] in _BANDS:
            proxies = Referent((f"{giver.referent.actors[0]}:PROXIES",), _EXPLICIT)
            return Sides(giver, Actor(at, at + 1, proxies, "", False), giver)
        if not sentence.words[at].isalpha():
            break
    return None


_EXPLICIT: Resolution = "explicit"


def _owner(sentence: Sentence, event: Event, discourse: Discourse) -> Actor | None:
    """The actor that stands before a noun as its owner or maker: "Russia's", "American"."""
    for at in range(event.first - 1, max(-1, event.first - _OWNER_REACH), -1):
        found = actor_at(sentence, at, discourse)
        if found is None:
            if sentence.words[at] in _FENCE:
                return None
            continue
        mention = sentence.tokens[found.last - 1].mention
        made = mention is not None and mention.role == "demonym"
        if found.owner or made or sentence.words[at] in _POSSESSIVES or at >= event.first - 2:
            return found
        return None
    return None


_FENCE = frozenset(", ; : — . of to in for with from and but that which is are was were".split())
_POSSESSIVES = frozenset("its his her their our my".split())


def _first(right: Sequence[Actor], giver: Actor | None) -> Actor | None:
    for actor in right:
        if giver is None or set(actor.referent.actors) - set(giver.referent.actors):
            return actor
    return None


def _other(one: Actor | None, giver: Actor | None) -> Actor | None:
    if one is None or giver is None or set(one.referent.actors) - set(giver.referent.actors):
        return one
    return None
