"""The parties of an assessment: names to actors, and the checks that make a pair answerable."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.catalog.actors import ActorIndex
from foedus.catalog.facts import Facts
from foedus.domain.actors import Actor
from foedus.errors import InputError


@dataclass(frozen=True)
class Parties:
    """Who would give, who would receive, who attacks (null: averaged), and the states that give.

    `givers` are the ids whose commitments count: the guarantor, or an organisation's members.
    """

    guarantor: Actor
    beneficiary: Actor
    challenger: Actor | None
    givers: tuple[str, ...]
    left_out: tuple[str, ...] = ()
    """Members of the guarantor organisation that would not help: the challenger, if one of them."""


def parties(
    facts: Facts, index: ActorIndex, guarantor: str, beneficiary: str, challenger: str | None
) -> Parties:
    """Resolve three names as of the facts' day.

    Raises:
        UnknownActor, AmbiguousActor: a name that leads to no actor, or to several.
        InputError: the pair is one actor, the beneficiary is an organisation, a party did not
            exist on that day, or the challenger is one of the pair.
    """
    day = facts.as_of
    for name in (guarantor, beneficiary, challenger or "x"):
        if not isinstance(name, str):
            raise InputError(f"Not a name: {name!r}. Give a state or organisation as text.")
    giver, receiver = (
        _as_called(facts, index.resolve(name, on=day), name) for name in (guarantor, beneficiary)
    )
    attacker = (
        None
        if challenger is None
        else _as_called(facts, index.resolve(challenger, on=day), challenger)
    )
    if giver.id == receiver.id:
        raise InputError(
            f"{guarantor!r} and {beneficiary!r} are both {giver.name} ({giver.id}); a commitment"
            " needs a guarantor and another state as its beneficiary."
        )
    if receiver.kind == "organisation":
        raise InputError(
            f"{receiver.name} is an organisation, and an attack falls on a state. Name one of its"
            " members as the beneficiary."
        )
    if attacker is not None and attacker.id in {giver.id, receiver.id}:
        raise InputError(
            f"The challenger {attacker.name} is one of the pair itself. Name another state or"
            " group, or leave --challenger out."
        )
    for actor in (giver, receiver, attacker):
        if actor is not None:
            _existed(facts, actor)
    givers = givers_of(facts, giver)
    left_out = tuple(one for one in givers if attacker is not None and one == attacker.id)
    return Parties(giver, receiver, attacker, givers, left_out)


def _as_called(facts: Facts, actor: Actor, given: str) -> Actor:
    """The actor under the former name that the user gave, where it bore that name on the day."""
    found = facts.rows(
        """
        SELECT name FROM actor_names
        WHERE actor = $actor AND role = 'former' AND lower(name) = lower($given)
          AND (first IS NULL OR first <= getvariable('as_of'))
          AND (last IS NULL OR last >= getvariable('as_of'))
        """,
        {"actor": actor.id, "given": given.strip()},
    )
    return actor.model_copy(update={"name": found[0]["name"]}) if found else actor


def _existed(facts: Facts, actor: Actor) -> None:
    """Refuse a state outside its spells of membership in the state system."""
    if actor.kind != "state":
        return
    spells = facts.rows(
        "SELECT first, last FROM system_members__all WHERE actor = $actor ORDER BY first",
        {"actor": actor.id},
    )
    day = facts.as_of
    if not spells or any(
        row["first"] <= day and (row["last"] is None or row["last"] >= day) for row in spells
    ):
        return
    words = ", ".join(f"{row['first'].year} to {_year(row['last'])}" for row in spells)
    raise InputError(
        f"{actor.name} was not in the state system on {day} (Correlates of War: {words})."
        " Give another --as-of date."
    )


def _year(day: object) -> str:
    return "now" if day is None else str(getattr(day, "year", day))


def givers_of(facts: Facts, guarantor: Actor) -> tuple[str, ...]:
    """The ids whose commitments count: the guarantor, or an organisation's members on the day.

    Raises:
        InputError: an organisation without a member known on the day.
    """
    if guarantor.kind != "organisation":
        return (guarantor.id,)
    members = facts.rows(
        """
        SELECT DISTINCT member FROM memberships
        WHERE organisation = $organisation AND status = 'member'
          AND joined <= getvariable('as_of') AND left_on IS NULL ORDER BY member
        """,
        {"organisation": guarantor.id},
    )
    if not members:
        raise InputError(
            f"No member of {guarantor.name} is known on {facts.as_of}. Give a later --as-of date,"
            " or name a state."
        )
    return tuple(str(row["member"]) for row in members)
