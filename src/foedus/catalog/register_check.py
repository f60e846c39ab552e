"""Does a register hold together: known codes, whole keys, readable dates, flags that agree.

The row rules (`check_commitment`, `check_call`, ...) take one row as text by column name, as
`csv.DictReader` gives it, so that rows from elsewhere are held to the same rules.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from foedus.domain.calls import CallKind
from foedus.domain.commitments import OBLIGATIONS
from foedus.domain.dates import DateSpan
from foedus.domain.responses import SUPPORT_CATEGORIES
from foedus.domain.sources import Confidence
from foedus.errors import DateError, RegisterError

HERE = Path(__file__).resolve().parent
FILES = (
    "commitments", "calls", "responses", "platforms", "proxies", "armed_groups", "leaders",
    "organisations",
)  # fmt: skip

PAST_STATES = frozenset({"YUG", "SUN"})
"""ISO 3166-3 codes of past names that the register may use beside the catalog's state ids."""

RUNG_OF = {
    **dict.fromkeys(("troops", "air_naval"), 4),
    **dict.fromkeys(("arms", "intelligence", "training", "funding", "sanctuary"), 3),
    "diplomatic": 2,
    "verbal": 1,
}
"""The rung that a support category reaches; a response's rung is its highest category's."""

AIDS = ("military_aid", "training", "exercises", "bases", "intelligence", "arms_trade")
PLATFORM_KINDS = (
    "air_base", "ground_base", "naval_base", "port", "logistics_hub", "corridor", "airspace",
    "political",
)  # fmt: skip

Text = Mapping[str, str | None]


@dataclass(frozen=True)
class Codes:
    """The codes a row may use: `states` and, where a non-state may stand, `groups`."""

    states: frozenset[str]
    groups: frozenset[str] = frozenset()

    @property
    def actors(self) -> frozenset[str]:
        """Every code that may stand for an actor."""
        return self.states | self.groups


class _Row:
    """One row under check; collects what is wrong with it."""

    def __init__(self, file: str, key: str, row: Text) -> None:
        self.file, self.key, self.row = file, key, row
        self.errors: list[RegisterError] = []

    def cell(self, column: str) -> str | None:
        """The cell's text; None where it is absent, empty or NA."""
        value = (self.row.get(column) or "").strip()
        return None if value in ("", "NA") else value

    def wrong(self, column: str, problem: str) -> None:
        self.errors.append(RegisterError(self.file, self.key, column, problem))

    def needs(self, *columns: str) -> None:
        for column in columns:
            if self.cell(column) is None:
                self.wrong(column, "is empty; it must be given.")

    def codes(self, column: str, known: frozenset[str], *, many: bool = False) -> None:
        value = self.cell(column)
        if value is None:
            return
        for code in value.split(";") if many else [value]:
            if code not in known:
                self.wrong(column, f"unknown code {code!r}.")

    def one_of(self, column: str, allowed: Iterable[str]) -> None:
        value, known = self.cell(column), tuple(allowed)
        if value is not None and value not in known:
            self.wrong(column, f"{value!r} is none of {', '.join(known)}.")

    def flags(self, columns: Iterable[str], *, unknown: bool = True) -> None:
        for column in columns:
            value = self.row.get(column)
            allowed = ("0", "1", "NA") if unknown else ("0", "1")
            if value not in allowed:
                self.wrong(column, f"{value!r} is none of {', '.join(allowed)}.")

    def date(self, column: str) -> DateSpan | None:
        value = self.cell(column)
        if value is None:
            return None
        try:
            return DateSpan.parse(value)
        except DateError as error:
            self.wrong(column, str(error))
            return None

    def ordered(self, start: str, end: str) -> None:
        first, last = self.date(start), self.date(end)
        if first and last and last.last < first.first:
            self.wrong(end, f"{last} is before {start} {first}.")


def check_commitment(row: Text, codes: Codes) -> list[RegisterError]:
    """Errors in one row of commitments.csv."""
    under = _Row("commitments.csv", _key(row, "id"), row)
    under.needs("id", "instrument", "confidence")
    under.codes("guarantor_iso3", codes.actors)
    under.codes("beneficiary_iso3", codes.actors)
    under.codes("members_iso3", codes.actors, many=True)
    under.flags(["multilateral"], unknown=False)
    under.flags((*OBLIGATIONS, *AIDS))
    if under.row.get("multilateral") == "1":
        under.needs("members_iso3")
    else:
        under.needs("guarantor_iso3", "beneficiary_iso3")
        if under.cell("guarantor_iso3") and under.cell("guarantor_iso3") == under.cell(
            "beneficiary_iso3"
        ):
            under.wrong("beneficiary_iso3", "is the guarantor itself.")
    members = (under.cell("members_iso3") or "").split(";")
    for member, times in Counter(members).items():
        if member and times > 1:
            under.wrong("members_iso3", f"{member!r} stands {times} times.")
    under.ordered("signed", "in_force")
    under.ordered("in_force", "ended")
    _sourced(under)
    atopid = under.cell("atopid")
    if atopid and not (atopid.isdecimal() and 1000 <= int(atopid) <= 7999):
        under.wrong("atopid", f"{atopid!r} is no ATOP number (1000 to 7999).")
    return under.errors


