"""Where the register and ATOP hold the same instrument: one row, refined, never two.

ATOP gives who was bound to 2018 and under which conditions; the register gives the name, the
article, the finer dates, its own reading of the obligations and the years after 2018. A pair's
last ATOP row becomes the register's row; earlier phases keep ATOP's coding under the
register's title. Where the two readings differ the register's stands and the difference is
listed in `Refined.differences`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from foedus.domain.commitments import OBLIGATIONS
from foedus.domain.dates import DateSpan
from foedus.sources.atop import CONDITIONS, NEW_PHASE
from foedus.sources.commitments_members import ATOP_LAST, Membership, Spell, earlier, later
from foedus.sources.commitments_register import BENEFICIARIES, Instrument

Row = dict[str, object]
Pair = tuple[str, str]

_OF_THE_TEXT = (
    *CONDITIONS,
    "phase",
    "asymmetric",
    "secret",
    "formed_in_wartime",
    "specific_threats",
)


@dataclass
class Refined:
    """Finished rows, and the differences between ATOP's and the register's coding."""

    rows: list[Row] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)


def span_of(row: Row, name: str) -> DateSpan | None:
    """The dated column pair `<name>_first`, `<name>_last` as one span."""
    first, last = row.get(f"{name}_first"), row.get(f"{name}_last")
    if not isinstance(first, date) or not isinstance(last, date):
        return None
    return DateSpan(first=first, last=last)


def set_span(row: Row, name: str, span: DateSpan | None) -> None:
    """Write a span into its column pair."""
    row[f"{name}_first"] = span.first if span else None
    row[f"{name}_last"] = span.last if span else None


def by_pair(rows: Iterable[Row]) -> dict[Pair, list[Row]]:
    """Rows by (guarantor, beneficiary), in order of time."""
    pairs: dict[Pair, list[Row]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: str(row["in_force_first"])):
        pairs[str(row["guarantor"]), str(row["beneficiary"])].append(row)
    return pairs


def take_over(row: Row, instrument: Instrument, out: Refined, *, coded: bool = True) -> None:
    """Make an ATOP row the register's; `coded` says that the register codes this direction."""
    row |= {
        "id": f"{instrument.id}:{row['guarantor']}>{row['beneficiary']}",
        "instrument": instrument.parent or instrument.id,
        "title": instrument.title,
        "article": instrument.article,
        "origin": "register",
        "known_until": None,
        **instrument.source,
    }
    if not coded:
        return
    row |= {"note": instrument.note, "note_date": instrument.note_date}
    for name in OBLIGATIONS:
        theirs, ours = row[name], instrument.obligations[name]
        if theirs != ours:
            out.differences.append(f"{row['id']} (ATOP {row['atopid']}): {name} {theirs} -> {ours}")
        row[name] = ours
        if not ours:
            for condition in CONDITIONS:
                if condition.startswith(f"{name}_"):
                    row[condition] = None


def put_into_force(rows: list[Row], index: int, start: DateSpan | None) -> None:
    """Move the row's entry into force to a later `start`; an earlier phase holds until then."""
    row = rows[index]
    held, end = span_of(row, "in_force"), span_of(row, "ended")
    if start is None or (held and start.last <= held.last) or (end and end.first <= start.first):
        return
    set_span(row, "in_force", start)
    before = rows[index - 1] if index else None
    if before is not None and before["end_cause"] == NEW_PHASE:
        eve = start.first - timedelta(days=1)
        set_span(before, "ended", DateSpan(first=eve, last=eve))


def home_row(rows: list[Row], signed: DateSpan | None) -> int:
    """Index of the phase that begins nearest to the register's date of signature."""
    if signed is None:
        return 0
    target = signed.first

    def distance(index: int) -> int:
        start = span_of(rows[index], "signed")
        return abs((start.first - target).days) if start else 0

    return min(range(len(rows)), key=distance)


