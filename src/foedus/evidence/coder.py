"""The claim coder: a document's sentences become quoted, graded claims.

mentions -> clauses -> frames (verb x support object x roles) -> negation -> modality ->
attribution -> date -> confidence, or abstention.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from foedus.domain.claims import Act, Attribution, Claim, Modality, PloverEvent, Polarity, Support
from foedus.domain.documents import Document
from foedus.evidence.attribution import attribution, speaker
from foedus.evidence.clauses import actor_at, clause_start
from foedus.evidence.dating import event_date
from foedus.evidence.discourse import ALLIES, Discourse, document_pair
from foedus.evidence.frames import Event, Reading, events, read
from foedus.evidence.grading import DEFAULT_RELIABILITY, credibility
from foedus.evidence.lexicon import lexicon
from foedus.evidence.mentions import Matcher, Mention, matcher, resolve
from foedus.evidence.roles import Parties, parties
from foedus.evidence.sentences import sentences
from foedus.evidence.tokens import Sentence, parse

if TYPE_CHECKING:
    from foedus.catalog.actors import NameEntry

CODER = "foedus-lexicon"
THRESHOLD = 0.34
LONGEST_SENTENCE = 2_000
"""Code points. Longer stretches without a stop are lists, tables or noise; they are not coded."""
_SAME_SPAN = 0.6
_EVENT_OF: dict[Act, PloverEvent] = {
    "commit": "AGREE",
    "request": "REQUEST",
    "expect": "CONSULT",
    "withhold": "REJECT",
    "constrain": "REJECT",
}


@dataclass(frozen=True, slots=True)
class _Draft:
    start: int
    end: int
    bare: int
    sentence: int
    parties: Parties
    act: Act
    polarity: Polarity
    modality: Modality
    event: PloverEvent
    support: tuple[Support, ...]
    attribution: Attribution
    time: str | None
    time_basis: str | None
    confidence: float


def code_document(document: Document, names: Sequence[NameEntry]) -> list[Claim]:
    """The claims of one document, in text order; those under the threshold marked `abstained`.

    `names` are the actors' names on the document's date. Only its passages are read, so page
    furniture is never quoted, and the text is only ever data: nothing in it changes the coder.
    """
    found = matcher(names)
    parsed, discourse = _parse(document, found)
    drafts: list[tuple[Sentence, Event, Reading]] = []
    for sentence in parsed:
        for event in events(sentence):
            reading = read(event, sentence)
            if reading.act is not None:
                drafts.append((sentence, event, reading))
    _learn(drafts, parsed, discourse)
    return [_claim(document, draft) for draft in _reduced(_drafted(document, drafts, discourse))]


def _parse(document: Document, found: Matcher) -> tuple[list[Sentence], Discourse]:
    text = document.text
    spans = [span for span in sentences(document) if span.end - span.start <= LONGEST_SENTENCE]
    hits = [(span, found.find(_flat(text[span.start : span.end]))) for span in spans]
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
        mentions += local
        parsed.append(parse(text, span.start, span.end, span.passage_index, local))
    title = resolve(found.find(_flat(document.title or "")), known)
    return parsed, Discourse(mentions, found.states, document_pair(mentions, title))


def _flat(text: str) -> str:
    return text.replace("\n", " ").replace("’", "'").replace("\u00a0", " ")


def _learn(
    drafts: Sequence[tuple[Sentence, Event, Reading]],
    parsed: Sequence[Sentence],
    discourse: Discourse,
) -> None:
    """Note who the subjects are, then which pairs the text names in full."""
    for sentence in parsed:
        _note_subjects(sentence, discourse)
    blind = _without_pair(discourse)
    for sentence, event, reading in drafts:
        if reading.modality in ("conditional", "denied") or reading.certainty < 0.6:
            continue
        if reading.act == "assess":
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
        elif word in (",", ";", ":", "—", "but", "while", "whereas", '"'):
            opening = True
        pair = place in sentence.collectives and sentence.collectives[place][1].kind == "pair"
        if opening and (sentence.tokens[place].mention is not None or pair):
            found = actor_at(sentence, place, discourse)
            if found is not None:
                if not found.preposition:
                    discourse.note_subject(sentence.tokens[place].start, found.referent.actors)
                    opening = False
                place = found.last
                continue
        place += 1


def _drafted(
    document: Document,
    drafts: Iterable[tuple[Sentence, Event, Reading]],
    discourse: Discourse,
) -> list[_Draft]:
    rows = []
    for sentence, event, reading in drafts:
        discourse.voice = speaker(sentence)
        pair = parties(sentence, event, reading, discourse)
        if pair is None or reading.act is None:
            continue
        says = attribution(sentence, document.text)
        start, bare, end = _span(sentence, event, pair)
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
            _Draft(
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
                round(_confidence(sentence, event, reading, pair), 3),
            )
        )
    return rows


def _confidence(sentence: Sentence, event: Event, reading: Reading, pair: Parties) -> float:
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


def _span(sentence: Sentence, event: Event, pair: Parties) -> tuple[int, int, int]:
    """Start of the clause with its subject, start without, and end (code points)."""
    first = _past_dashes(sentence, clause_start(sentence, event.start, pair.subject), event.start)
    bare = _past_dashes(sentence, clause_start(sentence, event.start, None), event.start)
    last = max(event.end, event.last, min(pair.last, len(sentence.tokens)))
    tokens = sentence.tokens
    return tokens[first].start, tokens[bare].start, tokens[last - 1].end


def _past_dashes(sentence: Sentence, first: int, event: int) -> int:
    """The first word at or after `first`: no quote begins with a dateline's dash or a bullet."""
    while first < event and not any(letter.isalnum() for letter in sentence.words[first]):
        first += 1
    return first


