"""Guarantors under stress: coverage, shortfall, and why claims are not met."""

from __future__ import annotations

from foedus.domain.stress_tests import GuarantorLine, Sides, StressTest
from foedus.report.blocks import Bar, Block, Chart, Column, Paragraph, Section, Table
from foedus.report.figures import percent

SHOWN = 12
CHARTED = 8


def guarantors_section(test: StressTest) -> Section:
    """Coverage and shortfall, then the reasons, side by side."""
    if not test.guarantors:
        return Section("guarantors", "Guarantors", (Paragraph("Nothing was claimed."),))
    coverage = _coverage(test)
    return Section(
        "guarantors",
        "Guarantors under stress",
        (
            _chart(test, coverage),
            _reasons(test),
            Paragraph(
                "Capability in shares of the world's. Coverage: what can be deployed over the 95th"
                " percentile of forces claimed in the busiest quarter of a run; undefined where"
                " that is 0. Expected shortfall: mean of the largest excess of claims over what is"
                " free in a run.",
                "small",
            ),
        ),
    )


def _both(sides: Sides, form: str, test: StressTest) -> tuple[str, ...]:
    values = (sides.baseline, sides.scenario) if test.scenario else (sides.baseline,)
    return tuple("undefined" if value is None else format(value, form) for value in values)


def _columns(test: StressTest, *names: str) -> tuple[Column, ...]:
    if test.scenario is None:
        return tuple(Column(name, True) for name in names)
    return tuple(
        Column(f"{name}, {side}", True) for name in names for side in ("baseline", "scenario")
    )


def _coverage(test: StressTest) -> Table:
    return Table(
        f"Coverage and shortfall of the {len(test.guarantors)} guarantors claimed most",
        (Column("Guarantor"), Column("Capacity", True),
         *_columns(test, "Coverage", "P(shortfall)", "Expected shortfall")),
        tuple(
            (
                line.name,
                "undefined" if line.capacity.baseline is None else f"{line.capacity.baseline:.2%}",
                *_both(line.coverage, ".2f", test),
                *_both(line.shortfall_chance, ".0%", test),
                *_both(line.shortfall, ".3%", test),
            )
            for line in test.guarantors
        ),
        terminal_rows=SHOWN,
        open_rows=SHOWN,
    )  # fmt: skip


def _reasons(test: StressTest) -> Table:
    return Table(
        "Why claims are not met: shares of what was claimed",
        (Column("Guarantor"), *_columns(test, "Not offered", "Not to hand", "Not through")),
        tuple(
            (
                line.name,
                *_both(line.unwilling, ".1%", test),
                *_both(line.unable, ".1%", test),
                *_both(line.blocked, ".1%", test),
            )
            for line in test.guarantors
        ),
        terminal_rows=SHOWN,
        open_rows=SHOWN,
    )


def _chart(test: StressTest, table: Table) -> Block:
    bars: list[Bar] = []
    for line in test.guarantors[:CHARTED]:
        bars += _bars(line, test)
    return Chart(
        title="Chance that claims pass what can be deployed, in some quarter",
        alternative="; ".join(f"{bar.label}: {bar.figure}" for bar in bars) + ".",
        bars=tuple(bars),
        top=1.0,
        table=table,
    )


def _bars(line: GuarantorLine, test: StressTest) -> list[Bar]:
    sides = line.shortfall_chance
    found = []
    if test.scenario is not None and sides.scenario is not None:
        found.append(Bar(line.name, sides.scenario, None, None, percent(sides.scenario)))
    if sides.baseline is not None:
        label = f"{line.name}, baseline" if test.scenario else line.name
        found.append(Bar(label, sides.baseline, None, None, percent(sides.baseline)))
    return found
