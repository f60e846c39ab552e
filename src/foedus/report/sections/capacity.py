"""Capacity and drains: what the guarantor has, and what already draws on it."""

from __future__ import annotations

from foedus.domain.actors import in_prose
from foedus.domain.assessments import Assessment, CapabilityShare, Capacity, Drain
from foedus.domain.commitments import OBLIGATIONS, Obligation
from foedus.report.blocks import (
    Bar,
    Block,
    Bullets,
    Chart,
    Column,
    Foreign,
    Paragraph,
    Section,
    Table,
)
from foedus.report.figures import UNKNOWN, capital, count, day, edtf, sentence
from foedus.report.sections.promise import OBLIGATION_WORDS


def capacity_section(assessment: Assessment) -> Section:
    """Capability shares, drains, commitments by obligation, and until when load is known."""
    capacity = assessment.capacity
    guarantor = in_prose(assessment.guarantor.name)
    blocks: list[Block] = []
    if capacity.shares:
        blocks.append(_shares(capacity.shares))
    if capacity.drains:
        blocks.append(_drains(capacity.drains, guarantor))
    else:
        blocks.append(
            Paragraph(f"No war, conflict or dispute of {guarantor} is known to be under way.")
        )
    until = (
        f"Datasets of wars cover up to {day(capacity.load_known_until)}; later drains are known "
        "from the register alone."
        if capacity.load_known_until
        else "Until when datasets of wars cover this date is unknown; drains may be missing."
    )
    blocks.append(Paragraph(until, style="small"))
    if capacity.commitments:
        blocks.append(_commitments(capacity, guarantor))
    else:
        blocks.append(Paragraph(f"No promise of {guarantor} in force is known."))
    if capacity.notes:
        blocks.append(Bullets(tuple(sentence(note) for note in capacity.notes)))
    return Section("capacity", "Capacity and drains", tuple(blocks))


def share_figure(share: float | None) -> str:
    """A share of world capability, to one decimal: most states hold under 1%."""
    if share is None:
        return UNKNOWN
    return "<0.1%" if 0 < share < 0.001 else f"{share:.1%}"


def _shares(shares: tuple[CapabilityShare, ...]) -> Block:
    table = Table(
        "Share of world material capability",
        (
            Column("State"),
            Column("Share", numeric=True),
            Column("Rank", numeric=True),
            Column("Year", numeric=True),
        ),
        tuple(
            (
                row.name,
                share_figure(row.share),
                str(row.rank) if row.rank is not None else UNKNOWN,
                str(row.year) if row.year is not None else UNKNOWN,
            )
            for row in shares
        ),
    )
    bars = tuple(
        Bar(row.name, row.share, None, None, share_figure(row.share))
        for row in shares
        if row.share is not None
    )
    if not bars:
        return table
    largest = max(bar.value for bar in bars)
    return Chart(
        title="Share of world material capability",
        alternative="; ".join(f"{bar.label}: {bar.figure}" for bar in bars) + ".",
        bars=bars,
        top=next(top for top in (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0) if largest <= top),
        table=table,
    )


def _drains(drains: tuple[Drain, ...], guarantor: str) -> Table:
    return Table(
        f"Wars, conflicts and disputes that occupy {guarantor} ({len(drains)})",
        (Column("Name"), Column("Kind"), Column("Since"), Column("Role"), Column("Source")),
        tuple(
            (
                (Foreign(drain.name),),
                capital(drain.kind.replace("_", " ")),
                edtf(drain.since),
                capital(drain.role),
                (Foreign(drain.source),),
            )
            for drain in drains
        ),
        terminal_rows=10,
    )


def _commitments(capacity: Capacity, guarantor: str) -> Table:
    order: list[str] = [*OBLIGATIONS, *sorted(set(capacity.commitments) - set(OBLIGATIONS))]
    words: dict[str, str] = {str(key): value for key, value in OBLIGATION_WORDS.items()}

    def label(key: Obligation | str) -> str:
        return capital(words.get(key, key.replace("_", " ")))

    return Table(
        f"Promises of {guarantor} in force, to "
        f"{count(capacity.beneficiaries, 'beneficiary', 'beneficiaries')}",
        (Column("Obligation"), Column("Directed promises", numeric=True)),
        tuple(
            (label(key), f"{capacity.commitments[key]:,}")
            for key in order
            if key in capacity.commitments
        ),
        note="One instrument can hold several obligations.",
    )
