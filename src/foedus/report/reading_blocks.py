"""What a reading did, as blocks."""

from __future__ import annotations

from collections.abc import Sequence

from foedus.assessment.proposing import ReadingEstimate
from foedus.assessment.reading import Reading
from foedus.assessment.second_coding import ModelReading
from foedus.report.blocks import Block, Bullets, Callout, Column, Facts, Paragraph, Table, Text
from foedus.report.figures import count
from foedus.workspace.quarantine import Quarantined


def reading_blocks(reading: Reading) -> tuple[Block, ...]:
    """Documents added and known, claims coded, and every file that could not be read."""
    facts: list[tuple[str, Text]] = [
        ("Workspace", reading.workspace),
        ("Documents added", str(len(reading.added))),
        ("Already there", str(len(reading.known))),
        ("Claims coded", str(reading.claims)),
        ("Under the threshold", f"{reading.abstained}, kept for review and counted nowhere"),
    ]
    if reading.dropped:
        facts.append(("Dropped", _dropped(reading.dropped)))
    blocks: list[Block] = [Facts(tuple(facts))]
    if reading.model is not None:
        blocks += _model(reading.model)
    if reading.not_coded:
        blocks += [Paragraph("Stored, not coded:"), Bullets(reading.not_coded)]
    if reading.failures:
        words = f"{count(len(reading.failures), 'file')} could not be read; the others went on."
        blocks += [Callout("Not read", words, tone="caution"), Bullets(reading.failures)]
    if reading.passed_over:
        files = count(reading.passed_over, "file")
        blocks.append(
            Paragraph(
                f"{files} of them in quarantine since an earlier reading, unchanged and not"
                " tried again: --retry-quarantined tries them."
            )
        )
    return tuple(blocks)


def quarantine_blocks(held: Sequence[Quarantined]) -> tuple[Block, ...]:
    """Each file that could not be read, and why."""
    if not held:
        return (Paragraph("Nothing is in quarantine."),)
    return (
        Table(
            "In quarantine",
            (Column("File"), Column("Reason"), Column("Tries", numeric=True), Column("Last try")),
            tuple(
                (one.name, one.reason, str(one.tries), f"{one.last:%Y-%m-%d %H:%M} UTC")
                for one in held
            ),
            note="A reading passes these over until they change; `foedus read"
            " --retry-quarantined` tries them again.",
        ),
    )


def estimate_blocks(estimate: ReadingEstimate) -> tuple[Block, ...]:
    """What asking a model would cost."""
    facts: list[tuple[str, Text]] = [
        ("Model", estimate.model or "none is named in the settings"),
        ("Documents", str(estimate.documents)),
        ("Questions", f"{estimate.questions}, of which {estimate.kept} are answered already"),
        ("Tokens to send", f"about {estimate.tokens_in:,}"),
        ("Tokens to receive", f"about {estimate.tokens_out:,}"),
        ("Cost", _dollars(estimate.dollars)),
    ]
    blocks: list[Block] = [Facts(tuple(facts))]
    if estimate.failures:
        words = f"{count(len(estimate.failures), 'file')} could not be read."
        blocks += [Callout("Not read", words, tone="caution"), Bullets(estimate.failures)]
    return tuple(blocks)


def _model(model: ModelReading) -> list[Block]:
    both = model.agreement
    facts: list[tuple[str, Text]] = [
        ("Model", f"{model.coder}, prompt {model.version}, at {model.endpoint}"),
        ("Claims that it proposed", f"{model.claims}, and {model.abstained} under the threshold"),
        ("Dropped", _dropped(model.dropped) if model.dropped else "none"),
        ("Tokens", f"{model.tokens_in:,} sent, {model.tokens_out:,} received"),
        ("Cost", _dollars(model.dollars)),
        (
            "Agreement with the lexicon",
            f"{count(both.documents, 'document')}; {both.first_claims} and {both.second_claims}"
            f" claims; {both.matched} on the same words, of which the parties agree in"
            f" {both.dyad}, the act in {both.act}, all in {both.full}",
        ),
    ]
    blocks: list[Block] = [Paragraph("The model's proposals:"), Facts(tuple(facts))]
    if model.not_asked:
        words = f"{count(len(model.not_asked), 'document')} left out; run again with a larger one."
        blocks += [Callout("Budget spent", words, tone="caution"), Bullets(model.not_asked)]
    return blocks


def _dropped(dropped: dict[str, int]) -> str:
    parts = [f"{number} ({reason})" for reason, number in sorted(dropped.items())]
    return f"{sum(dropped.values())}: " + ", ".join(parts)


def _dollars(dollars: float | None) -> str:
    if dollars is None:
        return "unknown: input_price and output_price are not in the settings"
    return f"${dollars:,.4f}" if dollars < 1 else f"${dollars:,.2f}"
