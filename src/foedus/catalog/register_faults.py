"""What is wrong with a user's rows: the shipped register's rules, and what they need besides."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from foedus.catalog.actors import ActorIndex
from foedus.catalog.register_check import check_call, check_commitment, check_response
from foedus.catalog.register_format import (
    CODES,
    FILES,
    NEEDED,
    Cells,
    RowKind,
    columns,
    key_of,
    kind_of,
    parent_of,
)
from foedus.catalog.register_rows import actor, actors, cell, pairs, span, split, to_call
from foedus.catalog.shipped_rows import ShippedRows
from foedus.errors import AmbiguousActor, DateError, RegisterError, UnknownActor

NEAR_DAYS = 60
"""Calls of one beneficiary that begin so near to each other may be one, as in the build."""

_ID = re.compile(r"[^\W_][\w.-]*")
_RULES: dict[RowKind, Callable[..., list[RegisterError]]] = {
    "commitment": check_commitment,
    "call": check_call,
    "response": check_response,
}


class Examiner:
    """Checks rows against the shipped ones and the user's `calls` and `commitments`, by id."""

    def __init__(
        self, shipped: ShippedRows, calls: Mapping[str, Cells], commitments: Mapping[str, Cells]
    ) -> None:
        self.shipped = shipped
        self.calls = calls
        self.commitments = commitments

    def faults(self, kind: RowKind, rows: Sequence[Cells]) -> list[RegisterError]:
        """Every fault of every row, cell by cell, and keys that stand more than once."""
        found = [fault for cells in rows for fault in self._faults(kind, cells)]
        for key, times in Counter(key_of(kind, cells) for cells in rows).items():
            if times > 1:
                column = "id" if kind != "response" else "call_id"
                found.append(RegisterError(FILES[kind], key, column, f"stands {times} times."))
        return found

    def parties(self, pact: str | None) -> frozenset[str]:
        """The states that a pact binds, the user's own pacts included; empty for none."""
        if pact is None:
            return frozenset()
        mine = self.commitments.get(pact)
        members = frozenset() if mine is None else frozenset(actors(mine, "members_iso3"))
        return members or self.shipped.parties(pact)

    def alike(self, rows: Sequence[Cells]) -> Iterator[str]:
        """For each new call, the shipped one that may be the same occasion, in words."""
        for cells in rows:
            mine = to_call(cells)
            if mine.id in self.shipped.calls:
                continue
            for other in self.shipped.calls.values():
                if other.beneficiary != mine.beneficiary or other.same_as is not None:
                    continue
                apart = abs((other.started.first - mine.started.first).days)
                shared = set(mine.challengers) & set(other.challengers)
                if (
                    other.same_as is None
                    and apart <= NEAR_DAYS
                    and (shared or not mine.challengers)
                ):
                    yield (
                        f"{mine.id} looks like the shipped call {other.id} ({other.name}), and"
                        " both now count. To correct that one instead, give its id."
                    )

    def _faults(self, kind: RowKind, cells: Cells) -> list[RegisterError]:
        found = [
            fault
            for fault in _RULES[kind](cells, self.shipped.codes)
            if not (fault.column in CODES[kind] and fault.problem.startswith("unknown code"))
        ]
        own: dict[RowKind, Callable[[Cells], Iterable[tuple[str, str]]]] = {
            "commitment": self._commitment,
            "call": self._call,
            "response": self._response,
        }
        for column, problem in (*self._codes(kind, cells), *_sourced(cells), *own[kind](cells)):
            found.append(RegisterError(FILES[kind], key_of(kind, cells), column, problem))
        return found

    def _codes(self, kind: RowKind, cells: Cells) -> Iterable[tuple[str, str]]:
        for column in CODES[kind]:
            value = cell(cells, column)
            for code in () if value is None else value.split(";"):
                if code not in self.shipped.codes.actors:
                    yield column, f"unknown code {code!r}.{self._hint(code)}"

    def _commitment(self, cells: Cells) -> Iterable[tuple[str, str]]:
        key = cells["id"]
        corrected = self.shipped.corrected("commitment", cells)
        shipped = self.shipped.register["commitment"].get(key)
        if corrected is None:
            yield from _plain_id(key, "Nothing shipped has it.")
            if key.endswith("-freeze"):
                yield "id", "is a freeze: correct the end of each pair's own row instead."
        if cell(cells, "in_force") is None and (problem := _ended_early(cells)):
            yield "ended", problem
        if cells["multilateral"] == "1":
            if corrected is not None and shipped is None:
                yield "id", f"corrects {corrected}: correct one pair at a time, under its id."
            elif corrected is None and not pairs(cells, self.parties(parent_of(key))):
                yield "members_iso3", "binds nobody to anybody: name two members or more."
        if shipped is not None:
            yield from _same_parties(cells, shipped)
        elif corrected is not None and ":" in corrected:
            pair = f"{actor(cells, 'guarantor_iso3')}>{actor(cells, 'beneficiary_iso3')}"
            held = corrected.rpartition(":")[2].partition("@")[0]
            if pair != held and cells["multilateral"] != "1":
                yield "guarantor_iso3", f"is not of the row corrected, which is {held}."

    def _call(self, cells: Cells) -> Iterable[tuple[str, str]]:
        if cells["id"] not in self.shipped.calls:
            yield from _plain_id(cells["id"], "No shipped call has it.")
        if ";" in cells["beneficiary_iso3"]:
            yield "beneficiary_iso3", "names several: give each beneficiary a row of its own."
        elif actor(cells, "beneficiary_iso3") in actors(cells, "challenger"):
            yield "challenger", "names the beneficiary itself."

    def _response(self, cells: Cells) -> Iterable[tuple[str, str]]:
        key = cells["call_id"]
        if key not in self.calls and key not in self.shipped.calls:
            near = _near(key, {*self.calls, *self.shipped.register["call"]})
            yield "call_id", f"no call has the id {key!r}.{near}"
        elif actor(cells, "guarantor_iso3") == self._beneficiary(key):
            yield "guarantor_iso3", "is the call's beneficiary itself."
        register = self.shipped.register["commitment"]
        for commitment in split(cells, "commitment_ids"):
            if not (
                commitment in self.commitments
                or commitment in register
                or commitment in self.shipped.instruments
                or commitment in self.shipped.commitment_ids
            ):
                near = _near(commitment, {*self.commitments, *register})
                yield "commitment_ids", f"no commitment has the id {commitment!r}.{near}"

    def _beneficiary(self, call: str) -> str | None:
        if call in self.calls:
            return actor(self.calls[call], "beneficiary_iso3")
        return self.shipped.calls[call].beneficiary

    @cached_property
    def _index(self) -> ActorIndex:
        return ActorIndex.packaged()

    def _hint(self, code: str) -> str:
        if not code.strip():
            return " Two codes are parted by one semicolon."
        try:
            found = self._index.resolve(code)
        except (UnknownActor, AmbiguousActor) as error:
            near = error.suggestions
        else:
            near = ((found.id, found.name),)
        known = [(key, name) for key, name in near if key in self.shipped.codes.actors]
        if not known:
            return " Give an ISO 3166 alpha-3 code, or a token of armed_groups.csv."
        return f" Did you mean {' or '.join(f'{key} ({name})' for key, name in known)}?"


