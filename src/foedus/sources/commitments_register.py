"""The register's commitments.csv as typed rows, with the day from which a note may be shown."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from foedus.catalog.register_check import parent_id
from foedus.domain.commitments import OBLIGATIONS
from foedus.domain.dates import DateSpan

REGISTER_CODED = date(2026, 6, 30)
"""The register was coded up to this day: an undated note is as young as that."""

_YEAR = re.compile(r"\b(19\d\d|20\d\d)\b")

BENEFICIARIES: dict[str, tuple[str, ...]] = {
    "budapest-ukr-1994": ("UKR",),
    "ukr-g7-vilnius-2023": ("UKR",),
    "ukr-paris-2026": ("UKR",),
    "fpda-1971": ("MYS", "SGP"),
}
"""Pacts whose members promise something to some members only (see their `obligation_note`)."""


NOT_IN_FORCE = frozenset({"ukr-paris-2026"})
"""Signed texts whose `obligation_note` says that they are not in force."""


@dataclass(frozen=True)
class Instrument:
    """One row of the register's commitments.csv; `members` is empty for a directed pair."""

    id: str
    title: str
    article: str | None
    guarantor: str | None
    beneficiary: str | None
    members: tuple[str, ...]
    obligations: dict[str, bool | None]
    note: str | None
    note_date: date
    signed: DateSpan | None
    in_force: DateSpan | None
    ended: DateSpan | None
    end_cause: str | None
    source: dict[str, object]
    atopid: int | None

    @property
    def parent(self) -> str | None:
        """The pact that an accession, exit or freeze row belongs to."""
        return parent_id(self.id) or _EXITS.get(self.id)


_EXITS = {"csto-1992-uzb": "csto-1992", "rio-1947-left": "rio-1947"}
"""Rows of members that left, by the pact that they left."""


def read_rows(path: Path) -> list[dict[str, str | None]]:
    """The file's rows by column name; `NA` and empty cells are None."""
    with path.open(encoding="utf-8", newline="") as handle:
        return [
            {column: None if cell in ("NA", "") else cell for column, cell in row.items()}
            for row in csv.DictReader(handle)
        ]


def read_instruments(path: Path, actors: dict[str, str]) -> list[Instrument]:
    """Every row of commitments.csv, tokens resolved through `actors` (token -> actor id).

    An entry into force is taken from the signature where the register leaves it open.

    Raises:
        KeyError: a token that no actor answers to (run the register check first).
        DateError: an unreadable date.
    """
    return [_instrument(row, actors) for row in read_rows(path)]


def _instrument(row: dict[str, str | None], actors: dict[str, str]) -> Instrument:
    signed, in_force = _span(row["signed"]), _span(row["in_force"])
    if signed and in_force and in_force.first < signed.first:
        in_force = DateSpan(first=signed.first, last=max(in_force.last, signed.first))
    if signed and in_force and in_force.last < signed.last:
        signed = DateSpan(first=signed.first, last=max(in_force.last, signed.first))
    source_date = _span(row["source_date"])
    guarantor, beneficiary = row["guarantor_iso3"], row["beneficiary_iso3"]
    return Instrument(
        id=row["id"] or "",
        title=row["instrument"] or "",
        article=row["article"],
        guarantor=actors[guarantor] if guarantor else None,
        beneficiary=actors[beneficiary] if beneficiary else None,
        members=tuple(actors[m] for m in (row["members_iso3"] or "").split(";") if m),
        obligations={name: _flag(row[name]) for name in OBLIGATIONS},
        note=row["obligation_note"],
        note_date=known_from(row["obligation_note"], source_date),
        signed=signed,
        in_force=None if row["id"] in NOT_IN_FORCE else in_force or signed,
        ended=_span(row["ended"]),
        end_cause=row["end_cause"],
        source={
            "source_table": "foedus-register-2026",
            "source_title": row["source_title"],
            "source_publisher": row["source_publisher"],
            "source_date_first": source_date.first if source_date else None,
            "source_date_last": source_date.last if source_date else None,
            "source_ref": row["source_ref"],
            "confidence": row["confidence"],
        },
        atopid=int(row["atopid"]) if row["atopid"] else None,
    )


def known_from(note: str | None, source_date: DateSpan | None) -> date:
    """The day from which a note gives nothing away: its source's, or a later year it names."""
    years = [int(year) for year in _YEAR.findall(note or "")]
    days = [date(year, 12, 31) for year in years if year <= REGISTER_CODED.year]
    days.append(source_date.last if source_date else REGISTER_CODED)
    return min(max(days), REGISTER_CODED)


def _span(text: str | None) -> DateSpan | None:
    return DateSpan.parse(text) if text else None


def _flag(text: str | None) -> bool | None:
    return None if text is None else text == "1"
