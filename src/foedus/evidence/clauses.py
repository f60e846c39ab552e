"""Clauses: where in a sentence a statement starts and ends, and who its subject is."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.evidence.discourse import Discourse, Referent, refers
from foedus.evidence.lexicon import ENTITY, SUPPORT
from foedus.evidence.tokens import Sentence

HARD = frozenset({";", ":", "—", '"', "(", ")", ".", "!", "?"})
BREAKS = frozenset(
    "because although though while whereas which who whose since unless but after before until "
    "despite yet so if when amid prompting leaving forcing wincing preferring".split()
)
RELATIVES = frozenset({"which", "who", "that"})
PREPOSITIONS = frozenset(
    "of in to from with against for at by on into toward towards over between near inside "
    "alongside behind across around under amid without despite beside within than "
    "including beyond upon about through".split()
)
_HEADS = frozenset(
    "government leader leaders official officials regime president minister ministry army forces "
    "troops parliament leadership many people authorities rulers generals king none any either "
    "neither regimes each one some most soldiers officers diplomats sources analysts".split()
)
_SEATED = frozenset(
    "officials leaders government authorities many people diplomats analysts regime junta "
    "commentators ministry partners strategists policymakers".split()
)
_FILLERS = frozenset(
    "the a an its their his her own this that these those president prime foreign minister "
    "defence defense secretary general former new late both not many other".split()
)
_ADJECTIVES = frozenset("unable unwilling reluctant wary powerless".split())
_JUMPED = 16
_SUBJECT_REACH = 12


@dataclass(frozen=True, slots=True)
class Actor:
    """A referent at tokens `first` to `last` (exclusive), and the preposition before it."""

    first: int
    last: int
    referent: Referent
    preposition: str
    owner: bool


def actor_at(sentence: Sentence, at: int, discourse: Discourse) -> Actor | None:
    """The actor whose words start at token `at`, with those joined to it by and / or / comma."""
    found = refers(sentence, at, discourse)
    if found is None:
        return None
    last = sentence.collectives[at][0] if at in sentence.collectives else at + 1
    actors, resolution, owner = list(found.actors), found.resolution, sentence.tokens[at].owner
    while sentence.words[at] == ENTITY:
        place = last
        while place < len(sentence.words) and sentence.words[place] in (
            "and",
            "or",
            "nor",
            ",",
            "-",
        ):
            place += 1
        if place > last and sentence.words[place : place + 1] == ["the"]:
            place += 1
        if place == last or place >= len(sentence.words) or sentence.words[place] != ENTITY:
            break
        mention = sentence.tokens[place].mention
        if mention is None or (sentence.words[last] == "," and not _listed(sentence, place)):
            break
        if mention.actor not in actors:
            actors.append(mention.actor)
        owner = sentence.tokens[place].owner
        last = place + 1
    return Actor(at, last, Referent(tuple(actors), resolution), preposition(sentence, at), owner)


_LINKS = frozenset({"and", "or", "nor", ",", "-"})


def _listed(sentence: Sentence, place: int) -> bool:
    after = sentence.words[place + 1 : place + 3]
    return "and" in after or "and" in sentence.words[place - 2 : place]


def preposition(sentence: Sentence, at: int) -> str:
    """The preposition that governs the noun phrase at token `at`, or ''."""
    place = at - 1
    while place >= 0 and (
        sentence.words[place] in _FILLERS
        or (sentence.words[place] == ENTITY and place == at - 1)
        or (
            sentence.classes[place] == ""
            and sentence.words[place].isalpha()
            and at - place <= 1
            and sentence.words[place] not in PREPOSITIONS | RELATIVES | BREAKS
            and not sentence.words[place].endswith("ing")
        )
    ):
        place -= 1
    word = sentence.words[place] if place >= 0 else ""
    if word == "for" and place and sentence.words[place - 1] == ",":
        return ""
    return word if word in PREPOSITIONS else ""


def subject(sentence: Sentence, verb: int, discourse: Discourse) -> Actor | None:
    """The nearest actor left of token `verb` that can be its subject."""
    verb = _governing_participle(sentence, verb)
    if _after_gerund(sentence, verb):
        return None
    if _is_second(sentence, verb):
        main = _main_subject(sentence, verb, discourse)
        if main is not None:
            return main
    fallback: Actor | None = None
    relative = False
    place = verb - 1
    finite = not (sentence.words[verb].endswith("ing") or sentence.words[verb] in _ADJECTIVES)
    clear = True
    while place >= 0:
        word = sentence.words[place]
        if word in HARD and word not in ("—", "(", ")"):
            break
        if word == "," and clear and finite:
            place = _bracket(sentence, place)
            clear = False
            continue
        if word == "," and not finite and place >= verb - 3:
            main = _main_subject(sentence, place, discourse)
            if main is not None:
                return main
        if (
            (word in ("and", "but") or word in BREAKS)
            and finite
            and _own_subject(sentence, place + 1, verb)
        ):
            return None
        if word in RELATIVES:
            relative = True
        found = _ending_at(sentence, place, discourse)
        if found is None:
            place -= 1
            continue
        clear = False
        absolute = found.preposition == "with" and not finite
        if not found.preposition or relative or absolute:
            return found
        if _headed(sentence, found):
            return found
        if not _seat_only(sentence, found):
            fallback = fallback or found
        place = found.first - 1
    return fallback if finite else None


def _after_gerund(sentence: Sentence, verb: int) -> bool:
    """Whether the subject is what somebody does: "supporting X no longer serves ..."."""
    start = verb
    while start and not (
        sentence.words[start - 1] in HARD
        or sentence.words[start - 1] in BREAKS
        or sentence.words[start - 1] in (",", "that")
    ):
        start -= 1
    opens = sentence.words[start]
    return (
        start < verb - 1
        and opens.endswith("ing")
        and opens not in _NO_GERUNDS
        and (start == 0 or sentence.words[start - 1] != ",")
    )


_NO_GERUNDS = frozenset("beijing during including nothing something anything everything".split())


def _seat_only(sentence: Sentence, actor: Actor) -> bool:
    """Whether an actor is only a place where something happens: "in Bucharest the alliance"."""
    mention = sentence.tokens[actor.first].mention
    placed = mention is not None and mention.role in ("capital", "seat", "place")
    return placed and actor.preposition in ("in", "at", "near", "from", "to", "over")


def _is_second(sentence: Sentence, verb: int) -> bool:
    """Whether a verb is joined by "and" or "but" to one before it, without a subject of its own."""
    place = verb - 1
    while place >= 0 and (sentence.words[place] in _LIGHT - _JOINERS):
        place -= 1
    if place < 1 or sentence.words[place] not in _JOINERS:
        return False
    return not any(word in RELATIVES or word in BREAKS for word in sentence.words[:place])


_JOINERS = frozenset({"and", "but", "or"})


def _governing_participle(sentence: Sentence, verb: int) -> int:
    """The participle that an infinitive hangs on (", aiming to avoid ..."), else the verb."""
    words = sentence.words
    if verb and words[verb - 1] == "to":
        for place in range(verb - 2, max(0, verb - 6), -1):
            if words[place] == ",":
                break
            if words[place].endswith("ing") and (
                words[place - 1] == "," or words[place - 1].endswith("ly")
            ):
                return place
    return verb


def _main_subject(sentence: Sentence, before: int, discourse: Discourse) -> Actor | None:
    """The last subject noted in this sentence before token `before`."""
    offsets = {sentence.tokens[at].start: at for at in range(before)}
    for start, _ in discourse.subjects_before(sentence.tokens[before].start):
        if start < sentence.start:
            break
        if start in offsets:
            return actor_at(sentence, offsets[start], discourse)
    return None


def _own_subject(sentence: Sentence, first: int, verb: int) -> bool:
    """Whether tokens `first` to `verb` hold a noun of their own: a subject that names nobody."""
    words = sentence.words[first:verb]
    if "," in words or any(word in BREAKS or word in RELATIVES for word in words):
        return False
    return any(word.isalpha() and word not in _LIGHT and not word.endswith("ly") for word in words)


_LIGHT = frozenset(
    "is are was were be been being has have had do does did will would may might could can shall "
    "should must not never also now then still already even only just again so far since "
    "nonetheless nevertheless however instead too thus therefore meanwhile later yet both it they "
    "to and but or in turn".split()
)


def _bracket(sentence: Sentence, comma: int) -> int:
    for place in range(comma - 1, max(-1, comma - _JUMPED), -1):
        if sentence.words[place] == "," and place:
            return place - 1
        if sentence.words[place] in HARD:
            break
    return comma - 1


def _ending_at(sentence: Sentence, place: int, discourse: Discourse) -> Actor | None:
    first = place
    for start, (last, _) in sentence.collectives.items():
        if start <= place < last:
            first = start
    while (
        sentence.words[first] == ENTITY
        and first >= 2
        and sentence.words[first - 1] in ("and", "or", "nor", "-")
        and sentence.words[first - 2] == ENTITY
    ):
        first -= 2
    return actor_at(sentence, first, discourse)


def _headed(sentence: Sentence, actor: Actor) -> bool:
    for place in range(actor.first - 1, max(-1, actor.first - 5), -1):
        if sentence.words[place] in PREPOSITIONS:
            head = sentence.words[place - 1] if place else ""
            return head in (_HEADS if sentence.words[place] == "of" else _SEATED)
    return False


def objects(sentence: Sentence, first: int, end: int, discourse: Discourse) -> list[Actor]:
    """Every actor named or meant in tokens `first` to `end` (exclusive), left to right."""
    found = []
    place = first
    while place < end:
        actor = actor_at(sentence, place, discourse)
        if actor is None:
            place += 1
            continue
        found.append(actor)
        place = actor.last
    return found


def clause_end(sentence: Sentence, at: int) -> int:
    """The first token after `at` that no longer belongs to its clause."""
    words = sentence.words
    for place in range(at, len(words)):
        word = words[place]
        if word in HARD:
            return place
        if word in BREAKS:
            return place
        if word == "," and not _list_goes_on(sentence, place):
            return place
        if word == "and" and place > at and _new_clause(sentence, place):
            return place
        if word == "that" and place > at and _opens_clause(sentence, place):
            return place
    return len(words)


def _list_goes_on(sentence: Sentence, comma: int) -> bool:
    ahead = sentence.words[comma + 1 : comma + 7]
    if ahead[:1] in (["and"], ["but"], ["or"]) and _FINITE & set(ahead[1:5]):
        return False
    near = SUPPORT in sentence.classes[max(0, comma - 3) : comma]
    if near and sentence.classes[comma + 1 : comma + 2] == [SUPPORT]:
        return True
    if ahead[:1] and (ahead[0] in BREAKS or ahead[0].endswith("ing") or ahead[0] in ("and", "or")):
        return bool(
            ahead[0] in ("and", "or") and SUPPORT in sentence.classes[comma + 2 : comma + 5]
        )
    if ahead[:1] and ahead[0].endswith("ed") and "and" in ahead[1:3]:
        return True
    return near and SUPPORT in sentence.classes[comma + 1 : comma + 5]


_FINITE = frozenset("is are was were has have had will would did does do can could may".split())


def _opens_clause(sentence: Sentence, that: int) -> bool:
    after = sentence.words[that + 1 : that + 2]
    return bool(after) and (after[0] == ENTITY or after[0] in ("it", "they", "he", "the", "its"))


_SAYING = frozenset("said says told added argued warned insisted announced declared".split())


def _new_clause(sentence: Sentence, conjunction: int) -> bool:
    after = sentence.words[conjunction + 1 : conjunction + 2]
    if after and after[0] in _SAYING:
        return True
    if after and after[0] in ("it", "they", "he", "she", "the", "its", "has", "have", "is", "was"):
        return SUPPORT not in sentence.classes[conjunction + 1 : conjunction + 4]
    return (
        bool(after)
        and after[0] == ENTITY
        and (
            sentence.classes[conjunction + 2 : conjunction + 3] != [SUPPORT]
            and sentence.words[conjunction - 1] != ENTITY
        )
    )


def clause_start(sentence: Sentence, at: int, chosen: Actor | None) -> int:
    """The first token of the clause around token `at`, its subject included if it stands near."""
    words = sentence.words
    start = at
    while start > 0 and not (
        words[start - 1] in HARD
        or words[start - 1] == ","
        or words[start - 1] in BREAKS
        or words[start - 1] == "that"
        or (words[start - 1] == "and" and start == at)
    ):
        start -= 1
    if chosen is not None and chosen.first < at:
        if at - chosen.first > _SUBJECT_REACH:
            return start
        near = chosen.first
        while near > 0 and words[near - 1] in _FILLERS and words[near - 1] not in ("that", "not"):
            near -= 1
        start = start if start <= near and near - start <= 4 else near
    while start < at and words[start] in _LEADING:
        start += 1
    return start


_LEADING = frozenset("and but that said says or so yet then as also , that where".split())