def header_faults(header: Sequence[str | None], kind: RowKind | None) -> list[RegisterError]:
    """What is wrong with a file's first line; `kind` is null where it may be of any."""
    names = [name or "" for name in header]
    guessed = kind or kind_of(names)
    if guessed is None:
        return [
            RegisterError(
                "the file",
                "header",
                "-",
                f"is of no kind: {', '.join(names) or 'nothing'}. Expected are the columns of"
                f" {', '.join(FILES.values())}, separated by commas.",
            )
        ]
    file = FILES[guessed]
    found = [
        RegisterError(file, "header", column, "is missing.")
        for column in NEEDED[guessed]
        if column not in names
    ]
    for name, times in Counter(names).items():
        if name not in columns(guessed):
            near = _near(name, columns(guessed))
            found.append(RegisterError(file, "header", name, f"is no column of {file}.{near}"))
        elif times > 1:
            found.append(RegisterError(file, "header", name, f"stands {times} times."))
    return found


def _sourced(cells: Cells) -> Iterable[tuple[str, str]]:
    if cell(cells, "source_title") is None and cell(cells, "source_ref") is None:
        yield "source_title", "is empty, and so is source_ref: name what the row rests on."


def _ended_early(cells: Cells) -> str | None:
    try:
        signed, ended = span(cells, "signed"), span(cells, "ended")
    except DateError:
        return None  # said of the cell itself
    early = signed is not None and ended is not None and ended.last < signed.first
    return f"{ended} is before signed {signed}." if early else None


def _plain_id(key: str, why: str) -> Iterable[tuple[str, str]]:
    if not _ID.fullmatch(key) and key != "NA":
        yield (
            "id",
            f"{key!r} is no id for a new row. {why} Write letters, digits, hyphens and points.",
        )


def _same_parties(cells: Cells, shipped: Cells) -> Iterable[tuple[str, str]]:
    for column in ("multilateral", "guarantor_iso3", "beneficiary_iso3"):
        if cells[column] != shipped[column]:
            yield column, f"is {shipped[column]} in the shipped row: a correction keeps it."
    gone = sorted(set(actors(shipped, "members_iso3")) - set(actors(cells, "members_iso3")))
    if gone and cells["multilateral"] == "1":
        yield (
            "members_iso3",
            f"lacks {', '.join(gone)}: to correct a departure, give `ended` in the row of each"
            f" pair, such as {cells['id']}:{gone[0]}>...",
        )


def _near(received: str, known: Iterable[str]) -> str:
    from rapidfuzz import process

    found = process.extract(received, sorted(known), limit=3, score_cutoff=80)
    return f" Did you mean {' or '.join(str(match[0]) for match in found)}?" if found else ""
