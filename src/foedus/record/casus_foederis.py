"""Casus foederis: whether a call falls under a commitment, and why, in words.

Each obligation is held against an occasion, one way in which the beneficiary came to fight:

- defense: the beneficiary was attacked. A beneficiary that attacked is owed none, except in
  the very conflict and against the very adversary that the text names.
- offense: the beneficiary fights, whoever began.
- neutrality: the beneficiary was attacked, or fights an adversary that the text names.
- non-aggression: falls due only by being broken; a guarantor that fights the beneficiary
  breaks every one of the four.
- consultation: any attack; it is named but never counted as a test.

A condition is met, not met or cannot be told. Told by the tables: the adversary (the states
that the text names), the conflict (a promise signed while it went on), and a place that is
surely elsewhere. Never told: how many adversaries, whether a demand was refused, who provoked,
a place or adversary that ATOP flags without spelling it out, and whether a multilateral pact
binds against one of its own parties.

Source: ATOP 5.1 codebook, DEFENSE ... CONSUL, DEFCOADV ... NEUCONPR, STATTHR1-2.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from foedus.domain.assessments import Verdict
from foedus.domain.commitments import Commitment, Obligation
from foedus.record.casus_terms import Condition, Terms, conditions_in_words

Due = Literal["due", "not due", "cannot tell"]
HELP: tuple[Obligation, ...] = ("defense", "offense")
TESTED: tuple[Obligation, ...] = ("defense", "offense", "neutrality")
_WORDS: dict[Obligation, str] = {
    "defense": "defence",
    "offense": "offence",
    "neutrality": "neutrality",
    "nonaggression": "non-aggression",
    "consultation": "consultation",
}
_GRACE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Occasion:
    """One way in which a beneficiary came to fight.

    `attacked` is false where the beneficiary struck first. `began` and `ended` are the days
    of the fighting (`ended` null: not over). `at_home` is whether it was fought in the
    beneficiary's own region, null where unknown.
    """

    adversaries: frozenset[str]
    attacked: bool
    began: date
    ended: date | None
    at_home: bool | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether one obligation fell due on one occasion.

    `unsettled` are the conditions that the tables cannot tell; `since` is the day from which
    it was owed: the beginning of the fighting, or the signature of a promise made during it.
    """

    due: Due
    obligation: Obligation
    reason: str
    since: date
    unsettled: frozenset[Condition] = frozenset()


def in_wartime(terms: Terms, occasion: Occasion) -> bool:
    """Whether the promise was made while the fighting went on."""
    return terms.begins is not None and terms.begins > occasion.began


def answer(terms: Terms, obligation: Obligation, occasion: Occasion) -> Answer:
    """Whether the obligation fell due on the occasion."""
    since = occasion.began
    if in_wartime(terms, occasion) and terms.begins is not None:
        since = terms.begins

    def no(reason: str) -> Answer:
        return Answer("not due", obligation, reason, since)

    if obligation not in terms.promised:
        return no(f"no {_WORDS[obligation]} promised")
    if occasion.adversaries and occasion.adversaries <= terms.parties:
        reason = f"{_WORDS[obligation]} promised by {terms.title}, to which the attacker is a party"
        return Answer("cannot tell", obligation, reason, since)
    named = bool(terms.threats & occasion.adversaries)
    in_this_conflict = terms.wants(obligation, "ongoing_conflict") and in_wartime(terms, occasion)
    if not occasion.attacked:
        if obligation == "defense" and not (in_this_conflict and named):
            return no("the beneficiary was not attacked: it struck first or joined")
        if obligation == "neutrality" and not (terms.wants(obligation, "adversary") and named):
            return no("neutrality is owed to a beneficiary that is attacked")
    return _conditioned(terms, obligation, occasion, since, named, in_this_conflict)


def _conditioned(
    terms: Terms,
    obligation: Obligation,
    occasion: Occasion,
    since: date,
    named: bool,
    in_this_conflict: bool,
) -> Answer:
    wanted = terms.conditions.get(obligation, frozenset())
    unsettled = set(wanted)
    failed = None
    if "adversary" in wanted and terms.threats:
        unsettled.discard("adversary")
        if not named:
            failed = f"promised only against {_listed(terms.threats)}"
    if "ongoing_conflict" in wanted:
        unsettled.discard("ongoing_conflict")
        if not in_this_conflict:
            failed = "promised only for a conflict that the text names, and signed before this one"
    if "location" in wanted:
        if in_this_conflict and named:
            unsettled.discard("location")
        elif occasion.at_home is False:
            failed = "promised only in a named place, and fought outside the beneficiary's region"
    if failed:
        return Answer("not due", obligation, failed, since)
    reason = f"{_WORDS[obligation]} promised by {terms.title}"
    if unsettled:
        words = " and ".join(conditions_in_words(unsettled))
        return Answer("cannot tell", obligation, f"{reason}, {words}", since, frozenset(unsettled))
    return Answer("due", obligation, reason, since)


