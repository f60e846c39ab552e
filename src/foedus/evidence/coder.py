"""The claim coder: a document's sentences become quoted, graded claims.

mentions -> clauses -> frames (verb x support object x roles) -> negation -> modality ->
attribution -> date -> confidence, or abstention.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from foedus.domain.claims import Act, Claim, PloverEvent
from foedus.domain.documents import Document
from foedus.evidence.attribution import attribution, voices
from foedus.evidence.broken_words import whole
from foedus.evidence.central_pair import document_pair
from foedus.evidence.clauses import actor_at
from foedus.evidence.confidence import confidence, features
from foedus.evidence.dating import event_date
from foedus.evidence.discourse import ALLIES, Discourse
from foedus.evidence.drafts import Draft, reduced
from foedus.evidence.frames import Event, events
from foedus.evidence.grading import DEFAULT_RELIABILITY, credibility
from foedus.evidence.lexicon import lexicon
from foedus.evidence.mentions import Matcher, Mention, in_office, matcher, resolve
from foedus.evidence.mentions import Reading as NameReading
from foedus.evidence.quotes import quoted
from foedus.evidence.readings import Reading, read
from foedus.evidence.roles import Parties, parties
from foedus.evidence.sentences import Sentence as Span
from foedus.evidence.sentences import sentences
from foedus.evidence.tokens import Sentence, parse

if TYPE_CHECKING:
    from foedus.catalog.actors import NameEntry

CODER = "foedus-lexicon"
THRESHOLD = 0.30
SHORTEST_QUOTE = 3
"""Words. What is shorter names a thing and states nothing."""
LONGEST_SENTENCE = 2_000
"""Code points. Longer stretches without a stop are lists, tables or noise; they are not coded."""
_EVENT_OF: dict[Act, PloverEvent] = {
    "commit": "AGREE",
    "request": "REQUEST",
    "expect": "CONSULT",
    "withhold": "REJECT",
    "constrain": "REJECT",
}

PART = 2_000
"""Sentences that are read together: some 250,000 characters, more than any article."""
MOST_FRAMES = 20
"""In one sentence. Prose has five at most; what has more is a list or made to cost time."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A frame that states something; `floor` is where the frame before it in the sentence ends."""

    sentence: Sentence
    event: Event
    reading: Reading
    floor: int


def code_document(document: Document, names: Sequence[NameEntry]) -> list[Claim]:
    """The claims of one document, in text order; those under the threshold marked `abstained`.

    `names` are the actors' names on the document's date. Only its passages are read, so page
    furniture is never quoted, and the text is only ever data: nothing in it changes the coder.
    """
    return [claim for part in claims_by_part(document, names) for claim in part]


def claims_by_part(document: Document, names: Sequence[NameEntry]) -> Iterator[list[Claim]]:
    """The same claims, handed on part by part, so that a long text need not hold them all."""
    for part in drafts(document, names):
        yield [_claim(document, draft) for draft in part]


def drafts(document: Document, names: Sequence[NameEntry]) -> Iterator[list[Draft]]:
    """The statements of one document before any is abstained from, in text order.

    A text longer than `PART` sentences is read in parts, each with its own central pair.
    """
    found = matcher(names)
    spans = [span for span in sentences(document) if span.end - span.start <= LONGEST_SENTENCE]
    for first in range(0, len(spans), PART):
        yield _part(document, spans[first : first + PART], found)


def _part(document: Document, spans: Sequence[Span], found: Matcher) -> list[Draft]:
    parsed, discourse = _parse(document, spans, found)
    statements: list[_Found] = []
    for sentence in parsed:
        before = 0
        stated = events(sentence)
        if len(stated) > MOST_FRAMES:
            continue
        for event in stated:
            reading = read(event, sentence)
            if reading.act is not None:
                statements.append(_Found(sentence, event, reading, before))
                before = event.last
    _learn(statements, parsed, discourse)
    said_by = dict(zip((one.start for one in parsed), voices(parsed), strict=True))
    return reduced(_drafted(document, statements, discourse, said_by))


