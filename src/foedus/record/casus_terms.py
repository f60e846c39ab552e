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
    possible day, null while the promise is not known to have ended.
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

    def wants(self, obligation: Obligation, condition: Condition) -> bool:
        """Whether the obligation holds only under the condition."""
        return condition in self.conditions.get(obligation, frozenset())

    @property
    def on_another(self) -> bool:
        """Whether anything but consultation is promised."""
        return bool(self.promised - {"consultation"})


def to_terms(row: Mapping[str, Any]) -> Terms:
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
            name: frozenset(
                condition for condition in CONDITIONS if row.get(f"{name}_{condition}")
            )
            for name in OBLIGATIONS
            if row[name]
        },
        threats=frozenset(row["specific_threats"] or ()),
        begins=row["signed_first"] or row["in_force_first"],
        ends=row["ended_last"],
        atopid=row["atopid"],
    )


def terms_of(facts: Facts, givers: Iterable[str]) -> dict[str, Terms]:
    """The terms of every commitment of these guarantors, by the commitment's id."""
    rows = facts.rows(
        "FROM commitments WHERE list_contains($givers, guarantor)", {"givers": list(givers)}
    )
    return {row["id"]: to_terms(row) for row in rows}


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
