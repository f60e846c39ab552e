"""Capacity and drains: what the guarantor has, and what already draws on it."""

from __future__ import annotations

from collections import Counter
from datetime import date

from foedus.assessment.parties import Parties
from foedus.catalog.facts import Facts
from foedus.domain.assessments import CapabilityShare, Capacity, Drain
from foedus.domain.commitments import OBLIGATIONS, Commitment
from foedus.record.open_calls import GOES_ON

_RECENT_YEARS = 2


def capacity(facts: Facts, parties: Parties, names: dict[str, str]) -> Capacity:
    """Shares of world capability, ongoing wars and disputes, and promises already in force."""
    wanted = [*parties.givers, parties.beneficiary.id]
    if parties.challenger is not None:
        wanted.append(parties.challenger.id)
    shares = _shares(facts, wanted, names)
    if parties.guarantor.kind == "organisation":
        shares = _together(parties, shares)
    covered = facts.rows("SELECT max(year) AS year FROM conflicts")[0]["year"]
    known_until = None if covered is None else date(covered, 12, 31)
    giver = parties.guarantor.id
    held = () if parties.guarantor.kind == "organisation" else facts.commitments(guarantor=giver)
    standing = [item for item in held if item.status == "in force"]
    counts, beneficiaries = _counted(standing)
    unsure = len({item.beneficiary for item in held if item.status == "not known since"})
    if unsure:
        counts["not known since the source ended"] = unsure
    notes = []
    if known_until is not None and known_until.year < facts.as_of.year - 1:
        notes.append(
            f"Wars and disputes after {known_until.year} are known only through the register;"
            " an empty list is not proof of peace."
        )
    if any(share.year is not None and share.year < facts.as_of.year - 1 for share in shares):
        notes.append("Capability is the last published year, not today's.")
    return Capacity(
        shares=shares,
        drains=drains(facts, parties.givers, names),
        commitments=counts,
        beneficiaries=beneficiaries,
        load_known_until=known_until,
        notes=tuple(notes),
    )


def drains(facts: Facts, givers: tuple[str, ...], names: dict[str, str]) -> tuple[Drain, ...]:
    """Wars, conflicts and disputes that occupy any of the givers on the as-of date."""
    return (*_open_calls(facts, givers, names), *_conflicts(facts, givers))


def _counted(standing: list[Commitment]) -> tuple[dict[str, int], int]:
    """Beneficiaries by obligation, and in all; a pair with two texts counts once."""
    pairs = {
        (name, item.beneficiary) for item in standing for name in OBLIGATIONS if getattr(item, name)
    }
    count = Counter(name for name, _ in pairs)
    return {name: count[name] for name in OBLIGATIONS}, len({i.beneficiary for i in standing})


def _shares(facts: Facts, actors: list[str], names: dict[str, str]) -> tuple[CapabilityShare, ...]:
    rows = facts.rows(
        """
        WITH latest AS (SELECT max(year) AS year FROM capability WHERE cinc IS NOT NULL),
        ranked AS (
            SELECT actor, year, cinc, rank() OVER (ORDER BY cinc DESC) AS rank
            FROM capability JOIN latest USING (year) WHERE cinc IS NOT NULL
        )
        FROM ranked WHERE list_contains($actors, actor)
        """,
        {"actors": actors},
    )
    found = {row["actor"]: row for row in rows}
    return tuple(
        CapabilityShare(
            actor=actor,
            name=names.get(actor, actor),
            year=found[actor]["year"] if actor in found else None,
            share=found[actor]["cinc"] if actor in found else None,
            rank=found[actor]["rank"] if actor in found else None,
        )
        for actor in dict.fromkeys(actors)
    )


def _together(parties: Parties, shares: tuple[CapabilityShare, ...]) -> tuple[CapabilityShare, ...]:
    """The organisation's members as one line, then the other parties."""
    members = set(parties.givers) - {parties.beneficiary.id}
    known = [item for item in shares if item.actor in members and item.share is not None]
    total = CapabilityShare(
        actor=parties.guarantor.id,
        name=f"{parties.guarantor.name}, {len(known)} members with data, without the beneficiary",
        year=known[0].year if known else None,
        share=sum(item.share or 0.0 for item in known) if known else None,
        rank=None,
    )
    return (total, *(item for item in shares if item.actor not in members))


def _open_calls(facts: Facts, givers: tuple[str, ...], names: dict[str, str]) -> tuple[Drain, ...]:
    """Open calls in which a giver is attacked or attacks, or has answered."""
    rows = facts.rows(
        f"""
        SELECT DISTINCT c.id, c.name, c.kind, c.beneficiary, c.started_first, c.source_table,
               CASE WHEN list_contains($givers, c.beneficiary) THEN 'attacked'
                    WHEN list_has_any($givers, c.challengers) THEN 'attacker'
                    ELSE 'supporter' END AS role
        FROM calls c LEFT JOIN responses r ON r.call = c.id AND list_contains($givers, r.guarantor)
        WHERE {GOES_ON}
          AND (list_contains($givers, c.beneficiary) OR list_has_any($givers, c.challengers)
               OR r.rung_low >= 1)
        ORDER BY c.started_first DESC
        """,
        {"givers": list(givers)},
    )
    return tuple(
        Drain(
            name=row["name"],
            kind=row["kind"].replace("_", " "),
            since=row["started_first"].isoformat(),
            role=row["role"]
            if row["role"] != "supporter"
            else f"supporter of {names.get(row['beneficiary'], row['beneficiary'])}",
            source=row["source_table"],
        )
        for row in rows
    )


def _conflicts(facts: Facts, givers: tuple[str, ...]) -> tuple[Drain, ...]:
    """Armed conflicts of the last year that is covered, if that is recent on the day."""
    rows = facts.rows(
        """
        WITH latest AS (SELECT max(year) AS year FROM conflicts)
        SELECT conflict_id, any_value(name) AS name, any_value(type) AS type,
               any_value(side) AS side,
               bool_and(secondary) AS secondary, max(intensity) AS intensity, year
        FROM conflicts JOIN latest USING (year)
        WHERE list_contains($givers, actor) AND year >= $since
        GROUP BY conflict_id, year ORDER BY intensity DESC, conflict_id
        """,
        {"givers": list(givers), "since": facts.as_of.year - _RECENT_YEARS},
    )
    return tuple(
        Drain(
            name=row["name"] or f"UCDP conflict {row['conflict_id']}",
            kind=f"{row['type']}, {'war' if row['intensity'] == 2 else 'minor armed conflict'}",
            since=f"active in {row['year']}",
            role="supporting party" if row["secondary"] else f"side {row['side']}",
            source="ucdp-acd-25.1",
        )
        for row in rows
    )