def refine_pair(instrument: Instrument, atop: list[Row], own: set[Pair], out: Refined) -> None:
    """Refine one directed promise; its mirror too, where the register has no row for it."""
    if instrument.guarantor is None or instrument.beneficiary is None:
        raise ValueError(f"{instrument.id} is no directed pair")
    pairs = by_pair(atop)
    pair = (instrument.guarantor, instrument.beneficiary)
    mirror = (instrument.beneficiary, instrument.guarantor)
    for each in (pair, mirror) if mirror not in own else (pair,):
        rows = pairs[each]
        latest = instrument.ended.first if instrument.ended else date.max
        known = [i for i, row in enumerate(rows) if _begins(row) <= latest]
        home = home_row(rows, instrument.signed)
        for row in rows:
            row["instrument"] = instrument.id
        for row in rows[home:]:
            row["title"] = instrument.title
        if not known or (each == mirror and rows[known[-1]]["ended_last"] is not None):
            continue
        last = known[-1]
        if rows[last]["ended_last"] is not None and instrument.ended is None:
            out.differences.append(
                f"{instrument.id} (ATOP {instrument.atopid}): ended {rows[last]['ended_first']}"
                f" ({rows[last]['end_cause']}) -> in force"
            )
        elif _open_in_2018(rows[last]) and instrument.ended and instrument.ended.last <= ATOP_LAST:
            out.differences.append(
                f"{instrument.id} (ATOP {instrument.atopid}): in force 2018 -> ended"
                f" {instrument.ended} ({instrument.end_cause})"
            )
        take_over(rows[last], instrument, out, coded=each == pair)
        set_span(rows[last], "ended", instrument.ended)
        rows[last]["end_cause"] = instrument.end_cause
        put_into_force(rows, home, instrument.in_force)


def refine_pact(pact: Instrument, parties: Membership, atop: list[Row], out: Refined) -> None:
    """Refine every pair of one multilateral pact and add the pairs that ATOP cannot know."""
    pairs = by_pair(atop)
    entered: dict[str, DateSpan] = {}
    for row in atop:
        member, held = str(row["guarantor"]), span_of(row, "in_force")
        if row["ended_last"] is None and held:
            entered[member] = earlier(entered.get(member), held) or held
    open_pairs = {pair for pair, rows in pairs.items() if rows[-1]["ended_last"] is None}
    for pair, rows in pairs.items():
        home = home_row(rows, pact.signed)
        for index, row in enumerate(rows):
            row["instrument"] = pact.id
            if index >= home:
                row["title"] = pact.title
            start = pact.in_force if index >= home else None
            if signed := span_of(row, "signed"):
                for member in pair:
                    start = later(start, parties.entry(member, signed.first))
            put_into_force(rows, index, start)
        last = rows[-1]
        if last["ended_last"] is None:
            if all(parties.confirmed(member) for member in pair):
                take_over(last, pact, out)
                for member in pair:
                    if spell := parties.left_after_2018(member):
                        _end(last, spell)
        elif left := _left_row(last, pair, parties):
            take_over(last, left, out)
            if left.signed == pact.signed:
                last["title"] = pact.title
            if left.ended and left.ended.first == left.ended.last:
                set_span(last, "ended", left.ended)
                last["end_cause"] = left.end_cause
    _add_pairs(pact, parties, atop, (entered, open_pairs), out)
    for row in [*atop, *out.rows]:
        if row["instrument"] == pact.id and row["ended_last"] is None:
            for party in (row["guarantor"], row["beneficiary"]):
                if frozen := parties.frozen.get(str(party)):
                    out.rows.append(_freeze(row, frozen))
                    break


def _add_pairs(
    pact: Instrument,
    parties: Membership,
    atop: list[Row],
    in_2018: tuple[dict[str, DateSpan], set[Pair]],
    out: Refined,
) -> None:
    entered, open_pairs = in_2018
    in_atop = {str(row["guarantor"]) for row in atop}
    coded = [row for row in atop if row["origin"] == "register" and row["ended_last"] is None]
    text: Row = {name: coded[-1][name] for name in _OF_THE_TEXT} if coded else {"phase": 0}
    members = sorted(parties.members)
    spells = {m: parties.spells(m, in_atop=m in in_atop, entered=entered.get(m)) for m in members}
    to = BENEFICIARIES.get(pact.id, tuple(members))
    for pair in ((g, b) for g in members for b in members if g != b and b in to):
        for i, one in enumerate(spells[pair[0]]):
            for j, other in enumerate(spells[pair[1]]):
                if pair not in open_pairs or i or j:
                    _add_pair(pact, parties, pair, (one, other), text, out)