def check_call(row: Text, codes: Codes) -> list[RegisterError]:
    """Errors in one row of calls.csv."""
    under = _Row("calls.csv", _key(row, "id"), row)
    under.needs("id", "name", "beneficiary_iso3", "start", "kind", "confidence")
    under.codes("beneficiary_iso3", codes.actors, many=True)
    under.codes("challenger", codes.actors, many=True)
    under.ordered("start", "end")
    under.one_of("kind", get_args(CallKind))
    under.one_of("hostility", "12345")
    under.one_of("outcome_for_beneficiary", ("held", "partial_loss", "fell", "ongoing"))
    _sourced(under)
    return under.errors


def check_response(
    row: Text,
    codes: Codes,
    calls: Mapping[str, Text] | None = None,
    commitments: frozenset[str] | None = None,
) -> list[RegisterError]:
    """Errors in one row of responses.csv; its keys too where `calls`, `commitments` are given."""
    under = _Row("responses.csv", _key(row, "call_id", "guarantor_iso3"), row)
    under.needs("call_id", "guarantor_iso3", "confidence")
    under.codes("guarantor_iso3", codes.actors)
    if calls is not None and under.cell("call_id") not in calls:
        under.wrong("call_id", f"no call has the id {under.cell('call_id')!r}.")
    for key in (under.cell("commitment_ids") or "").split(";"):
        if key and commitments is not None and key not in commitments:
            under.wrong("commitment_ids", f"no commitment has the id {key!r}.")
    under.flags((*SUPPORT_CATEGORIES, "opposed", "obliged"))
    under.one_of("asked", ("yes", "no", "unknown"))
    under.date("first_date")
    given = [rung for category, rung in RUNG_OF.items() if row.get(category) == "1"]
    least = max(given, default=0)
    open_to = max(
        [rung for category, rung in RUNG_OF.items() if row.get(category) == "NA"], default=0
    )
    rung = under.cell("rung")
    if rung is None or rung not in tuple("01234"):
        under.wrong("rung", f"{row.get('rung')!r} is none of 0, 1, 2, 3, 4.")
    elif not least <= int(rung) <= max(least, open_to):
        under.wrong("rung", f"is {rung}, but the categories given make it {least}.")
    _sourced(under)
    return under.errors


def check_platform(row: Text, codes: Codes) -> list[RegisterError]:
    """Errors in one row of platforms.csv."""
    under = _Row("platforms.csv", _key(row, "id"), row)
    under.needs("id", "name", "kind", "guarantor_iso3", "confidence")
    under.codes("guarantor_iso3", codes.actors)
    under.codes("host", codes.actors, many=True)
    under.codes("serves", codes.actors, many=True)
    under.one_of("kind", PLATFORM_KINDS)
    under.ordered("start", "end")
    _sourced(under)
    return under.errors


def check_proxy(row: Text, codes: Codes) -> list[RegisterError]:
    """Errors in one row of proxies.csv."""
    key = _key(row, "guarantor_iso3", "group", "host_iso3", "start")
    under = _Row("proxies.csv", key, row)
    under.needs("guarantor_iso3", "group", "start", "control", "confidence")
    under.codes("guarantor_iso3", codes.states)
    under.codes("group", codes.groups)
    under.codes("host_iso3", codes.actors)
    under.codes("acts_as_guarantor_for", codes.actors, many=True)
    under.flags(("troops", "arms", "intelligence", "training", "funding", "sanctuary"))
    under.one_of("control", get_args(Confidence))
    under.one_of("confidence", get_args(Confidence))
    under.ordered("start", "end")
    return under.errors


def check_leader(row: Text, codes: Codes) -> list[RegisterError]:
    """Errors in one row of leaders.csv."""
    under = _Row("leaders.csv", _key(row, "iso3", "name", "office", "start"), row)
    under.needs("iso3", "name", "office", "start", "confidence")
    under.codes("iso3", codes.states)
    under.flags(["effective_leader"], unknown=False)
    under.ordered("start", "end")
    _sourced(under)
    return under.errors


