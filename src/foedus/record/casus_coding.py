"""The automatic coding: which alliances a war put to the test, and which stood it.

It reads ATOP 5.1's codes of each member's promises and who fought whom; it never reads a
column that says whether an alliance was honoured or violated.

Member and call first: for every promise in force and every fight of its beneficiary, the rule
of `casus_foederis`. A guarantor that fought its beneficiary broke every promise but
consultation. Help is kept by fighting beside the beneficiary, within a year or, for a promise
made during the war, before its end; neutrality by not fighting it.

Then the collapse to alliance and war, the unit of the published codings: an alliance was
tested when any member's promise fell due or was broken, and was honoured when every promise
that fell due was kept. Conditions that the tables cannot tell are presumed met here: their
unit asks for a yes or no. Fights on record only as a further adversary neither test nor break
a promise, but they show who fought beside whom.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from foedus.catalog.facts import Facts
from foedus.domain.commitments import Obligation
from foedus.record.casus_foederis import TESTED, Answer, answer, in_force
from foedus.record.casus_terms import COLUMNS, Condition, Terms, conditions_in_words, to_terms
from foedus.record.casus_wars import War, wars

ABSENT = "not among the war's participants"
"""Why a promise of help was not kept where the guarantor did not fight at all."""


@dataclass(frozen=True, slots=True)
class MemberCoding:
    """One promise in one war: whether it fell due, and whether it was kept (null: not due)."""

    guarantor: str
    beneficiary: str
    commitment: str
    due: bool
    kept: bool | None
    obligation: Obligation | None
    since: date | None
    reason: str
    unsettled: frozenset[Condition] = frozenset()
    against: bool = False


@dataclass(frozen=True, slots=True)
class AllianceCoding:
    """One alliance in one war; `due` is null where nobody's part in the war is known."""

    war: int
    war_name: str
    atopid: int
    due: bool | None
    honoured: bool | None
    reason: str
    members: tuple[MemberCoding, ...]
    judgements: int


def code_all(facts: Facts, *, judgements: bool = False) -> dict[tuple[int, int], AllianceCoding]:
    """Every alliance and war of the fulfilment table, by war and ATOP id.

    Without `judgements`, wars whose participants are known only by judgement cannot be told.
    """
    fought = wars(facts)
    cases = facts.rows("SELECT war, atopid FROM fulfilment ORDER BY war, atopid")
    held: dict[int, list[Terms]] = defaultdict(list)
    for row in facts.rows(
        f"SELECT {COLUMNS} FROM commitments WHERE atopid IN (SELECT atopid FROM fulfilment)"
        " AND beneficiary IN (SELECT attacker FROM war_dyads UNION SELECT target FROM war_dyads"
        " UNION SELECT actor FROM war_participants) ORDER BY id"
    ):
        held[row["atopid"]].append(to_terms(row))
    return {
        (case["war"], case["atopid"]): code(
            fought[case["war"]], case["atopid"], held[case["atopid"]], judgements=judgements
        )
        for case in cases
    }


def code(
    war: War, atopid: int, held: Sequence[Terms], *, judgements: bool = False
) -> AllianceCoding:
    """One alliance, whose members' promises are `held`, in one war."""
    if not war.known or (war.judged and not judgements):
        why = "no source of war participants holds this war"
        return AllianceCoding(war.number, war.name, atopid, None, None, why, (), 0)
    parties = frozenset(one.guarantor for one in held) | {one.beneficiary for one in held}
    members = tuple(
        found
        for terms in held
        if terms.on_another and (found := code_member(war, terms, parties)) is not None
    )
    due = [one for one in members if one.due]
    if due:
        failed = [one for one in due if not one.kept]
        reason = "; ".join(dict.fromkeys(_line(one) for one in failed or due))
    else:
        reason = _why_not(held, members)
    return AllianceCoding(
        war=war.number,
        war_name=war.name,
        atopid=atopid,
        due=bool(due),
        honoured=all(one.kept for one in due) if due else None,
        reason=reason,
        members=members,
        judgements=war.judged,
    )


def code_member(war: War, terms: Terms, parties: frozenset[str]) -> MemberCoding | None:
    """One promise in one war; null where it was not in force or its beneficiary did not fight.

    `parties` are the alliance's members: it promises nothing against one of them.
    """
    if not war.took_part(terms.beneficiary):
        return None
    fights = war.fights(terms.beneficiary)
    occasions = [(fight, war.occasion(terms.beneficiary, fight)) for fight in fights]
    standing = [(fight, occasion) for fight, occasion in occasions if in_force(terms, occasion)]
    if not standing:
        return None
    for fight, occasion in standing:
        begun_under = terms.begins is not None and terms.begins <= occasion.began
        if fight.foe == terms.guarantor and begun_under:
            return MemberCoding(
                guarantor=terms.guarantor,
                beneficiary=terms.beneficiary,
                commitment=terms.id,
                due=True,
                kept=False,
                obligation=None,
                since=fight.began,
                reason="fought the beneficiary",
                against=True,
            )
    answers = [
        answer(terms, obligation, occasion)
        for fight, occasion in standing
        if fight.foe not in parties
        for obligation in TESTED
        if obligation in terms.promised
    ]
    if not answers:
        return None
    first = min(answers, key=_weight)
    if first.due == "not due":
        return _member(terms, first, due=False, kept=None, reason=first.reason)
    if first.obligation == "neutrality":
        return _member(terms, first, due=True, kept=True, reason="stayed neutral or helped")
    came = war.entered_beside(
        terms.guarantor, terms.beneficiary, first.since, in_wartime=first.since == terms.begins
    )
    if came is not None:
        reason = f"fought beside it from {came}"
    elif war.took_part(terms.guarantor):
        reason = "fought, but not beside it in time"
    else:
        reason = ABSENT
    return _member(terms, first, due=True, kept=came is not None, reason=reason)


def _member(
    terms: Terms, found: Answer, *, due: bool, kept: bool | None, reason: str
) -> MemberCoding:
    return MemberCoding(
        guarantor=terms.guarantor,
        beneficiary=terms.beneficiary,
        commitment=terms.id,
        due=due,
        kept=kept,
        obligation=found.obligation,
        since=found.since,
        reason=reason,
        unsettled=found.unsettled,
    )


def _weight(found: Answer) -> tuple[bool, bool, date, int]:
    """What decides first: what fell due, help before neutrality, the earliest day."""
    return (
        found.due == "not due",
        found.obligation == "neutrality",
        found.since,
        TESTED.index(found.obligation),
    )


def _line(one: MemberCoding) -> str:
    if one.against:
        return f"{one.guarantor} fought {one.beneficiary} from {one.since}"
    words = conditions_in_words(one.unsettled)
    presumed = f" (presumed: {' and '.join(words)})" if words else ""
    return (
        f"{one.obligation} owed by {one.guarantor} to {one.beneficiary} from"
        f" {one.since}{presumed}: {one.reason}"
    )


def _why_not(held: Sequence[Terms], members: Sequence[MemberCoding]) -> str:
    if not held:
        return "ATOP 5.1 holds no promise of this alliance to a state that fought"
    if not members:
        if not any(one.on_another for one in held):
            return "consultation only"
        if not any(one.promised & set(TESTED) for one in held):
            return "non-aggression only, and the allies did not fight each other"
        return "no promise in force, by ATOP 5.1's dates, when a party came to fight"
    return "; ".join(dict.fromkeys(one.reason for one in members))