def in_force(terms: Terms, occasion: Occasion) -> bool:
    """Whether the promise stood when the fighting began, or was made while it went on.

    A promise that ended the day before counts: war itself ends many, and datasets differ by
    a day on which came first.
    """
    if terms.begins is None or (occasion.ended is not None and terms.begins > occasion.ended):
        return False
    return terms.ends is None or terms.ends + _GRACE >= max(occasion.began, terms.begins)


def verdict(held: Iterable[Terms | Commitment], occasion: Occasion | None = None) -> Verdict:
    """Whether the occasion made any promise of help (defense, offense) fall due.

    `held` are the commitments in force on some day of the call; without an `occasion` it is an
    attack on the beneficiary by an unknown adversary. A promise that is surely due decides, then
    one whose conditions cannot be told. `by_obligation` says the same of each obligation held.
    """
    terms = [item if isinstance(item, Terms) else _of_commitment(item) for item in held]
    if not terms:
        return Verdict(due="not due", obligation=None, commitment=None, reason="no commitment held")
    order: list[Due] = ["due", "cannot tell", "not due"]
    answers = [
        (one, answer(one, obligation, occasion or _unknown_attack(one)))
        for one in terms
        for obligation in TESTED
        if obligation in one.promised
    ]
    by_obligation = _by_obligation(terms, answers, occasion)
    helping = [(one, found) for one, found in answers if found.obligation in HELP]
    helping.sort(key=lambda pair: (order.index(pair[1].due), HELP.index(pair[1].obligation)))
    if helping and helping[0][1].due != "not due":
        one, found = helping[0]
        return Verdict(
            due=found.due,
            obligation=found.obligation,
            commitment=one.id,
            reason=found.reason,
            by_obligation=by_obligation,
        )
    if any("defense" in one.unknown for one in terms):
        return Verdict(
            due="cannot tell",
            obligation=None,
            commitment=terms[0].id,
            reason="text not known",
            by_obligation=by_obligation,
        )
    return Verdict(
        due="not due",
        obligation=None,
        commitment=terms[0].id,
        reason=helping[0][1].reason if helping else _lesser(terms),
        by_obligation=by_obligation,
    )


def _by_obligation(
    terms: list[Terms], answers: list[tuple[Terms, Answer]], occasion: Occasion | None
) -> dict[Obligation, Due]:
    best: dict[Obligation, Due] = {}
    for due in ("not due", "cannot tell", "due"):
        best |= {found.obligation: found.due for _, found in answers if found.due == due}
    if any("consultation" in one.promised for one in terms):
        best["consultation"] = "due" if occasion is None or occasion.attacked else "cannot tell"
    return best


def _lesser(terms: list[Terms]) -> str:
    promised = sorted({_WORDS[name] for one in terms for name in one.promised})
    return "no defence promised" + (f", only {', '.join(promised)}" if promised else "")


def _unknown_attack(terms: Terms) -> Occasion:
    day = terms.begins or date.min
    return Occasion(terms.threats, attacked=True, began=day, ended=None)


def _of_commitment(item: Commitment) -> Terms:
    begun = item.signed or item.in_force
    return Terms(
        id=item.id,
        title=item.title,
        guarantor=item.guarantor,
        beneficiary=item.beneficiary,
        multilateral=item.multilateral,
        promised=frozenset(item.promised),
        unknown=frozenset({*_WORDS} - {*item.promised} - {*item.not_promised}),
        conditions={
            name: frozenset(key for key, value in item.conditions[name] if value)  # type: ignore[misc]
            for name in item.promised
            if name in item.conditions
        },
        threats=frozenset(),
        begins=begun.first if begun else None,
        ends=item.ended.last if item.ended else None,
        atopid=item.atopid,
    )


def _listed(actors: Iterable[str]) -> str:
    return " and ".join(sorted(actors))
