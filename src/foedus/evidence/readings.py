"""Readings: what negation, promise, request and doubt make of a frame."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.domain.claims import Act, Modality, Polarity
from foedus.evidence.clauses import HARD
from foedus.evidence.frames import Event, Governor
from foedus.evidence.tokens import Sentence


@dataclass(frozen=True, slots=True)
class Reading:
    """What the operators make of a frame; `act` None means that nothing is claimed."""

    act: Act | None
    polarity: Polarity
    modality: Modality
    asked: Governor | None = None
    expected: Governor | None = None
    certainty: float = 1.0


def read(event: Event, sentence: Sentence) -> Reading:
    """Apply the operators of a frame, nearest first, to its act, polarity and modality."""
    frame = event.frame
    act: Act | None = frame.act
    polarity, modality, certainty = frame.polarity, _plain(sentence, event), 1.0
    asked = expected = None
    gives = frame.act in ("deliver", "commit")
    if (
        sentence.words[-1:] == ["?"]
        or "whether" in sentence.words[max(0, event.start - 6) : event.start]
    ):
        certainty *= 0.5
    if not event.governors and frame.act in ("deliver", "commit", "withhold"):
        certainty *= _finiteness(sentence, event)
    for governor in event.governors:
        kind = governor.operator.kind
        if act is None:
            break
        if kind == "request" and gives:
            act, polarity, asked = "request", "pos", governor
        elif kind == "expect" and frame.act in ("deliver", "commit"):
            act, polarity, expected = "expect", "pos", governor
        elif kind in ("neg", "refuse", "stop"):
            act, polarity, modality, certainty = _negated(act, polarity, modality, kind, certainty)
        elif kind == "unable":
            if act in ("deliver", "commit"):
                act, polarity = "constrain", "neg"
            elif act == "constrain":
                polarity = "neg"
            else:
                certainty *= 0.4
        elif kind == "unlikely":
            if gives:
                act, polarity, modality = "withhold", "neg", "hypothetical"
            else:
                modality, certainty = "hypothetical", certainty * 0.7
        elif kind in ("promise", "obligation"):
            modality = "intended" if kind == "promise" or gives else modality
            if act == "deliver":
                act = "commit"
        elif kind == "aim":
            modality = "intended"
            if act == "deliver":
                act, certainty = "commit", certainty * 0.7
        elif kind == "would":
            modality = "conditional" if "if" in sentence.words else "hypothetical"
            if act == "deliver":
                act = "commit"
            certainty *= 0.85
        elif kind == "possible":
            modality, certainty = "hypothetical", certainty * 0.8
        elif kind == "conditional":
            modality, certainty = "conditional", certainty * 0.45
        elif kind == "denied":
            modality = "denied"
    if act in ("expect", "request") and modality == "intended":
        modality = "actual"
    return Reading(act, polarity, modality, asked, expected, certainty)


def _finiteness(sentence: Sentence, event: Event) -> float:
    """1 for a finite verb; less for a bare purpose ("to defend X") or a gerund ("of arming X").

    Least for a gerund that is a subject, as in "arming X makes no sense": it states nothing.
    """
    word = sentence.words[event.first]
    before = sentence.words[event.first - 1] if event.first else "."
    if word.endswith("ing") and (before in HARD or before in _SUBORDINATES):
        ahead = sentence.words[event.first : event.first + _GERUND_REACH]
        return 0.6 if "," in ahead else 0.3
    if event.first == 0:
        return 1.0
    if before == "to" and not event.frame.roles.startswith("noun"):
        return 0.5
    if word.endswith("ing") and before in _GERUND_AFTER:
        return 0.5
    return 1.0


_GERUND_REACH = 14
_SUBORDINATES = frozenset("that because but if since so yet although though whether".split())
_GERUND_AFTER = frozenset(
    "of for by in from about without despite since than rather against through when while".split()
)


def _plain(sentence: Sentence, event: Event) -> Modality:
    if event.frame.act == "commit" and event.support not in (("treaty",),):
        return "intended"
    return "actual"


def _negated(
    act: Act, polarity: Polarity, modality: Modality, kind: str, certainty: float
) -> tuple[Act | None, Polarity, Modality, float]:
    if act == "deliver":
        return "withhold", "neg", modality, certainty
    if act == "commit":
        return "withhold", "neg", "actual", certainty
    if act == "withhold":
        if kind == "neg":
            return "deliver", "pos", modality, certainty * 0.8
        return act, polarity, modality, certainty * 0.9
    if act == "constrain":
        return (
            (act, "neg", modality, certainty) if kind == "stop" else (None, polarity, modality, 0)
        )
    if act in ("assess", "realign", "signal"):
        turned: Polarity = "neg" if polarity == "pos" else "pos"
        return act, turned, modality, certainty * 0.6
    return None, polarity, modality, 0.0
