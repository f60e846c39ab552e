"""What a reading did, as blocks."""

from __future__ import annotations

from foedus.assessment.reading import Reading
from foedus.report.blocks import Block, Bullets, Callout, Facts, Paragraph, Text
from foedus.report.figures import count


def reading_blocks(reading: Reading) -> tuple[Block, ...]:
    """Documents added and known, claims coded, and every file that could not be read."""
    facts: list[tuple[str, Text]] = [
        ("Workspace", reading.workspace),
        ("Documents added", str(len(reading.added))),
        ("Already there", str(len(reading.known))),
        ("Claims coded", str(reading.claims)),
        ("Under the threshold", f"{reading.abstained}, kept for review and counted nowhere"),
    ]
    blocks: list[Block] = [Facts(tuple(facts))]
    if reading.not_coded:
        blocks += [Paragraph("Stored, not coded:"), Bullets(reading.not_coded)]
    if reading.failures:
        words = f"{count(len(reading.failures), 'file')} could not be read; the others went on."
        blocks += [Callout("Not read", words, tone="caution"), Bullets(reading.failures)]
    return tuple(blocks)
