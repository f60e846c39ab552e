"""The promise: instruments between guarantor and beneficiary, by their state on the as-of date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from foedus.assessment.parties import Parties
from foedus.catalog.facts import Facts
from foedus.domain.actors import in_prose
from foedus.domain.assessments import Promise
from foedus.domain.commitments import Commitment


def promise(facts: Facts, parties: Parties) -> Promise:
    """Every instrument known on the day, and in one sentence what it comes to."""
    found = commitments_held(facts, parties)
    by_status = {
        status: tuple(item for item in found if item.status == status)
        for status in (
            "in force",
            "signed, not in force",
            "not known since",
            "date unknown",
            "ended",
        )
    }
    in_force = tuple(sorted(by_status["in force"], key=_weight))
    lapsed = by_status["not known since"]
    defence = _defence(in_force, lapsed)
    return Promise(
        in_force=in_force,
        pending=by_status["signed, not in force"],
        lapsed=lapsed,
        ended=by_status["ended"],
        undated=by_status["date unknown"],
        defence_promised=defence,
        summary=_summary(parties, facts, in_force, lapsed, by_status["date unknown"], defence),
    )


def _weight(item: Commitment) -> tuple[bool, bool, bool, int]:
    """Strongest first: defence, then any promise, bilateral before multilateral, newest first."""
    begun = item.in_force or item.signed
    return (
        not item.defense,
        not item.promised,
        item.multilateral,
        -begun.first.toordinal() if begun else 0,
    )


def commitments_held(facts: Facts, parties: Parties) -> tuple[Commitment, ...]:
    """Every commitment to the beneficiary; one for each instrument of an organisation."""
    found = facts.commitments(beneficiary=parties.beneficiary.id)
    givers = set(parties.givers)
    mine = [item for item in found if item.guarantor in givers]
    if parties.guarantor.kind != "organisation":
        return tuple(mine)
    outsiders = Counter(item.instrument for item in found if item.guarantor not in givers)
    pacts: dict[tuple[str, str], list[Commitment]] = {}
    for item in mine:
        if item.multilateral and not outsiders.get(item.instrument):
            pacts.setdefault((item.instrument, item.status), []).append(item)
    return tuple(
        rows[0].model_copy(
            update={"title": f"{rows[0].title} ({len(rows)} of {len(givers)} members)"}
        )
        for rows in pacts.values()
        if 2 * len(rows) >= len(givers) or rows[0].status == "ended"
    )


def _defence(in_force: Sequence[Commitment], lapsed: Sequence[Commitment]) -> bool | None:
    if any(item.defense for item in in_force):
        return True
    if any(item.defense or item.defense is None for item in (*in_force, *lapsed)):
        return None
    return False


def _summary(
    parties: Parties,
    facts: Facts,
    in_force: Sequence[Commitment],
    lapsed: Sequence[Commitment],
    undated: Sequence[Commitment],
    defence: bool | None,
) -> str:
    giver, receiver = (in_prose(side.name) for side in (parties.guarantor, parties.beneficiary))
    text = _sentence(giver, receiver, facts, in_force, lapsed, undated, defence)
    return text[0].upper() + text[1:]


def _sentence(
    giver: str,
    receiver: str,
    facts: Facts,
    in_force: Sequence[Commitment],
    lapsed: Sequence[Commitment],
    undated: Sequence[Commitment],
    defence: bool | None,
) -> str:
    count = f"{len(in_force)} instrument{'s' * (len(in_force) != 1)}"
    if defence:
        return f"{giver} is bound to defend {receiver}: {count} in force."
    if defence is None:
        return (
            f"{giver} may be bound to defend {receiver}: a defence promise was in force when its"
            " source ended, and nothing here says whether it still is."
        )
    if in_force:
        verb = "promises" if len(in_force) == 1 else "promise"
        return (
            f"{giver} has signed paper with {receiver} but has promised no defence: {count} in"
            f" force {verb} less than that."
        )
    if lapsed:
        return (
            f"{giver} has promised {receiver} no defence; lesser promises were in force when their"
            " source ended."
        )
    if undated:
        return (
            f"{giver} has promised {receiver} no defence: nothing is known to be in force, and what"
            f" is taken for a promise is none ({undated[0].title})."
        )
    return f"No commitment of {giver} to {receiver} is known to be in force on {facts.as_of}."
