"""A user's corrections of shipped commitments: what the row changes, and nothing else.

A register row stands for one or many directed commitments, and the catalog knows more of them
than the row holds: ATOP's conditions, each member's own dates. A correction therefore changes
the cells in which it differs from the shipped row and leaves the rest.
"""

from __future__ import annotations

from typing import Any

from foedus.catalog.register_format import Cells
from foedus.catalog.register_rows import pairs, to_commitments
from foedus.catalog.shipped_rows import ShippedRows
from foedus.domain.commitments import OBLIGATIONS, Commitment

_FIELDS = (
    "title", "article", *OBLIGATIONS, "note", "signed", "in_force", "ended", "end_cause", "atopid",
)  # fmt: skip
_DATES = frozenset({"signed", "in_force", "ended"})
_OF_THE_PAIR = frozenset({*OBLIGATIONS, "note"})


def corrected_commitments(cells: Cells, shipped: ShippedRows) -> tuple[Commitment, ...]:
    """The commitments that stand in place of the shipped ones, and those of added members.

    In a multilateral pact a corrected date moves only the pairs that had the pact's own date,
    not those of members that came or left on another day.
    """
    new = _sample(cells)
    of_register = shipped.register["commitment"].get(cells["id"])
    if of_register is None:
        key = shipped.corrected("commitment", cells) or cells["id"]
        return (_updated(shipped.commitments(key)[key], new, frozenset(_FIELDS)),)
    old = _sample(of_register)
    changed = frozenset(name for name in _FIELDS if getattr(new, name) != getattr(old, name))
    held = shipped.commitments(cells["id"])
    if not held:
        return to_commitments(cells)
    before = set(pairs(of_register))
    result = []
    for base in held.values():
        fields = changed
        if base.multilateral:
            fields -= {name for name in _DATES if getattr(base, name) != getattr(old, name)}
        elif (base.guarantor, base.beneficiary) not in before:
            fields -= _OF_THE_PAIR
        result.append(_updated(base, new, fields))
    return (
        *result,
        *(
            item
            for item in to_commitments(cells)
            if item.id not in held and (item.guarantor, item.beneficiary) not in before
        ),
    )


def _sample(cells: Cells) -> Commitment:
    """What the row says of every pair that it binds."""
    one = {**cells, "multilateral": "0", "guarantor_iso3": "-", "beneficiary_iso3": "--"}
    return to_commitments(one)[0]


def _updated(base: Commitment, new: Commitment, fields: frozenset[str]) -> Commitment:
    """`base` with the fields of `new`; a condition goes with the obligation that it limited."""
    values: dict[str, Any] = {name: getattr(new, name) for name in fields}
    return base.model_copy(
        update={
            **values,
            "conditions": {
                name: held for name, held in base.conditions.items() if values.get(name, True)
            },
            "known_until": None,
            "origin": "user",
            "sources": new.sources,
        }
    )
