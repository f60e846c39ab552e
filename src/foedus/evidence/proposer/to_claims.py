"""From a model's answer to claims: quotes found in the text, actors found in the catalog."""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from foedus.catalog.folding import fold
from foedus.domain.claims import UNNAMED, Act, Attribution, Claim, PloverEvent, Resolution
from foedus.domain.documents import Document
from foedus.evidence.coder import THRESHOLD
from foedus.evidence.dating import event_date
from foedus.evidence.grading import DEFAULT_RELIABILITY, credibility
from foedus.evidence.proposer.answer_schema import Proposed
from foedus.evidence.proposer.validation import LONGEST_QUOTE, NO_ACTOR, NOT_IN_TEXT
from foedus.evidence.proposer.windows import Window, flat

_EVENTS: Mapping[Act, PloverEvent] = {
    "commit": "AGREE", "expect": "CONSULT", "request": "REQUEST", "deliver": "AID",
    "withhold": "REJECT", "signal": "SUPPORT", "realign": "COOPERATE", "constrain": "REJECT",
    "assess": "CONSULT",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Setting:
    """What the answers of one document share: who codes, and which actor each name stands for.

    `flat` is the document's text with plain quotes and spaces, at the same offsets.
    """

    document: Document
    flat: str
    coder: str
    version: str
    ids: frozenset[str]
    names: Mapping[str, str]

    def actor(self, given: str) -> str | None:
        """The id that a model's word for an actor stands for, or null."""
        word = given.strip()
        owner, colon, rest = word.upper().partition(":")
        if colon and rest == "PROXIES":
            found = self.actor(owner)
            return f"{found}:PROXIES" if found else None
        if word.upper() in UNNAMED or word in self.ids:
            return word.upper() if word.upper() in UNNAMED else word
        return self.names.get(fold(word))


def claims_of(
    setting: Setting, window: Window, proposed: Sequence[Proposed]
) -> tuple[list[Claim], Counter[str]]:
    """Claims whose quote stands in the window's sentences, and how many did not, by reason."""
    found: list[Claim] = []
    dropped: Counter[str] = Counter()
    for one in proposed:
        place = _place(setting.flat, window, one)
        source, target = _actors(setting, one.source), _actors(setting, one.target)
        if place is None:
            dropped[NOT_IN_TEXT] += 1
        elif source is None or target is None or not (source or target):
            dropped[NO_ACTOR] += 1
        else:
            found.append(_claim(setting, one, place, source, target))
    return found, dropped


def _place(text: str, window: Window, one: Proposed) -> tuple[int, int, int, int] | None:
    """Start and end of the quote and of its sentence; the sentence named is asked first."""
    quote = flat(one.quote).strip()
    if not any(letter.isalnum() for letter in quote) or len(quote) > LONGEST_QUOTE:
        return None
    ordered = sorted(window.sentences, key=lambda row: row[0] != one.sentence)
    for _, start, end in ordered:
        at = text.find(quote, start, end)
        if at >= 0:
            return at, at + len(quote), start, end
    at = text.find(quote, window.sentences[0][1], window.sentences[-1][2])
    return None if at < 0 else (at, at + len(quote), at, at + len(quote))


def _actors(setting: Setting, given: Sequence[str]) -> tuple[str, ...] | None:
    """The ids of all of them, or null where one does not resolve."""
    found = [setting.actor(word) for word in given[:20]]
    return None if None in found else tuple(dict.fromkeys(filter(None, found)))


def _claim(
    setting: Setting,
    one: Proposed,
    place: tuple[int, int, int, int],
    source: tuple[str, ...],
    target: tuple[str, ...],
) -> Claim:
    document = setting.document
    start, end, first, last = place
    says = _attribution(setting.flat, one)
    resolution: Resolution = one.resolution
    time, basis = event_date(
        document.text, first, max(last, end), document.date, one.act, one.modality
    )
    sure = 0.0 if math.isnan(one.confidence) else min(1.0, max(0.0, one.confidence))
    gains = source if one.act == "request" else target
    key = "|".join(
        (setting.coder, document.id, str(start), str(end), one.act, one.polarity,
         ",".join(source), ",".join(target))
    )  # fmt: skip
    return Claim(
        claim_id=hashlib.sha256(key.encode()).hexdigest()[:16],
        doc=document.id,
        quote=document.text[start:end],
        start=start,
        end=end,
        source=source,
        target=target,
        beneficiary=gains[0] if len(gains) == 1 and gains[0] not in UNNAMED else None,
        act=one.act,
        event_type=one.event_type or _EVENTS[one.act],
        support=tuple(dict.fromkeys(one.support)) or ("unspecified",),
        polarity=one.polarity,
        modality=one.modality,
        time=time,
        time_basis=basis,
        attribution=says,
        reliability=DEFAULT_RELIABILITY,
        credibility=credibility(one.act, one.modality, says, resolution),
        resolution=resolution,
        confidence=round(sure, 3),
        abstained=sure < THRESHOLD,
        coder=setting.coder,
        coder_version=setting.version,
    )


def _attribution(text: str, one: Proposed) -> Attribution:
    """As given, if the name stands in the document; a named source without its name is unnamed."""
    if one.attribution_kind in ("author", "unnamed"):
        return Attribution(kind=one.attribution_kind)
    name = " ".join((one.attribution_name or "").split())[:120]
    if name and flat(name) in text:
        return Attribution(kind=one.attribution_kind, name=name)
    return Attribution(kind="unnamed")
