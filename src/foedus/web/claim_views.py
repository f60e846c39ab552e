"""Claims as pages show them: a sentence, the quote in its surroundings, where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from foedus.domain.claims import ACTS, Claim
from foedus.domain.documents import Document
from foedus.domain.reviews import ClaimState
from foedus.report.figures import edtf, listed
from foedus.web.desk import Desk

_AROUND = 260
_DOES = {
    "commit": "promises",
    "expect": "is expected to give",
    "request": "asks for",
    "deliver": "gave",
    "withhold": "withheld",
    "signal": "signals",
    "realign": "realigns",
    "constrain": "is held back",
    "assess": "is assessed",
}
_MODALITIES = {
    "intended": "intended",
    "conditional": "on a condition",
    "hypothetical": "hypothetical",
    "generic": "in general",
    "denied": "denied",
}
_GIVEN = {
    "diplomatic": "diplomatic support",
    "joint_operations": "joint operations",
    "unspecified": "support of no stated kind",
    "unspecified_military": "military support of no stated kind",
}
CHOICES: dict[str, tuple[str, ...]] = {
    "act": ACTS,
    "polarity": ("pos", "neg"),
    "modality": ("actual", *_MODALITIES),
    "support": (
        "troops", "arms", "intelligence", "training", "funding", "logistics", "sanctuary",
        "diplomatic", "exercises", "treaty", "joint_operations", "unspecified",
        "unspecified_military", "none",
    ),
    "reliability": ("A", "B", "C", "D", "E", "F"),
    "credibility": ("1", "2", "3", "4", "5", "6"),
    "attribution": ("author", "speaker", "organisation", "unnamed"),
}  # fmt: skip
"""What the fields of the form may hold."""


@dataclass(frozen=True, slots=True)
class ClaimView:
    """One claim for a page. `before` and `after` are the words around the quote."""

    state: ClaimState
    sentence: str
    source: str
    target: str
    place: str
    before: str
    after: str
    language: str | None
    pair: tuple[str, str, str] | None
    """Guarantor, beneficiary, and their names together."""

    @property
    def claim(self) -> Claim:
        """The claim itself."""
        return self.state.claim


def names_of(desk: Desk) -> Mapping[str, str]:
    """Display names of all actors by id."""

    def make() -> dict[str, str]:
        from datetime import date

        from foedus.record.history import actor_names

        with desk.facts(date.today()) as facts:
            return actor_names(facts)

    return desk.kept(("actor names", desk.own_rows), make)


def claim_views(
    desk: Desk, states: Iterable[ClaimState], documents: Mapping[str, Document] | None = None
) -> list[ClaimView]:
    """Views of these claims, in their order; documents that are not given are read."""
    states, names = list(states), names_of(desk)
    wanted = {state.claim.doc for state in states} - set(documents or {})
    known = {**(documents or {})}
    if wanted:
        known |= {one.id: one for one in desk.workspace.documents(ids=wanted)}
    return [_view(state, known[state.claim.doc], names) for state in states]


def sentence(claim: Claim, names: Mapping[str, str]) -> str:
    """The claim in words: `Russia promises Iran arms and training (in general, negative)`."""
    source = listed([names.get(one, one) for one in claim.source]) or "Somebody unnamed"
    target = listed([names.get(one, one) for one in claim.target])
    mutual = bool(claim.source) and {*claim.source} == {*claim.target}
    what = listed([_GIVEN.get(one, one) for one in claim.support if one != "none"])
    parts = [source, _DOES[claim.act]]
    if mutual:
        parts.append("mutually")
    if what:
        parts.append(f"({what})" if claim.act in ("realign", "constrain", "assess") else what)
    if target and not mutual:
        parts.append({"request": "from", "withhold": "from"}.get(claim.act, "to") + f" {target}")
    notes = [_MODALITIES[claim.modality]] if claim.modality in _MODALITIES else []
    if claim.polarity == "neg":
        notes.append("negative")
    if claim.time:
        notes.append(edtf(claim.time))
    return " ".join(parts) + (f" · {'; '.join(notes)}" if notes else "")


def _view(state: ClaimState, document: Document, names: Mapping[str, str]) -> ClaimView:
    claim, text = state.claim, document.text
    inside = [one for one in document.passages if one.start <= claim.start < one.end]
    first = max(claim.start - _AROUND, inside[0].start if inside else 0)
    last = min(claim.end + _AROUND, max(inside[0].end, claim.end) if inside else len(text))
    before, after = text[first : claim.start], text[claim.end : last]
    if first == claim.start - _AROUND > 0:
        before = "…" + before.partition(" ")[2]
    if last == claim.end + _AROUND < len(text):
        after = after.rpartition(" ")[0] + "…"
    place = [document.title or document.name]
    if document.publisher:
        place.append(document.publisher)
    place.append("undated" if document.date is None else edtf(str(document.date)))
    givers, takers = claim.source, claim.target
    pair = None
    if len(givers) == 1 and len(takers) == 1 and givers != takers:
        words = " and ".join(names.get(one, one) for one in (givers[0], takers[0]))
        pair = (givers[0], takers[0], words)
    return ClaimView(
        state=state,
        sentence=sentence(claim, names),
        source=", ".join(claim.source),
        target=", ".join(claim.target),
        place=", ".join(place),
        before=before,
        after=after,
        language=document.language,
        pair=pair,
    )
