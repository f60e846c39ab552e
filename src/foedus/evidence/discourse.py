"""Discourse: whom a document is about, and whom its unnamed words stand for."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from foedus.domain.claims import Resolution
from foedus.evidence.lexicon import ENTITY, lexicon
from foedus.evidence.mentions import Mention
from foedus.evidence.tokens import Sentence

ALLIES = "ALLIES"
NEIGHBOURS = "NEIGHBOURS"
_VAGUE = frozenset({ALLIES, NEIGHBOURS, "WEST", "WORLD"})
_FORUMS = frozenset("UN AU ARAB_LEAGUE OSCE OAS ASEAN SCO".split())
"""Bodies that are named as the place of a debate more often than as who receives."""
_REACH = 900
_PLURAL_REACH = 300
_CENTRAL = 6
_CENTRAL_SHARE = 0.25
_SURE = 5
_GREAT = 3
_LIKELY = 2
_LOCAL = 350
_TOPICS = 3
_AFTER_SUBJECT = frozenset(', ; : — . " and but or that because although though'.split()) | (
    frozenset("while when if as since which after so".split())
)
_ALLY_NOUNS = frozenset(
    "ally allies partner partners friend friends client clients protege neighbour neighbours "
    "neighbor neighbors patron patrons backer backers protector guarantor".split()
)


@dataclass(frozen=True, slots=True)
class Referent:
    """The actors that a stretch of text stands for, and how that was found."""

    actors: tuple[str, ...]
    resolution: Resolution


@dataclass
class Discourse:
    """What one document has named so far.

    `pair` are its two most central actors, most central first; empty where it has one or none.
    `dyads` counts the (source, target) pairs that the text names in full.
    """

    mentions: Sequence[Mention]
    states: frozenset[str]
    pair: tuple[str, ...]
    title: tuple[str, ...] = ()
    dyads: Counter[tuple[str, str]] = field(default_factory=Counter)
    subjects: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    voice: str | None = None
    stated: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._starts = [mention.start for mention in self.mentions]
        self._counts = Counter(mention.actor for mention in self.mentions)

    def recent(self, before: int, reach: int = _REACH) -> list[str]:
        """Actors named in the `reach` characters before an offset, latest first, once each."""
        seen: dict[str, None] = {}
        for at in range(bisect_left(self._starts, before) - 1, -1, -1):
            mention = self.mentions[at]
            if mention.start < before - reach:
                break
            seen.setdefault(mention.actor)
        return list(seen)

    def most_named(self, among: Sequence[str], before: int) -> str | None:
        """Of some actors the one that the document names most, if it has come up by then."""
        near = [actor for actor in self.recent(before, 4 * _REACH) if actor in among]
        return max(near, key=lambda actor: self._counts[actor]) if near else None

    def named_again(self, actor: str) -> bool:
        """Whether the document names an actor more than once."""
        return self._counts[actor] > 1

    def note_subject(self, at: int, actors: tuple[str, ...]) -> None:
        """Remember who the subject of a clause was, for the pronouns that follow."""
        if actors:
            self.subjects.append((at, actors))

    def last_subject(self, before: int) -> tuple[str, ...]:
        """The nearest subject before an offset, or the actor named last."""
        for at, actors in self._before(self.subjects, before):
            if at >= before - _REACH:
                return actors
            break
        return tuple(self.recent(before)[:1])

    def subjects_before(self, offset: int) -> Iterator[tuple[int, tuple[str, ...]]]:
        """(offset, actors) of the subjects noted before an offset, nearest first."""
        return self._before(self.subjects, offset)

    @staticmethod
    def _before(
        rows: Sequence[tuple[int, tuple[str, ...]]], before: int
    ) -> Iterator[tuple[int, tuple[str, ...]]]:
        for at in range(bisect_left(rows, (before, ())) - 1, -1, -1):
            yield rows[at]

    def singular(self, before: int) -> Referent | None:
        """Whom `it`, `its`, `he` stand for."""
        actors = self.last_subject(before)
        return Referent(actors[:1] if len(actors) != 1 else actors, "anaphora") if actors else None

    def plural(self, before: int) -> Referent | None:
        """Whom `they`, `their` stand for: the last subject, be it one actor or several."""
        for at, several in self._before(self.subjects, before):
            if at < before - _PLURAL_REACH:
                break
            if len(several) > 1:
                return Referent(several, "anaphora")
        actors = self.last_subject(before)
        return Referent(actors, "anaphora") if actors else None

    def both(self, before: int) -> Referent | None:
        """Whom "both countries" stand for: the last two named nearby, else the document's pair."""
        near = [actor for actor in self.recent(before, 300) if actor in self.pair]
        named = self.recent(before, 200)
        if len(near) < 2 and len(named) == 2 and set(named) != set(self.pair):
            return Referent(tuple(sorted(named)), "anaphora")
        if len(self.pair) == 2:
            return Referent(self.pair, "document_pair")
        return None

    def of_kind(self, before: int, state: bool, apart: tuple[str, ...] = ()) -> Referent | None:
        """The state (or the body that is none) meant by "the country", "the group".

        A recent subject first, then the latest named of those that the text names often.
        """
        weaker = self.weaker()
        if state and weaker is not None and weaker not in apart and weaker in self.recent(before):
            return Referent((weaker,), "anaphora")
        often = max(self._counts.values(), default=0)
        for reach in (_REACH, 4 * _REACH):
            named = self.recent(before, reach)
            for share in (_CENTRAL_SHARE, 0.0):
                for actor in sorted(named, key=lambda one: one not in self.pair):
                    if (
                        (actor in self.states) == state
                        and actor not in apart
                        and (self._counts[actor] >= share * often and actor not in _VAGUE)
                    ):
                        return Referent((actor,), "anaphora")
        return None

    def weaker(self) -> str | None:
        """Of the document's pair the state of lower rank; None where both rank alike."""
        rank = lexicon().powers
        states = [actor for actor in self.pair if actor in self.states]
        if len(states) < 2 or rank.get(states[0], 0) == rank.get(states[1], 0):
            return None
        return min(states, key=lambda actor: rank.get(actor, 0))

    def partner(
        self, actors: tuple[str, ...], near: Sequence[str] = (), before: int = 0
    ) -> Referent | None:
        """The unnamed receiver from `actors`, as the document pairs them elsewhere."""
        return self._counterpart(actors, near, before, gives=True)

    def patron(self, target: str, before: int) -> Referent | None:
        """Who gives where only the receiver is named."""
        return self._counterpart((target,), self.recent(before, _LOCAL), before, gives=False)

    def topic(self, before: int) -> tuple[str, str] | None:
        """(giver, receiver) that the text deals with at an offset, where a clause names neither.

        Pairs stated shortly before weigh most, then those stated often, then the central pair;
        one whose actors were named just before weighs more.
        """
        scores: Counter[tuple[str, str]] = Counter()
        for (source, target), count in self.dyads.items():
            scores[source, target] += min(count, 3)
        for rank, (place, (source, target)) in enumerate(self._before(self.stated, before)):
            if place < before - _REACH or rank == _TOPICS:
                break
            scores[source, target] += _TOPICS - rank
        near = self.recent(before, _LOCAL)
        for pair in scores:
            scores[pair] += sum(one in near for one in pair)
            scores[pair] += sum(one in self.pair for one in pair)
            scores[pair] += self._leaning(pair[:1], pair[1], gives=True)
        best = max(scores, key=lambda one: scores[one], default=None)
        if best is not None or len(self.pair) < 2:
            return best
        weaker = self.weaker()
        if weaker is None:
            return None
        return next(one for one in self.pair if one != weaker), weaker

    def client(self, before: int) -> str | None:
        """Who receives where nobody says so: as stated shortly before, else most often."""
        found = self._counterpart((), self.recent(before, _LOCAL), before, gives=True)
        return found.actors[0] if found else None

    @staticmethod
    def _leaning(actors: tuple[str, ...], other: str, *, gives: bool) -> int:
        """2 where `other` is the weaker and would receive, or the stronger and would give."""
        rank = lexicon().powers
        mine = max((rank.get(one, 0) for one in actors), default=2)
        theirs = rank.get(other, 0)
        if gives and theirs >= _GREAT:
            return -2
        return 2 * ((theirs < mine) if gives else (theirs > mine))

    def _counterpart(
        self, actors: tuple[str, ...], near: Sequence[str], before: int, *, gives: bool
    ) -> Referent | None:
        """The likeliest other side: by what the text states of `actors` in full, by what it
        states of anybody, by the pair it is about, and by who was named shortly before."""
        scores: Counter[str] = Counter()
        for (source, target), count in self.dyads.items():
            giver, taker = (source, target) if gives else (target, source)
            if giver in actors:
                scores[taker] += 2 * min(count, 2)
            elif taker in actors:
                scores[giver] += min(count, 2)
            scores[taker] += min(count, 2)
        for place, (source, target) in self._before(self.stated, before):
            if place < before - _LOCAL:
                break
            giver, taker = (source, target) if gives else (target, source)
            scores[taker] += 1 if giver not in actors else 4 if taker in self.pair else 9
            if taker in actors:
                scores[giver] += 3
        for actor in self.pair:
            scores[actor] += 5
        for actor in (*self.title[:1], *self.title):
            scores[actor] += 1
        for place, actor in enumerate(near):
            scores[actor] += 2 if place == 0 else 1
        for actor in self.last_subject(before):
            scores[actor] += 2
        for other in scores:
            scores[other] += self._leaning(actors, other, gives=gives)
        central = {one for one, _ in self._counts.most_common(_CENTRAL)}
        best = [
            (score, other)
            for other, score in scores.items()
            if other not in actors and other not in _VAGUE
            and (other not in _FORUMS or other in self.pair)
            and (other in central or score >= _SURE)
        ]  # fmt: skip
        if not best:
            return None
        score, other = max(best, key=lambda one: one[0])
        return Referent((other,), "document_pair") if score >= _LIKELY else None


