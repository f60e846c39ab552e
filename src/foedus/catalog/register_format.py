"""The register's format: its three kinds of rows as text, their columns and their keys."""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping
from functools import cache
from typing import Literal, get_args

from foedus.catalog.register_check import HERE, RUNG_OF, parent_id
from foedus.domain.commitments import OBLIGATIONS
from foedus.domain.responses import SUPPORT_CATEGORIES

RowKind = Literal["commitment", "call", "response"]
KINDS: tuple[RowKind, ...] = get_args(RowKind)

FILES: dict[RowKind, str] = {kind: f"{kind}s.csv" for kind in KINDS}
KEYS: dict[RowKind, tuple[str, ...]] = {
    "commitment": ("id",),
    "call": ("id",),
    "response": ("call_id", "guarantor_iso3"),
}
NEEDED: dict[RowKind, tuple[str, ...]] = {
    "commitment": ("id", "instrument", *OBLIGATIONS, "confidence"),
    "call": ("id", "name", "beneficiary_iso3", "start", "kind", "confidence"),
    "response": ("call_id", "guarantor_iso3", "confidence"),
}
"""Columns that a file of the kind must have; those it may leave out are unknown throughout."""

_OWN: dict[RowKind, frozenset[str]] = {
    "commitment": frozenset({"instrument", *OBLIGATIONS}),
    "call": frozenset({"name", "start", "kind"}),
    "response": frozenset({"call_id", *SUPPORT_CATEGORIES}),
}
"""Columns that no other kind has (but for `training`) and that tell it."""

LISTS: dict[RowKind, tuple[str, ...]] = {
    "commitment": ("members_iso3",),
    "call": ("challenger",),
    "response": ("commitment_ids",),
}
CODES: dict[RowKind, tuple[str, ...]] = {
    "commitment": ("guarantor_iso3", "beneficiary_iso3", "members_iso3"),
    "call": ("beneficiary_iso3", "challenger"),
    "response": ("guarantor_iso3",),
}

ACTOR_OF = {"YUG": "SRB", "SUN": "RUS"}
"""Codes of a past name of an actor that goes on, by the actor's id; other codes are ids."""

EXITS = {"csto-1992-uzb": "csto-1992", "rio-1947-left": "rio-1947"}
"""Rows of members that left, by the pact that they left."""

Cells = dict[str, str]
"""One row: every column of its kind in order, as text; `NA` where not known or applicable."""


@cache
def columns(kind: RowKind) -> tuple[str, ...]:
    """The columns of the kind, in the order of the shipped file."""
    with (HERE / "register" / FILES[kind]).open(encoding="utf-8", newline="") as handle:
        return tuple(next(csv.reader(handle)))


def complete(kind: RowKind, given: Mapping[str, object]) -> Cells:
    """The row with every column of its kind: what is left out or blank is `NA`.

    `multilateral` follows from the members where it is left out, and a response's `rung` from
    its categories where all of them are known. Columns of no kind are dropped: look for them
    first.
    """
    cells = {column: _text(given.get(column)) for column in columns(kind)}
    for column in LISTS[kind]:
        cells[column] = ";".join(part.strip() for part in cells[column].split(";"))
    if kind == "commitment" and cells["multilateral"] == "NA":
        cells["multilateral"] = "0" if cells["members_iso3"] == "NA" else "1"
    if kind == "response" and cells["rung"] == "NA":
        flags = {name: cells[name] for name in SUPPORT_CATEGORIES}
        if all(flag in ("0", "1") for flag in flags.values()):
            reached = [RUNG_OF[name] for name, flag in flags.items() if flag == "1"]
            cells["rung"] = str(max(reached, default=0))
    return cells


def key_of(kind: RowKind, cells: Mapping[str, str]) -> str:
    """What makes the row unique among its kind: the id, or `call/guarantor`."""
    return "/".join(cells[column] for column in KEYS[kind])


def parent_of(commitment: str) -> str | None:
    """The pact that an accession, exit or freeze row belongs to; None for others."""
    return parent_id(commitment) or EXITS.get(commitment)


def kind_of(header: Collection[str]) -> RowKind | None:
    """The kind that most of the header's columns point at; None where none does."""
    shares = {kind: len(_OWN[kind] & set(header)) / len(_OWN[kind]) for kind in KINDS}
    best = max(KINDS, key=lambda kind: shares[kind])
    return best if shares[best] else None


def _text(value: object) -> str:
    if value is None:
        return "NA"
    if isinstance(value, bool):
        return str(int(value))
    return str(value).strip() or "NA"
