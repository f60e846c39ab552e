"""The shipped rows that a user's row may refer to or correct."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date
from functools import cached_property

from foedus.catalog.facts import Facts
from foedus.catalog.register_check import HERE, Codes, shipped_states
from foedus.catalog.register_format import FILES, KINDS, Cells, RowKind, complete, key_of
from foedus.catalog.register_rows import pairs
from foedus.catalog.rows import to_commitment
from foedus.domain.calls import Call
from foedus.domain.commitments import Commitment


class ShippedRows:
    """The catalog's commitments, calls and responses without regard to any day, by id."""

    def __init__(self) -> None:
        self._facts = Facts(as_of=date.max)

    @cached_property
    def codes(self) -> Codes:
        """The codes that a row of the register may use."""
        with (HERE / "register" / "armed_groups.csv").open(encoding="utf-8", newline="") as file:
            groups = frozenset(row["token"] for row in csv.DictReader(file))
        return Codes(shipped_states(), groups)

    @cached_property
    def register(self) -> dict[RowKind, dict[str, Cells]]:
        """The shipped register's rows by kind and key."""
        found: dict[RowKind, dict[str, Cells]] = {}
        for kind in KINDS:
            path = HERE / "register" / FILES[kind]
            with path.open(encoding="utf-8", newline="") as file:
                rows = [complete(kind, row) for row in csv.DictReader(file)]
            found[kind] = {key_of(kind, row): row for row in rows}
        return found

    @cached_property
    def calls(self) -> dict[str, Call]:
        """Every call by id, newest first."""
        return {call.id: call for call in self._facts.calls()}

    @cached_property
    def response_ids(self) -> frozenset[str]:
        """The id of every response, `call:guarantor`."""
        return frozenset(row["id"] for row in self._facts.rows("SELECT id FROM responses"))

    @cached_property
    def commitment_ids(self) -> frozenset[str]:
        """The id of every directed commitment, `instrument:guarantor>beneficiary`."""
        return frozenset(key for keys in self.instruments.values() for key in keys)

    @cached_property
    def instruments(self) -> dict[str, list[str]]:
        """The ids of the directed commitments of every instrument."""
        found: dict[str, list[str]] = defaultdict(list)
        for row in self._facts.rows("SELECT id, instrument FROM commitments ORDER BY id"):
            found[row["instrument"]].append(row["id"])
        return dict(found)

    def commitments(self, row: str) -> dict[str, Commitment]:
        """The commitments that come from one register row, or the one of that id, by id."""
        found = self._facts.rows(
            "FROM commitments WHERE id = $row OR starts_with(id, $row || ':') ORDER BY id",
            {"row": row},
        )
        return {item["id"]: to_commitment(item, date.max) for item in found}

    def parties(self, pact: str) -> frozenset[str]:
        """The states bound by a pact that is not known to have ended, whoever guarantees whom."""
        found = self._facts.rows(
            "SELECT unnest([guarantor, beneficiary]) AS party FROM commitments"
            " WHERE instrument = $pact AND ended_last IS NULL",
            {"pact": pact},
        )
        return frozenset(row["party"] for row in found)

    def corrected(self, kind: RowKind, cells: Cells) -> str | None:
        """The id of the shipped row in whose place this one would stand; None for a new row."""
        key = key_of(kind, cells)
        if kind == "call":
            return key if key in self.calls else None
        if kind == "response":
            key = key.replace("/", ":")
            return key if key in self.response_ids else None
        if key in self.register["commitment"] or key in self.commitment_ids:
            return key
        taken = {f"{key}:{one}>{other}" for one, other in pairs(cells)} & self.commitment_ids
        return min(taken, default=None)

    def differs(self, kind: RowKind, cells: Cells) -> bool:
        """Whether the row says anything else than the shipped register's row of its key."""
        return self.register[kind].get(key_of(kind, cells)) != cells