def refers(sentence: Sentence, at: int, discourse: Discourse) -> Referent | None:
    """Whom the words that start at token `at` stand for; None where they name nobody."""
    token = sentence.tokens[at]
    if token.mention is not None:
        if token.mention.role == "place" and sentence.words[max(0, at - 1)] not in _WHERE:
            return None
        if token.owner:
            return _owned(sentence, at, token.mention.actor, discourse)
        return Referent((token.mention.actor,), "explicit")
    if at in sentence.collectives and sentence.collectives[at][1].kind != "speaker":
        return _collective(sentence, at, discourse)
    if token.word in ("we", "our", "us", "i", "my"):
        if discourse.voice:
            return Referent((discourse.voice,), "anaphora")
        weaker = discourse.weaker()
        return Referent((weaker,), "anaphora") if weaker else discourse.singular(sentence.start)
    if token.word == "their" and any(
        row[1].kind == "tie" and at < place <= at + 3 for place, row in sentence.collectives.items()
    ):
        return discourse.both(token.start)
    if token.word == "it" and at and _is_object(sentence, at):
        return _object_pronoun(token.start, discourse)
    if token.word in ("it", "its", "he", "his", "she", "her", "itself", "himself"):
        return discourse.singular(token.start)
    if token.word in ("they", "their", "themselves"):
        return discourse.plural(token.start)
    if token.word in ("them", "him"):
        return _object_pronoun(token.start, discourse)
    return None


