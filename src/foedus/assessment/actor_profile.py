"""One actor: promises given and received over time, power, load and calls."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from foedus.assessment import register
from foedus.assessment.capacity import drains
from foedus.assessment.days import as_of_day
from foedus.assessment.network_ties import STATUSES, ties
from foedus.assessment.parties import givers_of
from foedus.catalog.actors import ActorIndex
from foedus.catalog.facts import Facts
from foedus.domain.actors import Actor, Leader
from foedus.domain.profiles import ActorProfile, YearOfPower, YearOfPromises
from foedus.errors import InputError
from foedus.record.history import actor_names
from foedus.record.open_calls import GOES_ON


def actor_profile(
    actor: str,
    *,
    as_of: date | str | None = None,
    workspace: str | Path | None = None,
    mine: bool = True,
) -> ActorProfile:
    """What is known of one actor on `as_of` (default: today).

    Raises:
        UnknownActor, AmbiguousActor: a name that leads to no actor, or to several.
        DateError: `as_of` is not a date, lies in the future or before 1816.
        WorkspaceError: the workspace is locked, corrupt, newer or out of reach.
    """
    return actor_profile_of(Facts(as_of_day(as_of), register.overlay(workspace, mine=mine)), actor)


def actor_profile_of(facts: Facts, name: str) -> ActorProfile:
    """`actor_profile` over facts that are open already."""
    actor = ActorIndex(facts.connection).resolve(name, on=facts.as_of)
    names = actor_names(facts) | {actor.id: actor.name}
    every = ties(facts, frozenset(STATUSES))
    given = tuple(tie for tie in every if tie.guarantor == actor.id)
    received = tuple(tie for tie in every if tie.beneficiary == actor.id)
    members = _members(facts, actor)
    years, until = _years(facts, actor.id)
    known = facts.rows("SELECT max(year) AS year FROM conflicts")[0]["year"]
    mine = [
        row["id"]
        for row in facts.rows(
            "SELECT id FROM calls WHERE beneficiary = $actor AND role = 'target'"
            " AND same_as IS NULL ORDER BY started_first DESC, id",
            {"actor": actor.id},
        )
    ]
    attacked = facts.calls(ids=mine) if mine else ()
    going_on = {
        row["id"]
        for row in facts.rows(
            f"SELECT c.id FROM calls c WHERE c.beneficiary = $actor AND c.role = 'target'"
            f" AND {GOES_ON}",
            {"actor": actor.id},
        )
    }
    spoken = {
        actor.id, *members, *_organisations(facts, actor.id),
        *(tie.beneficiary for tie in given), *(tie.guarantor for tie in received),
        *(key for call in attacked for key in call.challengers),
    }  # fmt: skip
    return ActorProfile(
        actor=actor,
        as_of=facts.as_of,
        catalog_version=facts.version,
        names={key: names.get(key, key) for key in sorted(spoken)},
        leaders=_leaders(facts, actor.id),
        given=given,
        received=received,
        years=years,
        years_until=until,
        power=_power(facts, actor.id),
        drains=drains(facts, members or (actor.id,), names),
        load_known_until=None if known is None else date(known, 12, 31),
        under_attack=tuple(call for call in attacked if call.id in going_on),
        attacked=attacked,
        memberships=_organisations(facts, actor.id),
        members=members,
    )


def _members(facts: Facts, actor: Actor) -> tuple[str, ...]:
    if actor.kind != "organisation":
        return ()
    try:
        return givers_of(facts, actor)
    except InputError:
        return ()


def _organisations(facts: Facts, actor: str) -> tuple[str, ...]:
    rows = facts.rows(
        """
        SELECT DISTINCT organisation FROM memberships
        WHERE member = $actor AND status = 'member' AND left_on IS NULL
          AND joined <= getvariable('as_of') ORDER BY organisation
        """,
        {"actor": actor},
    )
    return tuple(row["organisation"] for row in rows)


def _leaders(facts: Facts, actor: str) -> tuple[Leader, ...]:
    rows = facts.rows(
        """
        FROM leaders WHERE actor = $actor AND start <= getvariable('as_of')
          AND (ended IS NULL OR ended >= getvariable('as_of')) ORDER BY effective DESC, start
        """,
        {"actor": actor},
    )
    return tuple(
        Leader(
            actor=actor, name=row["name"], office=row["office"], effective=row["effective"],
            start=row["start"], end=row["ended"], verified=row["verified"],
            source=row["source_table"],
        )
        for row in rows
    )  # fmt: skip


def _years(facts: Facts, actor: str) -> tuple[tuple[YearOfPromises, ...], int | None]:
    """Counts for each year, up to the last that ATOP or the as-of date covers."""
    rows = facts.rows(
        """
        WITH held AS (
            SELECT guarantor, beneficiary, coalesce(defense, false) AS defense,
                   year(in_force_first) AS first,
                   least(year(coalesce(ended_last, getvariable('as_of'))),
                         year(coalesce(known_until, getvariable('as_of'))),
                         year(getvariable('as_of'))) AS last
            FROM commitments
            WHERE in_force_first IS NOT NULL AND $actor IN (guarantor, beneficiary)
        ), yearly AS (
            SELECT unnest(generate_series(first, last)) AS year, * EXCLUDE (first, last) FROM held
            WHERE first <= last
        )
        SELECT year,
            count(DISTINCT beneficiary) FILTER (guarantor = $actor) AS given,
            count(DISTINCT beneficiary) FILTER (guarantor = $actor AND defense) AS given_defence,
            count(DISTINCT guarantor) FILTER (beneficiary = $actor) AS received,
            count(DISTINCT guarantor) FILTER (beneficiary = $actor AND defense) AS received_defence
        FROM yearly GROUP BY year ORDER BY year
        """,
        {"actor": actor},
    )
    covered = facts.rows(
        "SELECT max(year(known_until)) AS year FROM commitments WHERE origin = 'catalog'"
    )[0]["year"]
    until = None if covered is None else min(int(covered), facts.as_of.year)
    return tuple(YearOfPromises(**row) for row in rows), until


def _power(facts: Facts, actor: str) -> tuple[YearOfPower, ...]:
    rows = facts.rows(
        """
        WITH ranked AS (
            SELECT actor, year, cinc, rank() OVER (PARTITION BY year ORDER BY cinc DESC) AS rank
            FROM capability WHERE cinc IS NOT NULL
        )
        SELECT year, cinc AS share, rank FROM ranked WHERE actor = $actor ORDER BY year
        """,
        {"actor": actor},
    )
    return tuple(YearOfPower(**row) for row in rows)