def _add_pair(
    pact: Instrument,
    parties: Membership,
    pair: Pair,
    spells: tuple[Spell, Spell],
    text: Row,
    out: Refined,
) -> None:
    start = later(spells[0].joined, spells[1].joined)
    end = earlier(spells[0].left, spells[1].left)
    if start and end and end.first <= start.first:
        return
    joined = [parties.joined[m] for m in pair if m in parties.joined]
    source = max(joined, key=lambda row: str(row.in_force), default=pact)
    founding = source is pact and start == pact.in_force
    row = new_row(source, pair, text, pact.atopid)
    set_span(row, "signed", source.signed if founding or joined else None)
    set_span(row, "in_force", start)
    set_span(row, "ended", end)
    row["end_cause"] = next((s.cause for s in spells if end and s.left == end), None)
    row["multilateral"] = True
    out.rows.append(row)


def new_row(instrument: Instrument, pair: Pair, text: Row, atopid: int | None) -> Row:
    """A row of the register for one directed pair; `text` holds what ATOP codes of the treaty."""
    row: Row = dict.fromkeys((*CONDITIONS, *_OF_THE_TEXT))
    row |= text | {
        "id": f"{instrument.id}:{pair[0]}>{pair[1]}",
        "instrument": instrument.parent or instrument.id,
        "title": instrument.title,
        "article": instrument.article,
        "guarantor": pair[0],
        "beneficiary": pair[1],
        "multilateral": False,
        "note": instrument.note,
        "note_date": instrument.note_date,
        "known_until": None,
        "end_cause": instrument.end_cause,
        "atopid": atopid,
        "origin": "register",
        **instrument.obligations,
        **instrument.source,
    }
    set_span(row, "signed", instrument.signed)
    set_span(row, "in_force", instrument.in_force)
    set_span(row, "ended", instrument.ended)
    return row


def _open_in_2018(row: Row) -> bool:
    return row["ended_last"] is None and row["known_until"] is not None


def _begins(row: Row) -> date:
    held = span_of(row, "in_force")
    return held.first if held else date.min


def _end(row: Row, spell: Spell) -> None:
    held = span_of(row, "ended")
    end = earlier(held, spell.left)
    if end != held:
        set_span(row, "ended", end)
        row["end_cause"] = spell.cause


def _left_row(row: Row, pair: Pair, parties: Membership) -> Instrument | None:
    """The register's row for a member that left, if it tells of this spell."""
    start, end = span_of(row, "signed"), span_of(row, "ended")
    for member in pair:
        left = parties.left.get(member)
        if left is None or left.ended is None or start is None or end is None:
            continue
        entry = left.signed or left.in_force
        near = abs((end.first - left.ended.last).days) <= 800
        if near and (entry is None or entry.first <= start.first + timedelta(days=31)):
            return left
    return None


def _freeze(row: Row, frozen: Instrument) -> Row:
    """Split a promise where a party froze its part.

    A freeze is no withdrawal: what the treaty obliges to stays, and the register's note says
    that both sides treat it as dormant.
    """
    after = dict(row)
    after |= {
        "id": f"{frozen.id}:{row['guarantor']}>{row['beneficiary']}",
        "title": f"{row['title']}; participation frozen",
        "note": frozen.note,
        "note_date": frozen.note_date,
        **frozen.source,
    }
    set_span(after, "in_force", frozen.in_force)
    if frozen.in_force:
        eve = frozen.in_force.first - timedelta(days=1)
        set_span(row, "ended", DateSpan(first=eve, last=eve))
        row["end_cause"] = NEW_PHASE
    return after
