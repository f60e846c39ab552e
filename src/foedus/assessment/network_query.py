"""The network of commitments around one actor, filtered by kind, date, status and strength."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path

from foedus.assessment import register
from foedus.assessment.days import as_of_day
from foedus.assessment.network_ties import STATUSES, ties, with_strengths
from foedus.assessment.watch_list import watched
from foedus.catalog.actors import ActorIndex
from foedus.catalog.facts import Facts
from foedus.domain.networks import TIE_KINDS, Network, NetworkActor, Tie
from foedus.domain.watch import WatchList
from foedus.errors import InputError

RINGS = (1, 2)


def network(
    actor: str,
    *,
    as_of: date | str | None = None,
    kinds: Sequence[str] = (),
    statuses: Sequence[str] = ("in force",),
    since: date | str | None = None,
    strength: float = 0.0,
    rings: int = 1,
    workspace: str | Path | None = None,
    mine: bool = True,
) -> Network:
    """The commitments to, from and among the partners of one actor, as known on `as_of`.

    `kinds` keeps ties that hold at least one of these obligations (or `nothing`); none keeps
    all. `statuses` are states of force. `since` keeps ties whose oldest text is of that day or
    later, `strength` (0..1) those at least as strong; at 0 no strength is computed, and ties of
    unknown strength stay.
    `rings` is 1 for partners, 2 for their partners too. The workspace's own commitments lie
    over the catalog's, unless `mine` is false.

    Raises:
        UnknownActor, AmbiguousActor: a name that leads to no actor, or to several.
        InputError: an unknown kind or status, a strength outside 0..1, another number of rings.
        DateError: a date that cannot be read, in the future or before 1816.
        WorkspaceError: the workspace is locked, corrupt, newer or out of reach.
    """
    facts = Facts(as_of_day(as_of), register.overlay(workspace, mine=mine))
    centre = ActorIndex(facts.connection).resolve(actor, on=facts.as_of).id
    return network_of(
        facts, centre, kinds=kinds, statuses=statuses, since=since, strength=strength, rings=rings
    )


def network_of(
    facts: Facts,
    centre: str,
    *,
    kinds: Sequence[str] = (),
    statuses: Sequence[str] = ("in force",),
    since: date | str | None = None,
    strength: float = 0.0,
    rings: int = 1,
    strengths: Mapping[tuple[str, str], float] | None = None,
) -> Network:
    """`network` over facts that are open already, around the actor of that id.

    `strengths` are known already, by (guarantor, beneficiary).
    """
    _check(kinds, TIE_KINDS, "kind of tie")
    _check(statuses, STATUSES, "state of force")
    if rings not in RINGS:
        raise InputError(f"A network has 1 or 2 rings; received {rings}.")
    if not 0 <= strength <= 1:
        raise InputError(f"A strength lies between 0 and 1; received {strength}.")
    begun = None if since is None else as_of_day(since)
    every = ties(facts, frozenset(statuses or STATUSES))
    partners = _partners(every, {centre})
    around = partners if rings == 1 else partners | _partners(every, partners)
    around.add(centre)
    known = [tie for tie in every if {tie.guarantor, tie.beneficiary} <= around]
    if strengths is None and strength > 0:
        strengths = strengths_of(watched(facts).list)
    known = with_strengths(known, strengths or {})
    kept = [
        tie for tie in known
        if (not kinds or {tie.kind, *tie.obligations} & {*kinds})
        and (begun is None or (tie.since is not None and tie.since >= begun))
        and (strength == 0 or (tie.strength is not None and tie.strength >= strength))
    ]  # fmt: skip
    inner = _partners(kept, {centre})
    shown = {centre} | inner | (_partners(kept, inner) if rings == 2 else set())
    left = [tie for tie in kept if tie.guarantor in shown and tie.beneficiary in shown]
    ring = {key: 0 if key == centre else 1 if key in inner else 2 for key in shown}
    return Network(
        as_of=facts.as_of,
        catalog_version=facts.version,
        centre=centre,
        actors=_actors(facts, ring),
        ties=tuple(left),
        hidden=len(known) - len(left),
    )


def strengths_of(watched: WatchList) -> dict[tuple[str, str], float]:
    """The probability that material help or forces come, by (guarantor, beneficiary)."""
    return {
        (row.guarantor, row.beneficiary): 1 - row.left_without.probability for row in watched.rows
    }


def _check(given: Collection[str], known: Collection[str], what: str) -> None:
    for one in given:
        if one not in known:
            raise InputError(f"No {what} is called {one[:40]!r}. There are {', '.join(known)}.")


def _partners(found: Sequence[Tie], of: set[str]) -> set[str]:
    """The other ends of the ties that one of these actors is an end of."""
    given = {tie.beneficiary for tie in found if tie.guarantor in of}
    return (given | {tie.guarantor for tie in found if tie.beneficiary in of}) - of


def _actors(facts: Facts, ring: dict[str, int]) -> tuple[NetworkActor, ...]:
    rows = facts.rows(
        """
        SELECT a.id, a.name, a.kind, c.longitude, c.latitude
        FROM actors a LEFT JOIN (
            SELECT actor, arg_max(longitude, first) AS longitude,
                   arg_max(latitude, first) AS latitude
            FROM capitals GROUP BY actor
        ) c ON c.actor = a.id
        WHERE a.id IN (SELECT unnest($ids)) ORDER BY a.id
        """,
        {"ids": sorted(ring)},
    )
    found = [NetworkActor(ring=ring[row["id"]], **row) for row in rows]
    return tuple(sorted(found, key=lambda one: (one.ring, one.name)))
