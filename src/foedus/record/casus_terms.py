"""Terms: what one commitment promises and on which conditions, ready to be held against a call."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from foedus.catalog.facts import Facts
from foedus.domain.commitments import OBLIGATIONS, Conditions, Obligation

Condition = Literal[
    "adversary",
    "location",
    "ongoing_conflict",
    "number_of_adversaries",
    "after_demand",
    "non_provocation",
]
CONDITIONS: tuple[Condition, ...] = (
    "adversary",
    "location",
    "ongoing_conflict",
    "number_of_adversaries",
    "after_demand",
    "non_provocation",
)


@dataclass(frozen=True, slots=True)
class Terms:
    """One directed promise, as ATOP codes the guarantor's own obligations.

    `unknown` holds the obligations whose coding is null. `threats` are the adversaries that
    the text names (ATOP `statthr1`, `statthr2`): empty where it names none. `begins` is the
    first possible day of signature, as ATOP counts, or of entry into force; `ends` the last
    possible day, null while the promise is not known to have ended. `parties` are the members of
    a multilateral instrument, where they are asked for.
    """

    id: str
    title: str
    guarantor: str
    beneficiary: str
    multilateral: bool
    promised: frozenset[Obligation]
    unknown: frozenset[Obligation]
    conditions: Mapping[Obligation, frozenset[Condition]]
    threats: frozenset[str]
    begins: date | None
    ends: date | None
    atopid: int | None = None
    parties: frozenset[str] = frozenset()

    def wants(self, obligation: Obligation, condition: Condition) -> bool:
        """Whether the obligation holds only under the condition."""
        return condition in self.conditions.get(obligation, frozenset())

    @property
    def on_another(self) -> bool:
        """Whether anything but consultation is promised."""
        return bool(self.promised - {"consultation"})


COLUMNS = ", ".join(
    (
        "id, instrument, title, guarantor, beneficiary, multilateral, specific_threats",
        "signed_first",
        "in_force_first, ended_last, atopid",
        *OBLIGATIONS,
        *(f"COLUMNS('^{name}_.*')" for name in OBLIGATIONS if name != "nonaggression"),
    )
)
"""What terms are read from, as a SELECT list over `commitments`."""


def to_terms(row: Mapping[str, Any], parties: frozenset[str] = frozenset()) -> Terms:
    """One row of `commitments` as terms."""
    return Terms(
        id=row["id"],
        title=row["title"],
        guarantor=row["guarantor"],
        beneficiary=row["beneficiary"],
        multilateral=row["multilateral"],
        promised=frozenset(name for name in OBLIGATIONS if row[name]),
        unknown=frozenset(name for name in OBLIGATIONS if row[name] is None),
        conditions={
            name: frozenset(condition for condition in CONDITIONS if row.get(f"{name}_{condition}"))
            for name in OBLIGATIONS
            if row[name]
        },
        threats=frozenset(row["specific_threats"] or ()),
        begins=row["signed_first"] or row["in_force_first"],
        ends=row["ended_last"],
        atopid=row["atopid"],
        parties=parties,
    )


def parties_of(facts: Facts) -> dict[str, frozenset[str]]:
    """The members of every multilateral instrument, by its id."""
    rows = facts.rows(
        "SELECT instrument, list(DISTINCT guarantor) AS members FROM commitments"
        " WHERE multilateral GROUP BY instrument"
    )
    return {row["instrument"]: frozenset(row["members"]) for row in rows}


def terms_of(facts: Facts, givers: Iterable[str] | None = None) -> dict[str, Terms]:
    """The terms of every commitment of these guarantors (null: of all), by the commitment's id."""
    parties = parties_of(facts)
    where = "" if givers is None else " WHERE list_contains($givers, guarantor)"
    rows = facts.rows(
        f"SELECT {COLUMNS} FROM commitments{where}",
        {} if givers is None else {"givers": list(givers)},
    )
    nobody: frozenset[str] = frozenset()
    return {row["id"]: to_terms(row, parties.get(row["instrument"], nobody)) for row in rows}


def conditions_in_words(conditions: Conditions | Iterable[Condition]) -> tuple[str, ...]:
    """The conditions that a text holds, in words."""
    if isinstance(conditions, Conditions):
        conditions = [name for name in CONDITIONS if getattr(conditions, name)]
    held = set(conditions)
    return tuple(IN_WORDS[name] for name in CONDITIONS if name in held)


IN_WORDS: dict[Condition, str] = {
    "adversary": "only against a named adversary",
    "location": "only in a named place",
    "ongoing_conflict": "only in a named conflict",
    "number_of_adversaries": "only against a stated number of adversaries",
    "after_demand": "only after a demand is refused",
    "non_provocation": "only if the beneficiary did not provoke the attack",
}