def _reduced(drafts: list[_Draft]) -> list[_Draft]:
    """Join verbs that share a statement; of rival readings of one span keep the surest."""
    groups: dict[int, list[_Draft]] = {}
    for draft in drafts:
        groups.setdefault(draft.sentence, []).append(draft)
    kept = [one for group in groups.values() for one in _without_rivals(group)]
    return sorted(kept, key=lambda one: (one.start, one.end))


def _without_rivals(drafts: list[_Draft]) -> list[_Draft]:
    kept: list[_Draft] = []
    for draft in sorted(drafts, key=lambda one: -one.confidence):
        rival = next((one for one in kept if _overlap(one, draft) >= _SAME_SPAN), None)
        if rival is None:
            kept.append(draft)
        elif not _joins(rival, draft) and rival.end <= draft.bare:
            kept.append(replace(draft, start=draft.bare))
        elif not _joins(rival, draft) and draft.end <= rival.bare:
            kept[kept.index(rival)] = replace(rival, start=rival.bare)
            kept.append(draft)
        elif _joins(rival, draft):
            kept[kept.index(rival)] = replace(rival, support=_joined(rival.support, draft.support))
    return kept


def _joined(one: tuple[Support, ...], two: tuple[Support, ...]) -> tuple[Support, ...]:
    both = tuple(dict.fromkeys((*one, *two)))
    return tuple(s for s in both if s != "unspecified") or both


def _joins(one: _Draft, two: _Draft) -> bool:
    return (one.act, one.polarity, one.parties.source, one.parties.target) == (
        two.act,
        two.polarity,
        two.parties.source,
        two.parties.target,
    )


def _overlap(one: _Draft, two: _Draft) -> float:
    shared = min(one.end, two.end) - max(one.start, two.start)
    return shared / (max(one.end, two.end) - min(one.start, two.start)) if shared > 0 else 0.0


def _claim(document: Document, draft: _Draft) -> Claim:
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
        confidence=draft.confidence,
        abstained=draft.confidence < THRESHOLD,
        coder=CODER,
        coder_version=lexicon().version,
    )


def _beneficiary(draft: _Draft) -> str | None:
    if draft.act == "request":
        return draft.parties.source[0] if len(draft.parties.source) == 1 else None
    return draft.parties.target[0] if len(draft.parties.target) == 1 else None
