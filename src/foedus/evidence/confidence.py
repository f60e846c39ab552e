"""Confidence: the probability that a claim is right in parties, act and polarity.

A logistic model of how a statement was found, fitted on the coded development passages; the
weights lie in `lexicon/confidence.tsv` and `benchmarks/gold_confidence.py` fits them anew.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from typing import get_args

from foedus.domain.claims import Act
from foedus.evidence.discourse import ALLIES, Discourse
from foedus.evidence.frames import Event
from foedus.evidence.lexicon import rows
from foedus.evidence.readings import Reading
from foedus.evidence.roles import Parties
from foedus.evidence.tokens import Sentence

_NOUN_ROLES = frozenset("noun from asknoun expectnoun movenoun presence subject withhelp".split())
_TIE_ROLES = frozenset("judge judgeobj pair none noun2 between tied".split())


def features(
    sentence: Sentence, event: Event, reading: Reading, pair: Parties, discourse: Discourse
) -> dict[str, float]:
    """What the model looks at, by name: 0 or 1, but for the lexicon's weight and certainty."""
    source, target = pair.sides or (pair.resolution, pair.resolution)
    named = {token.mention.actor for token in sentence.tokens if token.mention is not None}
    mine = {*pair.source, *pair.target}
    row = {
        "weight": event.frame.weight,
        "certainty": reading.certainty,
        "length": min(_words(event), 5) / 5,
        "source named": float(source == "explicit"),
        "source inferred": float(source == "document_pair"),
        "target named": float(target == "explicit"),
        "target inferred": float(target == "document_pair"),
        "both inferred": float(source == target == "document_pair" and pair.sides is not None),
        "tie": float(pair.sides is None),
        "noun": float(event.frame.roles in _NOUN_ROLES),
        "judged": float(event.frame.roles in _TIE_ROLES),
        "support named": float(event.frame.needs == "sup"),
        "turned": float(reading.act != event.frame.act),
        "passive": float(event.passive),
        "in pair": float(mine <= set(discourse.pair)),
        "outside pair": float(not mine & set(discourse.pair)),
        "others named": float(min(len(named - mine), 3)) / 3,
        "nobody named": float(not named & mine),
        "vague": float(ALLIES in mine or "WEST" in mine),
        "hypothetical": float(reading.modality in ("hypothetical", "conditional")),
    }
    row.update({f"act {act}": float(reading.act == act) for act in get_args(Act)})
    return row


def _words(event: Event) -> int:
    return sum(not word.startswith(("..", "?")) for word in event.frame.pattern.split())


def confidence(row: Mapping[str, float]) -> float:
    """Probability, 0 to 1, that a statement with these features is right.

    Never above its certainty: what is asked or supposed is not stated.
    """
    weights = _weights()
    total = weights["constant"] + sum(weights.get(name, 0.0) * row[name] for name in row)
    return min(1 / (1 + math.exp(-total)), row["certainty"])


@cache
def _weights() -> Mapping[str, float]:
    return {name: float(value) for name, value in rows("confidence.tsv", 2)}
