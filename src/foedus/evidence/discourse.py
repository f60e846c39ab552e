"""Discourse: whom a document is about, and whom its unnamed words stand for."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from foedus.domain.claims import Resolution
from foedus.evidence.mentions import Mention
from foedus.evidence.tokens import Sentence

ALLIES = "ALLIES"
_LEAD_CHARACTERS = 1200
_LEAD_WEIGHT = 2
_TITLE_WEIGHT = 8
_REACH = 900
_PLURAL_REACH = 300
_CENTRAL = 6
_LOCAL = 350
_AFTER_SUBJECT = frozenset(', ; : — . " and but or that because although though'.split()) | (
    frozenset("while when if as since which after so".split())
)
_ALLY_NOUNS = frozenset(
    "ally allies partner partners friend friends client clients protege neighbour neighbours "
    "neighbor neighbors patron patrons backer backers rival rivals enemy enemies".split()
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

    def of_kind(self, before: int, state: bool) -> Referent | None:
        """The state (or the body that is none) named last: "the country", "the group"."""
        for actor in self.recent(before):
            if (actor in self.states) == state:
                return Referent((actor,), "anaphora")
        return None

    def partner(
        self, actors: tuple[str, ...], near: Sequence[str] = (), before: int = 0
    ) -> Referent | None:
        """The unnamed other side of `actors`: as the document pairs them elsewhere.

        First whom the text names as the other side of a full claim, then the document's pair.
        """
        if len(actors) != 1:
            client = self.client(before)
            known = client is not None and client not in actors
            return Referent((client,), "document_pair") if client and known else None
        actor = actors[0]
        for place, (source, target) in self._before(self.stated, before):
            if place < before - _LOCAL:
                break
            if source == actor and target not in (ALLIES, *self.pair):
                return Referent((target,), "document_pair")
        scores: Counter[str] = Counter()
        for (source, target), count in self.dyads.items():
            if source == actor:
                scores[target] += 3 * count
            elif target == actor:
                scores[source] += count
        central = {one for one, _ in self._counts.most_common(_CENTRAL)}
        scores = Counter({
            other: score + (2 if other in near else 0) + (2 if other in self.pair else 0)
            for other, score in scores.items()
            if other != actor and other in central
        })  # fmt: skip
        if scores and scores.most_common(1)[0][1] >= 3:
            return Referent((scores.most_common(1)[0][0],), "document_pair")
        if actor in self.pair and len(self.pair) == 2:
            return Referent(tuple(one for one in self.pair if one != actor), "document_pair")
        client = self.client(before)
        if client is not None and client != actor:
            return Referent((client,), "document_pair")
        return None

    def patron(self, target: str, before: int) -> Referent | None:
        """Who gives where only the receiver is named: as stated of it, else of anyone."""
        gave: Counter[str] = Counter()
        for source, other in self.dyads:
            if source != target:
                gave[source] += self.dyads[source, other] * (3 if other == target else 1)
        if gave:
            return Referent((gave.most_common(1)[0][0],), "document_pair")
        return self.partner((target,), before=before)

    def client(self, before: int) -> str | None:
        """Who receives where nobody says so: as stated shortly before, else most often."""
        for place, (_, target) in self._before(self.stated, before):
            if place < before - 2 * _LOCAL:
                break
            if target in self.pair:
                return target
        received: Counter[str] = Counter()
        for (_, target), count in self.dyads.items():
            if target in self.pair:
                received[target] += count
        return received.most_common(1)[0][0] if received else None


def document_pair(mentions: Sequence[Mention], title: Sequence[Mention]) -> tuple[str, ...]:
    """The two actors that a document is about; fewer if it names fewer.

    Each mention counts one, in the first lines two, in the title four; two names side by side
    ("Russia and Iran", "Sino-Pakistani") count one more each; a leader's name counts half.
    """
    counts: Counter[str] = Counter()
    previous: Mention | None = None
    for mention in mentions:
        early = mention.start - mentions[0].start < _LEAD_CHARACTERS
        half = 1 if mention.role == "leader" else 2
        counts[mention.actor] += half * (_LEAD_WEIGHT if early else 1)
        if previous and previous.actor != mention.actor and mention.start - previous.end <= 5:
            counts[mention.actor] += 2
            counts[previous.actor] += 2
        previous = mention
    for mention in title:
        counts[mention.actor] += _TITLE_WEIGHT
    return tuple(actor for actor, _ in counts.most_common(2))


def refers(sentence: Sentence, at: int, discourse: Discourse) -> Referent | None:
    """Whom the words that start at token `at` stand for; None where they name nobody."""
    token = sentence.tokens[at]
    if token.mention is not None:
        if token.owner and _ALLY_NOUNS & set(sentence.words[at + 1 : at + 3]):
            return None
        return Referent((token.mention.actor,), "explicit")
    if at in sentence.collectives and sentence.collectives[at][1].kind != "speaker":
        return _collective(sentence, at, discourse)
    if token.word in ("we", "our", "us", "i", "my"):
        return Referent((discourse.voice,), "anaphora") if discourse.voice else None
    if token.word == "their" and any(
        row[1].kind == "tie" and at < place <= at + 3 for place, row in sentence.collectives.items()
    ):
        return discourse.both(token.start)
    if token.word == "it" and at and sentence.words[at - 1] not in _AFTER_SUBJECT:
        return _object_pronoun(token.start, discourse)
    if token.word in ("it", "its", "he", "his", "she", "her", "itself", "himself"):
        return discourse.singular(token.start)
    if token.word in ("they", "their", "themselves"):
        return discourse.plural(token.start)
    if token.word in ("them", "him"):
        return _object_pronoun(token.start, discourse)
    return None


def _object_pronoun(before: int, discourse: Discourse) -> Referent | None:
    subject = discourse.last_subject(before)
    others = [actor for actor in discourse.recent(before) if actor not in subject]
    return Referent((others[0],), "anaphora") if others else None


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
    if kind in ("thing", "state"):
        return discourse.of_kind(start, kind == "state")
    if kind == "proxy":
        owner = discourse.last_subject(start)
        return Referent((f"{owner[0]}:PROXIES",), "anaphora") if len(owner) == 1 else None
    return None
