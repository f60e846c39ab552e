"""Frames: which statements about support a sentence makes, and what negates or turns them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import zip_longest

from foedus.domain.claims import Support
from foedus.evidence.clauses import BREAKS, HARD, clause_end
from foedus.evidence.lexicon import ENTITY, SUPPORT, Frame, Operator, lexicon
from foedus.evidence.tokens import Sentence

_GOVERNS = 5
_SUPPORT_REACH = 10
_SUPPORT_NEAR = 8
_MOST_HITS = 60
"""Frames tried in one sentence: a real one has under ten; this bounds a run-on of thousands."""
_PASSIVE = frozenset({"is", "are", "was", "were", "been", "being", "be", "get", "got"})
_PARTICIPLES = frozenset(
    "sent sold lent cut held withheld built brought bought put paid left shot let fought taken "
    "made kept spent flown given withdrawn drawn shown forgotten".split()
)
_BEFORE_NOUNS = frozenset(
    "the a an its their his her our of for in with by no any more further some military financial "
    "joint such these those foreign humanitarian economic political diplomatic american western "
    "and/or without on from at this into despite between strategic mutual new air".split()
)
_AUXILIARIES = frozenset(
    "is are was were be been has have had do does did will would may might could can shall should "
    "must may not".split()
)
_BEFORE_VERBS = frozenset(
    "to and or not never it they he she we i you who which also now still then 'll cannot "
    "openly both longer always ever soon already once just even therefore thus".split()
)
_NONE_OF = frozenset({"no", "not", "never", "little", "few", "scant", "nothing", "none", "hardly"})
_NEGATION = Operator("no", "neg")


@dataclass(frozen=True, slots=True)
class Governor:
    """An operator at tokens `first` to `last` (exclusive) that governs a frame."""

    first: int
    last: int
    operator: Operator


@dataclass(frozen=True, slots=True)
class Event:
    """One frame at tokens `first` to `last`, with the operators that govern it, nearest first."""

    first: int
    last: int
    end: int
    frame: Frame
    governors: tuple[Governor, ...]
    passive: bool
    support: tuple[Support, ...]
    offset: int

    @property
    def start(self) -> int:
        """The first token of the frame and its operators."""
        return min([self.first, *(governor.first for governor in self.governors)])


def events(sentence: Sentence) -> list[Event]:
    """The frames of one sentence, each with its operators; overlapping frames are reduced."""
    known = lexicon()
    hits = known.frames.find(sentence.words, sentence.classes)
    if not hits:
        return []
    governors = _governors(sentence)
    hits = hits[:_MOST_HITS]
    found = [event for hit in hits if (event := _event(sentence, *hit, governors))]
    found.sort(key=lambda event: (-_specific(event), event.first))
    kept: list[Event] = []
    for event in found:
        if any(one.first <= event.first < one.last or event.first <= one.first < event.last
               for one in kept):  # fmt: skip
            continue
        kept.append(event)
    kept.sort(key=lambda event: event.first)
    kept = [event for event in kept if not _is_operator_of_another(event, kept)]
    kept = [_ungoverned(event, kept, sentence) for event in kept]
    return _apart([event for event in kept if not _is_object_of_another(event, kept)], sentence)


def _ungoverned(event: Event, kept: list[Event], sentence: Sentence) -> Event:
    """The event without operators that are words of another: "not our fight, not our war"."""
    mine = tuple(
        one
        for one in event.governors
        if not any(
            other is not event
            and other.first <= one.first < other.last - 1
            and other.last > one.last
            for other in kept
        )
    )
    return event if len(mine) == len(event.governors) else replace(event, governors=mine)


def _is_object_of_another(event: Event, kept: list[Event]) -> bool:
    """Whether a noun phrase is only what a verb before it gives: "offered | support for X"."""
    if event.frame.roles not in _NOUNS or event.frame.pattern.startswith("@"):
        return False
    return any(
        other.first < event.first < other.end and other.frame.roles in _GIVES for other in kept
    )


_NOUNS = frozenset({"noun", "from", "asknoun", "expectnoun"})
_GIVES = frozenset({"give", "get", "help", "ask", "expect", "leave", "go"})


def _apart(found: list[Event], sentence: Sentence) -> list[Event]:
    """End each event where a conjunction opens the next: "sent aid and | hosted its troops"."""
    parted = []
    for event, after in zip_longest(found, found[1:]):
        if after is not None and event.last < after.start < event.end:
            cut = after.start - 1
            if sentence.words[cut] in _JOINERS and cut - event.last >= _OWN_OBJECT:
                event = replace(event, end=cut)
        parted.append(event)
    return parted


_JOINERS = frozenset({"and", "but", "or", ",", "then", "yet"})
_OWN_OBJECT = 1


def _specific(event: Event) -> float:
    words = [word for word in event.frame.pattern.split() if not word.startswith(("..", "?"))]
    return len(words) + event.frame.weight


def _governors(sentence: Sentence) -> list[Governor]:
    hits = lexicon().operators.find(sentence.words, sentence.classes)
    hits.sort(key=lambda hit: (hit[0], -hit[1]))
    kept: list[Governor] = []
    for first, last, operator in hits:
        if any(one.first <= first and last <= one.last for one in kept):
            continue
        kept.append(Governor(first, last, operator))
    return kept


def _event(
    sentence: Sentence, first: int, last: int, frame: Frame, governors: list[Governor]
) -> Event | None:
    if frame.needs == "next" and not _someone_follows(sentence, last):
        return None
    if frame.pattern.startswith("@") and _is_noun(sentence, first):
        return None
    if sentence.words[last : last + 1] == ["as"] and sentence.words[last - 1] in _LIKENING:
        return None
    if frame.roles == "presence" and not _is_present(sentence, first, last, frame):
        return None
    end = clause_end(sentence, last)
    mine = (
        *(one for one in reversed(governors) if _within(one, first, last, frame)),
        *_governing(sentence, first, governors),
    )
    if any(sentence.words[one.first] == "neither" for one in mine):
        mine = tuple(one for one in mine if sentence.words[one.first] != "nor")
    if not any(one.operator.kind == "neg" for one in mine):
        nobody = _opening_negation(sentence, min([first, *(one.first for one in mine)]))
        mine = mine if nobody is None else (*mine, Governor(nobody, nobody + 1, _NEGATION))
    inner = _inner_negation(sentence, first, last, end, frame)
    if inner is not None and not any(one.operator.kind == "neg" for one in mine):
        mine = (Governor(first, first, _NEGATION), *mine)
    if sentence.words[first] in _NONE_OF:
        mine = tuple(one for one in mine if one.operator.kind != "neg")
    passive = _passive(sentence, first, last)
    if passive and frame.act == "expect":
        return None
    support = _support(sentence, first, end, passive, frame)
    if frame.needs == "sup" and not support:
        return None
    if support and frame.support is None:
        pass
    elif frame.support is not None and (
        not support or frame.roles not in ("give", "get", "ask", "leave")
    ):
        support = (frame.support,)
    offset = sentence.tokens[first].start
    return Event(first, last, end, frame, mine, passive, support, offset)


_LIKENING = frozenset("serve serves served serving acted acts".split())


def _within(one: Governor, first: int, last: int, frame: Frame) -> bool:
    """Whether an operator stands between a noun and its verb: "troops | would | defend"."""
    if frame.roles not in ("presence", "subject") or not first < one.first <= one.last < last:
        return False
    return one.operator.kind in ("promise", "would", "possible", "neg", "refuse", "unable")


def _is_present(sentence: Sentence, first: int, last: int, frame: Frame) -> bool:
    """Whether what is said to be somewhere can be: forces where forces are meant; a finite verb."""
    if any(word.endswith("ing") for word in sentence.words[last - 2 : last]) and not (
        set(sentence.words[first:last]) & _PASSIVE
    ):
        return False
    if _is_noun(sentence, last - 1) and sentence.words[last - 1] in lexicon().nouns:
        return False
    there = sentence.support.get(first)
    if there is None or frame.support != "troops" or not frame.pattern.startswith(SUPPORT):
        return True
    return bool(_FORCES & set(there[1]))


_FORCES = frozenset({"troops", "arms", "training", "joint_operations", "exercises"})


def _governing(sentence: Sentence, first: int, governors: list[Governor]) -> tuple[Governor, ...]:
    mine: list[Governor] = []
    edge = first
    for governor in reversed(governors):
        if governor.last > edge:
            continue
        between = sentence.words[governor.last : edge]
        reach = _GOVERNS if governor.operator.kind not in ("neg",) else _GOVERNS - 1
        if len(between) > reach or any(word in HARD or word == "," for word in between):
            break
        if any(word in BREAKS for word in between):
            break
        mine.append(governor)
        edge = governor.first
    return tuple(mine)


def _opening_negation(sentence: Sentence, first: int) -> int | None:
    """The "no", "none" or "neither" that opens the clause of token `first`, if one does."""
    for place in range(first - 1, max(-1, first - 1 - _NOBODY_REACH), -1):
        word = sentence.words[place]
        before = sentence.words[place - 1] if place else ";"
        if word in _NOBODY and (before in _OPENERS or before in HARD or before in BREAKS):
            return place
        if word in HARD or word in BREAKS:
            return None
    return None


_OPENERS = frozenset({",", "and", "but", "yet", "that", "then"})
_NOBODY = frozenset("no none neither nobody no-one few nor nothing".split())
_NOBODY_REACH = 12


def _passive(sentence: Sentence, verb: int, last: int) -> bool:
    words = sentence.words
    if not (words[verb].endswith("ed") or words[verb] in _PARTICIPLES):
        return False
    if words[last - 1] == "by" and last - verb > 1:
        return True
    if words[verb + 1 : verb + 2] == ["and"] and words[verb + 3 : verb + 4] == ["by"]:
        return True
    before = verb - 1
    while before >= 0 and (words[before].endswith("ly") or words[before] in _ADVERBS):
        before -= 1
    if before >= 0 and words[before] in _PASSIVE:
        return True
    return words[verb + 1 : verb + 2] == ["by"]


_ADVERBS = frozenset("not never also now already still again since so then just yet".split())


def _someone_follows(sentence: Sentence, at: int) -> bool:
    if sentence.words[at : at + 1] in (["the"], ["their"], ["its"]) and at not in (
        sentence.collectives
    ):
        at += 1
    named = sentence.words[at : at + 1] in ([ENTITY], ["it"], ["them"], ["him"])
    return named or at in sentence.collectives


def _is_noun(sentence: Sentence, at: int) -> bool:
    """Whether a word that could be a verb stands where a noun does: "the aid", "Russian arms"."""
    word = sentence.words[at]
    if at == 0 or word.endswith("ing"):
        return word == "training" and sentence.words[at + 1 : at + 2] in ([","], ["and"], ["or"])
    before = sentence.tokens[at - 1]
    finished = word.endswith("ed") or word in _PARTICIPLES
    after = sentence.words[at + 1] if at + 1 < len(sentence.words) else ""
    if before.owner:
        return True
    if not finished and word in lexicon().nouns and before.mention is None:
        plural = before.word.endswith("s") and not word.endswith("s")
        return not (
            plural
            or before.word in _BEFORE_VERBS
            or before.word in _AUXILIARIES
            or before.word.endswith("ly")
        )
    if before.mention is not None:
        return (
            before.mention.role == "demonym"
            and not word.endswith("ed")
            and (not word.endswith("s") or after in _AUXILIARIES)
        )
    if before.word == "that":
        return not finished and after in _AUXILIARIES
    return before.word in _BEFORE_NOUNS and not (finished and before.word not in ("the", "a", "an"))


def _inner_negation(
    sentence: Sentence, first: int, last: int, end: int, frame: Frame
) -> int | None:
    pattern = set(frame.pattern.replace("/", " ").replace("@", "").split())
    stop = max(last, min(end, first + 4) if frame.needs == "sup" else last)
    for at in range(first + 1, stop):
        word = sentence.words[at]
        if (
            word in _NONE_OF
            and word not in pattern
            and sentence.words[at + 1 : at + 2] != ["longer"]
        ):
            return at
    return None


def _support(
    sentence: Sentence, first: int, end: int, passive: bool, frame: Frame
) -> tuple[Support, ...]:
    near = frame.act in ("withhold", "request")
    stop = min(end, first + (_SUPPORT_NEAR if near else _SUPPORT_REACH))
    places = [at for at in sentence.support if first <= at < stop]
    if passive or (frame.needs == "sup" and not places):
        left = first - 8 if passive else first - 4
        if passive or _relative_before(sentence, first):
            places += [at for at in sentence.support if max(0, left) <= at < first]
    seen: dict[Support, None] = {}
    for at in places:
        for category in sentence.support[at][1][:1]:
            seen.setdefault(category)
    if len(seen) > 1:
        for vague in ("unspecified", "unspecified_military"):
            seen.pop(vague, None)
    return tuple(seen)


def _relative_before(sentence: Sentence, verb: int) -> bool:
    return any(word in ("that", "which") for word in sentence.words[max(0, verb - 5) : verb])


def _is_operator_of_another(event: Event, kept: list[Event]) -> bool:
    if event.frame.act in ("realign", "assess", "constrain"):
        return False
    for other in kept:
        if other is event or other.first <= event.first:
            continue
        for governor in other.governors:
            if governor.first <= event.first < governor.last:
                return True
            if event.first <= governor.first < event.last:
                return True
    return False
