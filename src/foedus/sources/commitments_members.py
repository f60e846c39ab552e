"""Who belonged to a multilateral pact of the register: ATOP to 2018, then the register."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from foedus.domain.dates import DateSpan
from foedus.sources.commitments_register import Instrument, read_rows

ATOP_LAST = date(2018, 12, 31)

ORGANISATIONS: dict[str, str] = {
    "nato-1949": "NATO",
    "csto-1992": "CSTO",
    "rio-1947": "RIO",
    "arab-league-jdc-1950": "ARAB_LEAGUE",
    "gcc-jda-2000": "GCC",
    "anzus-1951": "ANZUS",
    "fpda-1971": "FPDA",
    "eu-42-7": "EU",
    "ecowas-1981": "ECOWAS",
    "ecowas-mechanism-1999": "ECOWAS",
    "sadc-mdp-2003": "SADC",
    "aes-2023": "AES",
    "aukus-2021": "AUKUS",
    "quad-2017": "QUAD",
    "sco-2001": "SCO",
    "brics-2009": "BRICS",
    "alba-2004": "ALBA",
    "islamic-coalition-2015": "IMCTC",
    "ots-1992": "OTS",
    "jef-2012": "JEF",
    "sykes-mnjtf-2015": "MNJTF",
}
"""The organisation whose dated members bound a pact's members."""

SAME_MEMBERS = frozenset({"nato-1949", "rio-1947"})
"""Pacts whose parties are the organisation's members, so that a later joiner is a party."""

LATE_ENTRIES: dict[tuple[str, str], str] = {("c-sipa-2023", "GBR"): "2025"}
"""Accessions that a pact's `obligation_note` tells and no organisation row dates."""


@dataclass(frozen=True)
class Spell:
    """One member's time in a pact; `joined` is null where not even the signature is known.

    `resumed` is the end of the last suspension within it.
    """

    joined: DateSpan | None
    left: DateSpan | None
    cause: str | None
    resumed: DateSpan | None = None


def read_memberships(path: Path, actors: dict[str, str]) -> dict[tuple[str, str], list[Spell]]:
    """Spells by (organisation token, member id) from organisations.csv, in order of time.

    Observers are left out. A suspension that keeps the obligation joins its neighbours: being
    barred from an organisation's councils does not end the treaty.
    """
    spells: dict[tuple[str, str], list[Spell]] = {}
    rows = sorted(read_rows(path), key=lambda row: row["joined"] or "")
    for row in rows:
        bound = row["status"] == "member" or (
            row["status"] == "suspended" and row["defence_obligation"] == "1"
        )
        if not bound or not row["joined"] or not row["member_iso3"]:
            continue
        key = (row["org"] or "", actors[row["member_iso3"]])
        spell = Spell(
            DateSpan.parse(row["joined"]),
            DateSpan.parse(row["left"]) if row["left"] else None,
            "left the organisation" if row["left"] else None,
        )
        held = spells.setdefault(key, [])
        if held and held[-1].left and held[-1].joined and held[-1].left == spell.joined:
            resumed = spell.joined if row["status"] == "member" else held[-1].resumed
            held[-1] = Spell(held[-1].joined, spell.left, spell.cause, resumed)
        else:
            held.append(spell)
    return spells


class Membership:
    """The spells of the members of one pact after 2018, and their entry into it before."""

    def __init__(
        self,
        pact: Instrument,
        rows: list[Instrument],
        organisations: dict[tuple[str, str], list[Spell]],
    ) -> None:
        self._pact = pact
        self._organisation = ORGANISATIONS.get(pact.id)
        self._organisations = organisations
        extra = [row for row in rows if row.parent == pact.id]
        self.frozen = {m: row for row in extra if row.id.endswith("-freeze") for m in row.members}
        self.joined = {m: row for row in extra if "-acc-" in row.id for m in row.members}
        self.left = {m: row for row in extra if row.ended for m in row.members}
        self.members = set(pact.members)
        if pact.id in SAME_MEMBERS:
            self.members |= {
                member
                for (name, member), spells in organisations.items()
                if name == self._organisation and _last_open(spells)
            }

    def confirmed(self, member: str) -> bool:
        """Whether the register knows the member's place in the pact after 2018."""
        return member in self.members or bool(self._spells(member))

    def left_after_2018(self, member: str) -> Spell | None:
        """The spell in which the member left after ATOP's last day, if it did.

        A member that froze its part is still bound: a freeze is no withdrawal.
        """
        if member in self.frozen:
            return None
        for spell in self._spells(member):
            if spell.left and spell.left.first > ATOP_LAST and _on(spell, ATOP_LAST):
                return spell
        return None

    def entry(self, member: str, signed: date) -> DateSpan | None:
        """The entry into force that followed a signature, where an organisation row dates it."""
        for spell in self._spells(member):
            if spell.joined and 0 <= (spell.joined.first - signed).days <= 1200:
                return spell.joined
        return None

    def spells(self, member: str, *, in_atop: bool, entered: DateSpan | None) -> list[Spell]:
        """The member's spells, for pairs that ATOP does not hold.

        `in_atop`: ATOP lists the member. `entered`: its entry, where ATOP has it in force on
        its last day; a member that ATOP saw leave counts only if it came back later.
        """
        if entered:
            left = self.left_after_2018(member)
            end, cause = (left.left, left.cause) if left else (None, None)
            start = Spell(later(entered, self._pact.in_force), end, cause)
            return [start, *self._after_2018(member)]
        if in_atop:
            back = [
                Spell(s.resumed, s.left, s.cause)
                for s in self._spells(member)
                if s.resumed and s.resumed.first > ATOP_LAST
            ]
            return [*self._after_2018(member), *back]
        late = LATE_ENTRIES.get((self._pact.id, member))
        if late:
            return [Spell(DateSpan.parse(late), None, None)]
        if self._spells(member):
            return [
                Spell(later(spell.joined, self._pact.in_force), spell.left, spell.cause)
                for spell in self._spells(member)
            ]
        start_row = self.joined.get(member) or self._pact
        return [Spell(start_row.in_force, start_row.ended, start_row.end_cause)]

    def _spells(self, member: str) -> list[Spell]:
        return self._organisations.get((self._organisation or "", member), [])

    def _after_2018(self, member: str) -> list[Spell]:
        return [s for s in self._spells(member) if s.joined and s.joined.first > ATOP_LAST]


def later(one: DateSpan | None, other: DateSpan | None) -> DateSpan | None:
    """The later of two dates; the one that is known where the other is not."""
    if one is None or other is None:
        return one or other
    return max(one, other, key=lambda span: (span.last, span.first))


def earlier(one: DateSpan | None, other: DateSpan | None) -> DateSpan | None:
    """The earlier of two ends; null ends never come."""
    if one is None or other is None:
        return one or other
    return min(one, other, key=lambda span: (span.first, span.last))


def _on(spell: Spell, day: date) -> bool:
    return bool(spell.joined and spell.joined.first <= day)


def _last_open(spells: list[Spell]) -> bool:
    return bool(spells) and spells[-1].left is None
