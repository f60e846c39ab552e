"""One statement as a card: who, to whom, what; then the exact words and where they stand."""

from __future__ import annotations

from foedus.domain.assessments import Assessment, DocumentNote, EvidenceCluster
from foedus.domain.claims import Act, Claim
from foedus.report.blocks import Block, Card, Details, Foreign, Inline, Quote, Text, Tone, inlines
from foedus.report.figures import capital, count, edtf, listed, percent

OPEN_QUOTES = 2
_SAID_NOTHING = {"unspecified", "none"}
_ACT_WORDS: dict[Act, str] = {
    "commit": "promised",
    "expect": "expected",
    "request": "requested",
    "deliver": "delivered",
    "withhold": "withheld",
    "signal": "signalled",
    "realign": "realigned",
    "constrain": "constrained",
    "assess": "assessed",
}
_MODALITIES = {
    "intended": "intended",
    "conditional": "conditional",
    "hypothetical": "hypothetical",
    "generic": "in general",
    "denied": "denied",
}


class Statements:
    """Makes cards for the clusters of one assessment; knows its names and documents."""

    def __init__(self, assessment: Assessment) -> None:
        self._names = assessment.names
        self._documents = {note.id: note for note in assessment.evidence.documents}
        groups = (*assessment.evidence.groups, *assessment.evidence.elsewhere)
        self._clusters = {row.cluster.id: row for group in groups for row in group.clusters}
        self._contradicted = {key for pair in assessment.evidence.contradictions for key in pair}

    def brief(self, key: str) -> Card:
        """What one cluster says, with its surest quote, to stand beside its contradiction."""
        row = self._clusters.get(key)
        if row is None:
            return Card(f"Statement {key}", "Not part of this report")
        tag, tone = self._tag(row)
        kind = capital(_ACT_WORDS[row.cluster.act])
        surest = max(row.claims, key=lambda claim: claim.confidence)
        quotes = (self._quote(surest),)
        return Card((f"{kind}: ", *inlines(self._title(row))), tag, tone, blocks=quotes)

    def card(self, row: EvidenceCluster) -> Card:
        """One statement with its quotes, the first ones open."""
        quotes: list[Block] = [self._quote(claim) for claim in row.claims]
        blocks = quotes[:OPEN_QUOTES]
        if more := quotes[OPEN_QUOTES:]:
            blocks.append(Details(f"{count(len(more), 'more quote')} to the same effect",
                                  tuple(more)))  # fmt: skip
        tag, tone = self._tag(row)
        return Card(self._title(row), tag, tone, blocks=tuple(blocks))

    def _name(self, actor: str) -> str:
        return self._names.get(actor, actor)

    def _parties(self, actors: tuple[str, ...]) -> str:
        return listed([self._name(actor) for actor in actors]) or "not named"

    def _title(self, row: EvidenceCluster) -> Text:
        source, target = row.cluster.source, row.cluster.target
        if set(source) == set(target):
            parties = f"{self._parties(source)}, mutually"
        else:
            parties = f"{self._parties(source)} to {self._parties(target)}"
        support = sorted({kind for claim in row.claims for kind in claim.support} - _SAID_NOTHING)
        what = listed([kind.replace("_", " ") for kind in support])
        return f"{parties}: {what}" if what else parties

    def _tag(self, row: EvidenceCluster) -> tuple[str, Tone]:
        parts = [f"reported by {count(row.cluster.origins, 'origin')}"]
        modalities = {claim.modality for claim in row.claims}
        parts += [words for key, words in _MODALITIES.items() if key in modalities]
        tone: Tone = "plain"
        if row.cluster.polarity == "neg":
            parts.append(f"negative for {self._parties(row.cluster.target)}")
            tone = "caution"
        if row.cluster.id in self._contradicted:
            parts.append("contradicted")
            tone = "caution"
        return capital("; ".join(parts)), tone

    def _quote(self, claim: Claim) -> Quote:
        note = self._documents.get(claim.doc)
        parts: list[Inline] = [*_document(claim.doc, note)]
        said_by = claim.attribution
        if said_by.kind == "unnamed":
            parts.append("; unnamed sources")
        elif said_by.name:
            parts += ["; said by ", Foreign(said_by.name)]
        if claim.time:
            parts.append(f"; event {edtf(claim.time)}")
        parts.append(f"; grade {claim.reliability}{claim.credibility}")
        parts.append(f"; coder confidence {percent(claim.confidence)}")
        if claim.resolution != "explicit":
            parts.append("; parties taken from context")
        if claim.review != "unreviewed":
            parts.append(f"; review: {claim.review}")
        return Quote(claim.quote, tuple(parts), note.language if note else None)


def _document(key: str, note: DocumentNote | None) -> tuple[Inline, ...]:
    if note is None:
        return (f"document {key}",)
    parts: list[Inline] = [Foreign(note.title or note.name)]
    if note.publisher:
        parts += [", ", Foreign(note.publisher)]
    parts.append(f", {edtf(note.date)}")
    return tuple(parts)
