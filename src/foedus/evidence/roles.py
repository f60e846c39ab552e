"""Roles: who gives and who receives in a frame, from its subject, objects and the discourse."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.domain.claims import Resolution
from foedus.evidence import nominal
from foedus.evidence.clauses import Actor, objects, subject
from foedus.evidence.discourse import ALLIES, Discourse, Referent
from foedus.evidence.frames import Event
from foedus.evidence.lexicon import SUPPORT
from foedus.evidence.readings import Reading
from foedus.evidence.receivers import modifier, target
from foedus.evidence.tokens import Sentence

_RIVAL = frozenset(
    "against over despite amid about than under through via across above below after before since "
    "during without beyond including like".split()
)
_POSSESSIVES = frozenset({"its", "his", "her", "their", "our", "my"})
_THINGS = frozenset({"border", "borders", "frontier", "gas", "oil", "waters", "soil"})
_DRAINS = frozenset({"in", "on", "across", "with", "at", "around"})
"""What ties a giver down is not who goes without: "its quagmire in X"."""
_RESOLUTION_RANK = {"explicit": 0, "anaphora": 1, "document_pair": 2}
_RESOLUTION_WEIGHT = {"explicit": 1.0, "anaphora": 0.88, "document_pair": 0.78}


@dataclass(frozen=True, slots=True)
class Parties:
    """Source and target of one statement, and the tokens its quote must take in.

    `resolution` is the weaker of `sides`, how source and target were found; None for a tie, whose
    two sides were found together.
    """

    source: tuple[str, ...]
    target: tuple[str, ...]
    resolution: Resolution
    certainty: float
    subject: Actor | None
    last: int
    sides: tuple[Resolution, Resolution] | None = None


def parties(
    sentence: Sentence, event: Event, reading: Reading, discourse: Discourse
) -> Parties | None:
    """Who gives (or asks) and who receives; None where a needed side cannot be told.

    A statement that names neither is taken to be about whom the text deals with at that place.
    """
    found = _named(sentence, event, reading, discourse)
    if found is not None or event.frame.needs == "next":
        return found
    return _of_topic(sentence, event, reading, discourse)


def _of_topic(
    sentence: Sentence, event: Event, reading: Reading, discourse: Discourse
) -> Parties | None:
    roles = event.frame.roles
    if roles not in _FROM_TOPIC or event.frame.act in ("realign", "assess", "signal"):
        return None
    right = objects(sentence, event.first + 1, event.end, discourse)
    takers = [
        one for one in right if one.preposition not in _RIVAL and _stands_alone(sentence, one)
    ]
    if takers and roles in ("give", "help", "aid", "subject") and reading.asked is None:
        return _directed(None, takers[0], event, discourse)
    if roles in ("give", "help", "go", "aid"):
        doer = subject(sentence, event.start, discourse)
        if doer is not None:
            return _directed(doer, None, event, discourse)
    pair = discourse.topic(event.offset)
    if pair is None:
        return None
    giver, taker = pair
    if event.frame.act in ("request", "expect") and roles in ("ask", "expect", "asknoun"):
        giver, taker = (taker, giver)
        if event.frame.act == "expect":
            giver, taker = taker, giver
    weight = _RESOLUTION_WEIGHT["document_pair"] ** 2
    inferred: Resolution = "document_pair"
    return Parties((giver,), (taker,), inferred, weight, None, event.last, (inferred, inferred))


_FROM_TOPIC = frozenset(
    "give help go aid leave state afford subject presence noun victim ask asknoun from".split()
)


def _named(
    sentence: Sentence, event: Event, reading: Reading, discourse: Discourse
) -> Parties | None:
    verb = event.start
    doer = subject(sentence, verb, discourse)
    if doer is None and verb < event.first:
        doer = subject(sentence, event.first, discourse)
    bound = next((one for one in event.governors if one.operator.kind == "obligation"), None)
    if bound is not None:
        inner = objects(sentence, bound.first + 1, event.first, discourse)
        doer = inner[0] if inner else doer
    if reading.asked is not None or reading.expected is not None:
        return _asked(sentence, event, reading, doer, discourse)
    roles = event.frame.roles
    if roles == "expected":
        inside = objects(sentence, event.first, event.last, discourse)
        return _directed(None, inside[0] if inside else doer, event, discourse, None)
    right = [
        actor
        for actor in objects(sentence, event.first + 1, event.end, discourse)
        if actor.preposition not in _RIVAL
        and (roles == "aid" or _stands_alone(sentence, actor))
        and not (event.frame.act == "constrain" and actor.preposition in _DRAINS)
    ]
    if roles in ("judge", "judgeobj", "pair", "none", "noun2", "between", "tied"):
        return _tie(sentence, event, doer, right, discourse)
    refused = any(one.operator.kind in ("refuse", "neg", "unable") for one in event.governors)
    if roles == "mutual" and refused and doer and right and len(doer.referent.actors) == 1:
        return _directed(doer, _first(right, doer), event, discourse)
    if roles in ("mutual", "mutualwith", "mutualby"):
        return _mutual(sentence, event, doer, right, discourse)
    if event.passive and roles in ("give", "help", "leave", "go"):
        return _passive(sentence, event, doer, right, discourse)
    if roles in nominal.ROLES:
        found = nominal.sides(sentence, event, doer, right, discourse)
        if found is None:
            return None
        return _directed(
            found.giver, found.receiver, event, discourse, found.shown, asks=roles == "asknoun"
        )
    if roles == "get":
        giver = next((a for a in right if a.preposition in ("from", "by")), None)
        giver = giver or modifier(sentence, event, right)
        return _directed(giver, doer, event, discourse, doer)
    if roles == "bind" and right and len(right[0].referent.actors) == 1:
        return _directed(right[0], _first(right[1:], right[0]), event, discourse, doer)
    if roles == "bind" and doer and len(doer.referent.actors) == 1:
        return _directed(doer, None, event, discourse)
    if roles == "bind":
        return _tie(sentence, event, doer, right, discourse)
    if roles == "left":
        one = _first(right, None)
        if one is None:
            return None
        giver = None if doer is None or doer.referent.actors == one.referent.actors else doer
        return _directed(giver, one, event, discourse, None)
    if roles == "expect":
        return _directed(_first(right, doer), doer, event, discourse, doer)
    if roles == "counted":
        return _directed(_first(right, doer), doer, event, discourse, doer)
    if doer is None:
        return None
    if roles == "object":
        return _directed(_first(right, None) or doer, None, event, discourse, doer)
    if roles in ("state", "afford"):
        return _directed(doer, None, event, discourse)
    if roles == "askmany":
        return Parties(
            doer.referent.actors, (ALLIES,), doer.referent.resolution, 0.9, doer, event.last
        )
    if roles == "move":
        return _directed(doer, _first(right, doer), event, discourse)
    taker = target(sentence, event, right, doer, roles)
    if taker is None and event.frame.needs == "obj":
        return None
    return _directed(doer, taker, event, discourse, asks=roles == "ask")


def _stands_alone(sentence: Sentence, actor: Actor) -> bool:
    """Whether words stand for an actor themselves, and do not only own what follows."""
    if set(sentence.words[actor.last : actor.last + 1]) & _THINGS:
        return False
    return actor.first in sentence.collectives or sentence.words[actor.first] not in _POSSESSIVES


def _first(right: list[Actor], doer: Actor | None) -> Actor | None:
    for actor in right:
        if doer is None or set(actor.referent.actors) - set(doer.referent.actors):
            return actor
    return None


def _asked(
    sentence: Sentence, event: Event, reading: Reading, doer: Actor | None, discourse: Discourse
) -> Parties | None:
    governor = reading.asked or reading.expected
    assert governor is not None
    asker = subject(sentence, governor.first, discourse) or doer
    inner = objects(sentence, governor.first + 1, event.first, discourse)
    giver = _first(inner, asker)
    if asker is None:
        return None
    if reading.asked is not None:
        return _directed(asker, giver, event, discourse, asker, asks=True)
    return _directed(giver, asker, event, discourse, asker)


def _passive(
    sentence: Sentence,
    event: Event,
    doer: Actor | None,
    right: list[Actor],
    discourse: Discourse,
) -> Parties | None:
    agent = next((a for a in right if a.preposition == "by"), None)
    others = [
        a
        for a in right
        if a is not agent and not (event.frame.roles == "leave" and a.preposition == "to")
    ]
    if doer is not None and event.frame.roles in ("give", "go", "leave"):
        modifies = SUPPORT in sentence.classes[doer.last : event.first]
        if (modifies and not doer.preposition and not doer.owner) or doer.owner:
            target = next(iter(others), None)
            return _directed(agent or doer, target, event, discourse, doer)
        return _directed(agent, doer, event, discourse, doer)
    taker = next((a for a in others if a.preposition not in ("in", "at", "from", "of")), None)
    if doer is None and taker is None and agent is None:
        return None
    return _directed(agent, doer or taker, event, discourse, doer)


def _mutual(
    sentence: Sentence,
    event: Event,
    doer: Actor | None,
    right: list[Actor],
    discourse: Discourse,
) -> Parties | None:
    names = dict.fromkeys(doer.referent.actors if doer else ())
    wanted = ("with", "between", "by", "and", "alongside")
    partners = [a for a in right if a.preposition in wanted]
    if not partners and len(names) < 2 and event.frame.roles == "mutualwith":
        partners = [a for a in right if a.preposition in ("in", "near", "of", "from")]
    rank = doer.referent.resolution if doer else "explicit"
    last = event.last
    for partner in partners:
        if len(names) < 2 or partner.preposition in ("between", "by"):
            names.update(dict.fromkeys(partner.referent.actors))
            rank = _worse(rank, partner.referent.resolution)
            last = max(last, partner.last)
    if len(names) == 1:
        other = discourse.partner(tuple(names), discourse.recent(sentence.start, 300))
        if other is None:
            return None
        names.update(dict.fromkeys(other.actors))
        rank = "document_pair"
    if not names and len(discourse.pair) == 2:
        names, rank = dict.fromkeys(discourse.pair), "document_pair"
    if len(names) < 2:
        return None
    both = tuple(names)
    weight = _RESOLUTION_WEIGHT[rank]
    return Parties(both, (*both[1:], both[0]), rank, weight, doer, last)


def _tie(
    sentence: Sentence,
    event: Event,
    doer: Actor | None,
    right: list[Actor],
    discourse: Discourse,
) -> Parties | None:
    roles = event.frame.roles
    if roles == "judge" and doer is not None and len(doer.referent.actors) == 1:
        owned = doer.owner and any(word in _TIES for word in sentence.words[doer.last : event.last])
        if not owned and not any(w in _TIES for w in sentence.words[doer.last : event.first]):
            between = [
                one for one in objects(sentence, doer.last, event.first, discourse) if one.owner
            ]
            near = _first([*between, *right], doer)
            return _directed(doer, near, event, discourse)
    if roles == "judgeobj":
        doer = None
    named = dict.fromkeys(doer.referent.actors if doer and not doer.preposition else ())
    resolution: Resolution = doer.referent.resolution if named and doer else "explicit"
    if len(named) < 2:
        left = event.first if roles == "judgeobj" else max(0, event.first - 6)
        for actor in objects(sentence, left, event.end, discourse):
            if len(actor.referent.actors) == 2 and actor.referent.resolution != "explicit":
                named, resolution = dict.fromkeys(actor.referent.actors), "document_pair"
            elif len(named) < 2 and actor.preposition not in _RIVAL | {"in"}:
                named.update(dict.fromkeys(actor.referent.actors))
                resolution = _worse(resolution, actor.referent.resolution)
    if len(named) < 2:
        both = discourse.both(sentence.tokens[event.first].start)
        if both is None or (named and not set(named) <= set(both.actors)):
            return None
        named, resolution = dict.fromkeys(both.actors), "document_pair"
    if len(named) != 2:
        return None
    first, second = named
    weight = _RESOLUTION_WEIGHT[resolution]
    return Parties((first, second), (second, first), resolution, weight, doer, event.last)


_TIES = frozenset(
    "alliance partnership relationship relations friendship ties treaty pact agreement accord "
    "collaboration cooperation bargain axis".split()
)


def _both(referent: Referent, event: Event, shown: Actor | None) -> Parties:
    first, second = referent.actors
    weight = _RESOLUTION_WEIGHT[referent.resolution]
    return Parties((first, second), (second, first), referent.resolution, weight, shown, event.last)


def _worse(one: Resolution, two: Resolution) -> Resolution:
    return one if _RESOLUTION_RANK[one] >= _RESOLUTION_RANK[two] else two


def _directed(
    giver: Actor | None,
    receiver: Actor | None,
    event: Event,
    discourse: Discourse,
    shown: Actor | None = None,
    *,
    asks: bool = False,
) -> Parties | None:
    """The two sides with whoever is unnamed filled in; `asks`: the target is who would give."""
    if giver is None and receiver is None:
        return None
    event_start = event.offset
    source = giver.referent if giver else None
    target = receiver.referent if receiver else None
    near = discourse.recent(event_start, 300)
    if source is None:
        assert target is not None
        source = (
            discourse.patron(target.actors[0], event_start)
            if len(target.actors) == 1
            else discourse.partner(target.actors, near, event_start)
        )
    if target is None and source is not None:
        if len(source.actors) == 2 and (
            source.resolution != "explicit" or set(source.actors) == set(discourse.pair)
        ):
            return _both(source, event, shown or giver)
        target = (
            discourse.patron(source.actors[0], event_start)
            if asks and len(source.actors) == 1
            else discourse.partner(source.actors, near, event_start)
        )
    if source is None or target is None:
        return None
    if set(source.actors) == set(target.actors) and len(source.actors) == 2:
        return _both(source, event, shown or giver)
    left = tuple(a for a in source.actors if a not in target.actors) or source.actors
    right = tuple(a for a in target.actors if a not in source.actors)
    if not right:
        found: Referent | None = discourse.partner(left, near, event_start)
        if found is None:
            return None
        target, right = found, found.actors
    rank = _worse(source.resolution, target.resolution)
    weight = _RESOLUTION_WEIGHT[source.resolution] * _RESOLUTION_WEIGHT[target.resolution]
    last = max(event.last, receiver.last if receiver else 0, giver.last if giver else 0)
    sides = (source.resolution, target.resolution)
    return Parties(left, right, rank, weight, shown or giver, last, sides)
