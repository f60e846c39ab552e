"""Casus foederis: whether a call falls under a commitment, and why, in words.

This first rule covers attacks on the beneficiary: a defence promise in force falls due; a
condition in its text (named adversary, place, number of adversaries, provocation) that the
tables cannot settle makes it "cannot tell".
"""

from __future__ import annotations

from collections.abc import Iterable

from foedus.domain.assessments import Verdict
from foedus.domain.commitments import Commitment, Conditions

_CONDITIONS = {
    "adversary": "only against a named adversary",
    "location": "only in a named place",
    "ongoing_conflict": "only in a named conflict",
    "number_of_adversaries": "only against a stated number of adversaries",
    "after_demand": "only after a demand is refused",
    "non_provocation": "only if the beneficiary did not provoke the attack",
}


def conditions_in_words(conditions: Conditions) -> tuple[str, ...]:
    """The conditions that the text holds, in words."""
    return tuple(words for name, words in _CONDITIONS.items() if getattr(conditions, name))


def verdict(commitments: Iterable[Commitment]) -> Verdict:
    """Whether an attack on the beneficiary made any of these commitments fall due.

    `commitments` are those in force on some day of the call. A defence promise without
    conditions decides; one with conditions comes next; lesser promises are not due.
    """
    held = tuple(commitments)
    conditional: Verdict | None = None
    for commitment in held:
        if not commitment.defense:
            continue
        words = conditions_in_words(commitment.conditions["defense"])
        if not words:
            return Verdict(
                due="due",
                obligation="defense",
                commitment=commitment.id,
                reason=f"defence promised by {commitment.title}",
            )
        conditional = conditional or Verdict(
            due="cannot tell",
            obligation="defense",
            commitment=commitment.id,
            reason=f"defence promised by {commitment.title}, {' and '.join(words)}",
        )
    if conditional is not None:
        return conditional
    if not held:
        return Verdict(due="not due", obligation=None, commitment=None, reason="no commitment held")
    promised = sorted({name for commitment in held for name in commitment.promised})
    reason = "no defence promised" + (f", only {', '.join(promised)}" if promised else "")
    if any(commitment.defense is None for commitment in held):
        return Verdict(
            due="cannot tell", obligation=None, commitment=held[0].id, reason="text not known"
        )
    return Verdict(due="not due", obligation=None, commitment=held[0].id, reason=reason)