def check_membership(row: Text, codes: Codes) -> list[RegisterError]:
    """Errors in one row of organisations.csv."""
    under = _Row("organisations.csv", _key(row, "org", "member_iso3", "joined"), row)
    under.needs("org", "name", "member_iso3", "joined", "status", "confidence")
    under.codes("member_iso3", codes.states)
    under.flags(["defence_obligation"])
    under.one_of("status", ("member", "suspended", "observer"))
    under.one_of("confidence", get_args(Confidence))
    under.ordered("joined", "left")
    return under.errors


def check_group(row: Text, codes: Codes) -> list[RegisterError]:
    """Errors in one row of armed_groups.csv; a token may not be a state's code."""
    under = _Row("armed_groups.csv", _key(row, "token"), row)
    under.needs("token", "description")
    if row.get("token") in codes.states:
        under.wrong("token", f"{row.get('token')!r} is a state's code.")
    return under.errors


def check_register(folder: Path, states: frozenset[str] | None = None) -> list[RegisterError]:
    """Every error in the register's CSV files in `folder`; an empty list where it holds together.

    `states` are the allowed state codes, by default the catalog's own. A missing file is
    one error.
    """
    rows = {name: _read(folder / f"{name}.csv") for name in FILES}
    errors = [
        RegisterError(f"{name}.csv", "-", "-", f"is missing from {folder}.")
        for name, found in rows.items()
        if found is None
    ]
    found = {name: held or [] for name, held in rows.items()}
    groups = frozenset(row["token"] for row in found["armed_groups"] if row.get("token"))
    codes = Codes(states or shipped_states(), groups)
    calls = {row["id"]: row for row in found["calls"] if row.get("id")}
    commitments = frozenset(row["id"] for row in found["commitments"] if row.get("id"))

    def response(row: Text, codes: Codes) -> list[RegisterError]:
        return check_response(row, codes, calls, commitments)

    rules: dict[str, tuple[Callable[[Text, Codes], list[RegisterError]], tuple[str, ...]]] = {
        "commitments": (check_commitment, ("id",)),
        "calls": (check_call, ("id",)),
        "responses": (response, ("call_id", "guarantor_iso3")),
        "platforms": (check_platform, ("id",)),
        "proxies": (check_proxy, ("guarantor_iso3", "group", "host_iso3", "start")),
        "armed_groups": (check_group, ("token",)),
        "leaders": (check_leader, ("iso3", "name", "office", "start")),
        "organisations": (check_membership, ("org", "member_iso3", "joined")),
    }
    for name, (rule, key) in rules.items():
        for row in found[name]:
            errors += rule(row, codes)
        for repeated, times in Counter(_key(row, *key) for row in found[name]).items():
            if times > 1:
                errors.append(
                    RegisterError(f"{name}.csv", repeated, key[0], f"stands {times} times.")
                )
    return errors + _orphans(commitments)


def shipped_states() -> frozenset[str]:
    """The codes of every state of the catalog, and of past names that the register may use."""
    rows = _read(HERE / "names" / "states.csv") or []
    return frozenset(row["actor"] for row in rows) | PAST_STATES


def _orphans(commitments: frozenset[str]) -> list[RegisterError]:
    """Accession and freeze rows whose parent pact does not stand in the file."""
    return [
        RegisterError("commitments.csv", key, "id", f"no commitment has the id {parent!r}.")
        for key in sorted(commitments)
        if (parent := parent_id(key)) and parent not in commitments
    ]


def parent_id(key: str) -> str | None:
    """The pact that `nato-1949-acc-fin` or `csto-1992-arm-freeze` belongs to; None for others."""
    if "-acc-" in key:
        return key.split("-acc-")[0]
    if key.endswith("-freeze"):
        return key.removesuffix("-freeze").rsplit("-", 1)[0]
    return None


def _sourced(under: _Row) -> None:
    under.one_of("confidence", get_args(Confidence))
    under.date("source_date")
    if under.cell("confidence") in ("high", "medium") and not under.cell("source_title"):
        under.wrong("source_title", "is empty, but the confidence is above low.")


def _key(row: Text, *columns: str) -> str:
    return "/".join(row.get(column) or "" for column in columns)


def _read(path: Path) -> list[dict[str, str]] | None:
    if not path.is_file():
        return None
    with path.open(encoding="utf-8", newline="") as handle:
        return [{k: v or "" for k, v in row.items() if k} for row in csv.DictReader(handle)]
