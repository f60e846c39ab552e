"""Record: past calls, what was owed, what was delivered, and the rates under a named rule."""

from __future__ import annotations

from foedus.domain.actors import in_prose
from foedus.domain.assessments import Assessment, PastCall, Rate
from foedus.report.blocks import (
    Block,
    Column,
    Foreign,
    Inline,
    Paragraph,
    Section,
    Strong,
    Table,
    Text,
)
from foedus.report.figures import capital, interval, listed, percent, span
from foedus.report.sections.promise import OBLIGATION_WORDS
from foedus.report.source_text import sources_text

TERMINAL_CALLS = 12
OPEN_CALLS = 25
ATTACKED = Column("Attacked")
_COLUMNS = (
    Column("When"),
    Column("Call"),
    ATTACKED,
    Column("Challengers"),
    Column("Owed"),
    Column("Delivered"),
    Column("Source"),
)


def record_section(assessment: Assessment) -> Section:
    """The rule, the rates, the calls with this beneficiary, then the guarantor's other calls."""
    record = assessment.record
    guarantor, beneficiary = (
        in_prose(assessment.guarantor.name),
        in_prose(assessment.beneficiary.name),
    )
    blocks: list[Block] = [
        Paragraph(("Rule ", Strong(record.rule), f": {record.rule_text}")),
    ]
    if record.rates:
        blocks.append(_rates(record.rates))
    if record.open:
        blocks.append(calls_table(record.open, "Under attack now: given so far", of_one=True))
    if not record.total:
        blocks.append(Paragraph(f"No past call of a beneficiary of {guarantor} is known."))
        return Section("record", "Record", tuple(blocks))
    if record.with_beneficiary:
        blocks.append(
            calls_table(
                record.with_beneficiary, f"Calls in which {beneficiary} was attacked", of_one=True
            )
        )
    else:
        blocks.append(
            Paragraph(f"No past call in which {beneficiary} was attacked stands in the record.")
        )
    here = {past.call.id for past in record.with_beneficiary}
    others = tuple(past for past in record.calls if past.call.id not in here)
    if others:
        blocks.append(calls_table(others, f"Other calls of {guarantor}, newest first"))
    listed_calls = len(others) + len(record.with_beneficiary)
    if listed_calls < record.total:
        blocks.append(
            Paragraph(f"Showing {listed_calls:,} of {record.total:,} calls.", style="small")
        )
    return Section("record", "Record", tuple(blocks))


def _rates(rates: tuple[Rate, ...]) -> Table:
    return Table(
        "How often what was owed was delivered",
        (
            Column("Calls"),
            Column("Came", numeric=True),
            Column("Of calls", numeric=True),
            Column("Rate", numeric=True),
            Column("95% interval", numeric=True),
            Column("Cannot tell", numeric=True),
        ),
        tuple(
            (
                capital(rate.label),
                f"{rate.honoured:,}",
                f"{rate.due:,}",
                percent(rate.rate) if rate.rate is not None else "none due",
                interval(rate.low, rate.high) if rate.rate is not None else "",
                f"{rate.unknown:,}",
            )
            for rate in rates
        ),
        note="Wilson intervals. The sources of “cannot tell” calls leave open whether it came; "
        "these are outside the rate.",
    )


def calls_table(
    calls: tuple[PastCall, ...],
    caption: str,
    *,
    of_one: bool = False,
    terminal_rows: int = TERMINAL_CALLS,
) -> Table:
    """A table of calls; where all are one beneficiary's, nobody needs telling whose."""
    shown = [index for index, column in enumerate(_COLUMNS) if not (of_one and column == ATTACKED)]
    return Table(
        f"{caption} ({len(calls):,})",
        tuple(_COLUMNS[index] for index in shown),
        tuple(tuple(row[index] for index in shown) for row in map(_row, calls)),
        terminal_rows=terminal_rows,
        open_rows=OPEN_CALLS,
    )


def _row(past: PastCall) -> tuple[Text, ...]:
    call = past.call
    return (
        _when(past),
        (Foreign(call.name),),
        _attacked(past),
        listed(past.challenger_names) or "unknown",
        _owed(past),
        _delivered(past),
        sources_text((call.source, *(response.source for response in past.responses))),
    )


def _when(past: PastCall) -> str:
    started = span(past.call.started)
    if past.call.ended is None:
        return f"{started} – (no end known)"
    ended = span(past.call.ended)
    return started if started == ended else f"{started} – {ended}"


def _attacked(past: PastCall) -> str:
    if past.call.role == "initiator":
        return f"{past.beneficiary_name} (struck first)"
    return past.beneficiary_name


def _owed(past: PastCall) -> Text:
    verdict = past.verdict
    words = capital(verdict.due)
    if verdict.due == "due" and verdict.obligation:
        words += f" ({OBLIGATION_WORDS[verdict.obligation]})"
    parts: list[Inline] = [Strong(words)]
    if verdict.reason:
        parts.append(f": {verdict.reason}")
    return tuple(parts)


def _delivered(past: PastCall) -> Text:
    parts: list[Inline] = [Strong(capital(str(past.delivered)))]
    if not past.responses:
        parts.append(" (not listed by the source)")
    given = sorted({name for response in past.responses for name in response.support})
    if given:
        parts.append(f" ({listed([name.replace('_', ' and ') for name in given])})")
    if past.opposed:
        parts.append("; acted against the beneficiary")
    return tuple(parts)
