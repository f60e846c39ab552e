"""A guarantor's record and rates of fulfilment as blocks."""

from __future__ import annotations

from collections.abc import Sequence

from foedus.domain.fulfilment import GuarantorRecord, RateLine, RuleInfo, WarCase
from foedus.report.blocks import Block, Column, Facts, Foreign, Masthead, Paragraph, Table, Text
from foedus.report.figures import capital, count, day, interval, percent
from foedus.report.sections.record import calls_table

SHOWN = 20


def record_blocks(found: GuarantorRecord) -> tuple[Block, ...]:
    """The rule, the counts, the rates, and every case, newest first."""
    facts: list[tuple[str, Text]] = [
        ("Cases", f"{found.total:,}, {found.first_year} to {found.last_year}"),
        ("Due", f"{found.due:,}"),
        ("Delivered", f"{found.delivered:,}"),
        ("Acted against", f"{found.against:,}"),
        ("Cannot tell", f"{found.unknown:,}"),
    ]
    blocks: list[Block] = [
        Masthead(
            title=f"The record of {found.guarantor.name}",
            kicker=f"Rule {found.rule.name}, {found.coding} coding",
            facts=(("As of", day(found.as_of)),),
        ),
        Paragraph(found.rule.text),
        Paragraph(found.rule.citation, style="small"),
        Facts(tuple(facts)),
        rates_table(found.rates, f"Rates under {found.rule.name}"),
    ]
    if found.calls:
        blocks.append(calls_table(found.calls, "Calls, newest first", terminal_rows=SHOWN))
    if found.wars:
        blocks.append(_wars(found.wars))
    return tuple(blocks)


def rates_blocks(lines: Sequence[RateLine], rule: RuleInfo, coding: str) -> tuple[Block, ...]:
    """Rates by group, with the rule that they stand under."""
    return (
        rates_table(lines, f"Fulfilment under {rule.name}, {coding} coding"),
        Paragraph(rule.text),
        Paragraph(rule.citation, style="small"),
    )


def rates_table(lines: Sequence[RateLine], caption: str) -> Table:
    """Honoured, due, rate, and both intervals of each group."""
    return Table(
        caption,
        (
            Column("Group"),
            Column("Honoured", numeric=True),
            Column("Due", numeric=True),
            Column("Rate", numeric=True),
            Column("95% Wilson", numeric=True),
            Column("95% by war", numeric=True),
            Column("Cannot tell", numeric=True),
        ),
        tuple(
            (
                capital(", ".join(line.group.values())) or "All",
                f"{line.honoured:,}",
                f"{line.due:,}",
                percent(line.rate) if line.rate is not None else "none due",
                interval(line.low, line.high) if line.low is not None else "",
                interval(line.clustered_low, line.clustered_high)
                if line.clustered_low is not None
                else "",
                f"{line.unknown:,}",
            )
            for line in lines
        ),
        note="Wilson’s interval takes cases as independent; the other resamples wars or calls.",
    )


def _wars(wars: Sequence[WarCase]) -> Table:
    return Table(
        f"Alliances in wars ({count(len(wars), 'case')})",
        (Column("War"), Column("Alliance"), Column("Due"), Column("Honoured"), Column("Why")),
        tuple(
            (
                f"{case.war_name}, {case.year}",
                (Foreign(case.title),),
                capital(case.due),
                {True: "yes", False: "no", None: "cannot tell"}[case.honoured]
                if case.due == "due"
                else "",
                case.reason,
            )
            for case in wars
        ),
        terminal_rows=SHOWN,
    )