def _parse(
    document: Document, spans: Sequence[Span], found: Matcher
) -> tuple[list[Sentence], Discourse]:
    text = document.text
    hits = [(span, _hits(found, text[span.start : span.end])) for span in spans]
    counts: dict[str, int] = {}
    for _, row in hits:
        for _, _, entries in row:
            if len({actor for actor, _, _ in entries}) == 1 and not entries[0][2]:
                counts[entries[0][0]] = counts.get(entries[0][0], 0) + 1
    known = frozenset(counts)
    parsed: list[Sentence] = []
    mentions: list[Mention] = []
    for span, row in hits:
        local = [
            replace(one, start=one.start + span.start, end=one.end + span.start)
            for one in resolve(row, known)
        ]
        local = [one for one in in_office(local, text) if not _opposed(text, one.start)]
        mentions += local
        parsed.append(parse(text, span.start, span.end, span.passage_index, local))
    title = resolve(found.find(_flat(document.title or "")), known)
    named = tuple(dict.fromkeys(mention.actor for mention in title))
    return parsed, Discourse(mentions, found.states, document_pair(mentions, title), named)


def _opposed(text: str, start: int) -> bool:
    """Whether a name only says what something is against: "anti-American"."""
    return text[max(0, start - 5) : start].lower().endswith(("anti-", "anti\u2010"))


def _hits(found: Matcher, sentence: str) -> list[tuple[int, int, tuple[NameReading, ...]]]:
    """Names in a sentence, also those that a line's end broke; offsets are the sentence's."""
    joined, places = whole(sentence)
    hits = found.find(_flat(joined))
    if places is None:
        return hits
    return [(places[start], places[end - 1] + 1, readings) for start, end, readings in hits]


def _flat(text: str) -> str:
    return text.replace("\n", " ").replace("’", "'").replace("\u00a0", " ")


def _learn(
    statements: Sequence[_Found],
    parsed: Sequence[Sentence],
    discourse: Discourse,
) -> None:
    """Note who the subjects are, then which pairs the text names in full."""
    for sentence in parsed:
        _note_subjects(sentence, discourse)
    blind = _without_pair(discourse)
    for found in statements:
        sentence, event, reading = found.sentence, found.event, found.reading
        if reading.modality in ("conditional", "denied") or reading.certainty < 0.6:
            continue
        if reading.act in ("assess", "constrain"):
            continue
        pair = parties(sentence, event, reading, blind)
        if pair is None or pair.resolution == "document_pair" or ":" in "".join(pair.target):
            continue
        if len(pair.target) == 1 < len(pair.source):
            discourse.stated += [(event.offset, (one, pair.target[0])) for one in pair.source]
        if len(pair.source) == len(pair.target) == 1:
            source, target = pair.source[0], pair.target[0]
            if reading.act == "request":
                source, target = target, source
            discourse.dyads[source, target] += 1
            discourse.stated.append((event.offset, (source, target)))


def _without_pair(discourse: Discourse) -> Discourse:
    """The same discourse without a pair: only what the text names is resolved."""
    bare = Discourse(discourse.mentions, discourse.states, ())
    bare.subjects = discourse.subjects
    return bare


def _note_subjects(sentence: Sentence, discourse: Discourse) -> None:
    """The first actor of each clause that no preposition governs is its subject."""
    opening = True
    place = 0
    while place < len(sentence.words):
        word = sentence.words[place]
        if word in ("that", "which", "who", "as", "because", "if", "when", "after", "by", "where"):
            opening = False
        elif word in _OPENS or (word == '"' and sentence.words[max(0, place - 1)] in _OPENS):
            opening = True
        pair = place in sentence.collectives and sentence.collectives[place][1].kind == "pair"
        if opening and (sentence.tokens[place].mention is not None or pair):
            found = actor_at(sentence, place, discourse)
            if found is not None:
                acts = sentence.words[found.last : found.last + 1]
                if not found.preposition or (
                    found.preposition == "with" and acts and acts[0].endswith("ing")
                ):
                    discourse.note_subject(sentence.tokens[place].start, found.referent.actors)
                    opening = False
                place = found.last
                continue
        place += 1