def _owned(sentence: Sentence, at: int, owner: str, discourse: Discourse) -> Referent | None:
    """Whom "X's ally", "X's allies" stand for; X itself where no such noun follows."""
    for place in range(at + 1, min(at + 4, len(sentence.words))):
        word = sentence.words[place]
        if word in _FOES:
            return None
        if word in _ALLY_NOUNS:
            if sentence.words[place + 1 : place + 3] == ["in", ENTITY]:
                seat = sentence.tokens[place + 2].mention
                return Referent((seat.actor,), "explicit") if seat else None
            if word.endswith("s"):
                return Referent((ALLIES,), "anaphora")
            start = sentence.tokens[at].start
            found = discourse.partner((owner,), discourse.recent(start, 300), start)
            return Referent(found.actors, "anaphora") if found else None
        if not word.isalpha() or word in ("and", "of", "to"):
            break
    return Referent((owner,), "explicit")


_WHERE = frozenset("in at into inside near of from to toward towards around over the".split())
_FOES = frozenset("rival rivals enemy enemies foe foes adversary adversaries".split())


def _is_object(sentence: Sentence, at: int) -> bool:
    """Whether "it" is an object: not at the start of a clause, and no verb of its own follows."""
    after = sentence.words[at + 1] if at + 1 < len(sentence.words) else ""
    return sentence.words[at - 1] not in _AFTER_SUBJECT and not (
        after in _VERBAL or after.endswith("ed")
    )


_VERBAL = frozenset(
    "is was has had does did will would may might can could should must cannot shall also never "
    "not n't still".split()
)


def _object_pronoun(before: int, discourse: Discourse) -> Referent | None:
    subject = discourse.last_subject(before)
    others = [actor for actor in discourse.recent(before) if actor not in subject]
    often = [actor for actor in others if discourse.named_again(actor)]
    return Referent(((often or others)[0],), "anaphora") if others else None


def _own_subject(sentence: Sentence, at: int, discourse: Discourse) -> tuple[str, ...]:
    """The subject of the clause that the words at token `at` are an object of."""
    if at == 0 or sentence.words[at - 1] in _AFTER_SUBJECT:
        return ()
    start, actors = next(discourse.subjects_before(sentence.tokens[at].start), (-1, ()))
    return actors if start >= sentence.start else ()


def _collective(sentence: Sentence, at: int, discourse: Discourse) -> Referent | None:
    kind = sentence.collectives[at][1].kind
    start = sentence.tokens[at].start
    if kind == "pair":
        return discourse.both(start)
    if kind == "ally":
        owner = discourse.last_subject(start)
        found = discourse.partner(owner, discourse.recent(start, 300))
        return Referent(found.actors, "anaphora") if found else None
    if kind == "many":
        return Referent((ALLIES,), "anaphora")
    if kind == "near":
        return Referent((NEIGHBOURS,), "anaphora")
    if kind.startswith("among"):
        meant = discourse.most_named(kind.split(), start)
        if meant is not None:
            return Referent((meant,), "anaphora")
        kind = "state" if kind.startswith("among ") else "thing"
    if kind in ("thing", "state"):
        return discourse.of_kind(start, kind == "state", _own_subject(sentence, at, discourse))
    if kind == "proxy":
        owner = discourse.last_subject(start)
        return Referent((f"{owner[0]}:PROXIES",), "anaphora") if len(owner) == 1 else None
    return None