_OPENS = frozenset({",", ";", ":", "—", "but", "while", "whereas", '"'})


def _drafted(
    document: Document,
    statements: Iterable[_Found],
    discourse: Discourse,
    said_by: Mapping[int, str | None],
) -> list[Draft]:
    rows = []
    for found in statements:
        sentence, event, reading = found.sentence, found.event, found.reading
        discourse.voice = said_by.get(sentence.start)
        pair = parties(sentence, event, reading, discourse)
        if pair is None or reading.act is None:
            continue
        says = attribution(sentence, document.text)
        start, bare, end = quoted(sentence, event, pair, found.floor)
        if len(document.text[start:end].split()) < SHORTEST_QUOTE:
            start, bare, end = quoted(sentence, event, pair, 0)
        if len(document.text[start:end].split()) < SHORTEST_QUOTE:
            continue
        time, basis = event_date(
            document.text,
            sentence.start,
            sentence.end,
            document.date,
            reading.act,
            reading.modality,
        )
        plain = reading.act == event.frame.act
        rows.append(
            Draft(
                start,
                end,
                bare,
                sentence.start,
                pair,
                reading.act,
                reading.polarity,
                reading.modality,
                event.frame.event if plain else _EVENT_OF.get(reading.act, event.frame.event),
                event.support or ("unspecified",),
                says,
                time,
                basis,
                _strength(sentence, event, reading, pair),
                _trails(sentence, event),
                features(sentence, event, reading, pair, discourse),
            )
        )
    return rows


def _trails(sentence: Sentence, event: Event) -> bool:
    """Whether the frame hangs on the clause before it by a participle: ", exposing ..."."""
    at = event.start
    while at and sentence.words[at - 1] not in (",", "and"):
        at -= 1
    return at > 0 and sentence.words[at].endswith("ing")


def _strength(sentence: Sentence, event: Event, reading: Reading, pair: Parties) -> float:
    """Frame weight x operators x roles; halved for an unnamed giver ("its allies"), and for an
    inferred receiver where the next clause names another: "Moscow stood by as X fell"."""
    doubt = 0.5 if ALLIES in pair.source else 1.0
    if pair.resolution == "document_pair" and reading.act == "withhold":
        doubt *= 0.5 if _someone_else_follows(sentence, event.end, pair) else 1.0
    return event.frame.weight * reading.certainty * pair.certainty * doubt


def _someone_else_follows(sentence: Sentence, end: int, pair: Parties) -> bool:
    if sentence.words[end : end + 1] not in (["while"], ["as"], ["when"]):
        return False
    mentions = [token.mention for token in sentence.tokens[end:]]
    return any(one and one.actor not in (*pair.source, *pair.target) for one in mentions)


def _claim(document: Document, draft: Draft) -> Claim:
    sure = round(confidence(draft.features), 3)
    key = "|".join(
        (document.id, str(draft.start), str(draft.end), draft.act, draft.polarity,
         ",".join(draft.parties.source), ",".join(draft.parties.target))
    )  # fmt: skip
    return Claim(
        claim_id=hashlib.sha256(key.encode()).hexdigest()[:16],
        doc=document.id,
        quote=document.text[draft.start : draft.end],
        start=draft.start,
        end=draft.end,
        source=draft.parties.source,
        target=draft.parties.target,
        beneficiary=_beneficiary(draft),
        act=draft.act,
        event_type=draft.event,
        support=draft.support,
        polarity=draft.polarity,
        modality=draft.modality,
        time=draft.time,
        time_basis=draft.time_basis,
        attribution=draft.attribution,
        reliability=DEFAULT_RELIABILITY,
        credibility=credibility(
            draft.act, draft.modality, draft.attribution, draft.parties.resolution
        ),
        resolution=draft.parties.resolution,
        confidence=sure,
        abstained=sure < THRESHOLD,
        coder=CODER,
        coder_version=lexicon().version,
    )


def _beneficiary(draft: Draft) -> str | None:
    if draft.act == "request":
        return draft.parties.source[0] if len(draft.parties.source) == 1 else None
    return draft.parties.target[0] if len(draft.parties.target) == 1 else None
