"""What happens in the runs: events, who falls, which commitments fail."""

from __future__ import annotations

from foedus.domain.stress_tests import (
    RUNS_A_DRAW,
    FallLine,
    Interval,
    IntervalSides,
    Sides,
    StressTest,
    TieLine,
)
from foedus.report.blocks import Bar, Block, Chart, Column, Paragraph, Section, Table
from foedus.report.figures import count, interval, percent

EVENT_WORDS = {
    "calls": "calls",
    "wars": "of them wars",
    "tested": "of them that test promises",
    "defaults": "defaults on claims",
    "unable": "of them unable",
    "falls": "regimes and groups fallen in war",
    "lapses": "texts that ended",
    "hedges": "endings by hedging",
    "cut": "defaults by lost passage",
}
SHOWN = 12
CHARTED = 7


def mean(value: float | None) -> str:
    """A mean with two digits; `undefined` for null."""
    return "undefined" if value is None else f"{value:,.2f}"


def share(value: Interval | None) -> str:
    """A share of runs with its range, which is left out where both ends print the same."""
    if value is None:
        return "-"
    shown = percent(value.value)
    if percent(value.low) == percent(value.high):
        return shown
    return f"{shown} ({interval(value.low, value.high)})"


def ranges(test: StressTest) -> str:
    """What the ranges are, and how many draws they rest on."""
    return (
        f"Ranges: 5-95% over {count(test.draws, 'draw')} of the parameters, each of which serves"
        f" {RUNS_A_DRAW:,} runs; none where both ends print the same."
    )


def events_section(test: StressTest) -> Section:
    """Means of one run, and their course by year."""
    both = test.scenario is not None
    lines = [_event(EVENT_WORDS[line.event], line.mean, both) for line in test.events]
    lines.append(_event("cascade: secondary events", test.cascade.mean, both))
    lines.append(_event("cascade: 95th percentile", test.cascade.high, both))
    head = (Column("In one run"), Column("Baseline", True))
    more = (Column("Scenario", True), Column("Change", True)) if both else ()
    return Section(
        "events",
        "What happens",
        (
            Table("Mean of one run", (*head, *more), tuple(lines)),
            _course(test),
            Paragraph(
                "A secondary event is a commitment ended by hedging, a regime or group that falls"
                " unscripted, or support stopped by a lost passage.",
                "small",
            ),
        ),
    )


def _event(words: str, sides: Sides, both: bool) -> tuple[str, ...]:
    row = (words, mean(sides.baseline))
    if not both:
        return row
    change = (
        "undefined" if sides.baseline is None or sides.scenario is None
        else f"{sides.scenario - sides.baseline:+,.2f}"
    )  # fmt: skip
    return (*row, mean(sides.scenario), change)


def _course(test: StressTest) -> Block:
    """Calls, defaults and falls by year."""
    years = range(0, test.quarters, 4)
    chosen = [line for line in test.events if line.event in ("wars", "defaults", "falls", "hedges")]

    def by_year(quarters: tuple[float, ...] | None, at: int) -> str:
        return "-" if quarters is None else f"{sum(quarters[at : at + 4]):,.2f}"

    columns = [Column("Year", True)]
    for line in chosen:
        name = line.event.capitalize()
        columns.append(Column(f"{name}, baseline" if test.scenario else name, True))
        if test.scenario:
            columns.append(Column(f"{name}, scenario", True))
    rows = []
    for at in years:
        row = [str(at // 4 + 1)]
        for line in chosen:
            row.append(by_year(line.by_quarter_baseline, at))
            if test.scenario:
                row.append(by_year(line.by_quarter_scenario, at))
        rows.append(tuple(row))
    return Table("Mean events by year of the horizon", tuple(columns), tuple(rows))


def falls_section(test: StressTest) -> Section:
    """Who is next to fall: chart and table."""
    if not test.falls:
        return Section("next", "Next to fall", (Paragraph("Nobody falls in any run."),))
    charted = [line for line in test.falls if not line.scripted][:CHARTED]
    both = test.scenario is not None
    table = Table(
        f"Chance to have fallen by the end ({count(len(test.falls), 'actor')})",
        (
            Column("Actor"), Column("Baseline", True),
            *((Column("Scenario", True), Column("How")) if both else ()),
        ),
        tuple(_fall(line, both) for line in test.falls),
        note=ranges(test),
        terminal_rows=SHOWN,
        open_rows=SHOWN,
    )  # fmt: skip
    if not charted:
        return Section("next", "Next to fall", (table,))
    return Section(
        "next", "Next to fall",
        (_bars("Chance to have fallen by the end", [(line.name, line.chance) for line in charted],
               table),),
    )  # fmt: skip


def _fall(line: FallLine, both: bool) -> tuple[str, ...]:
    row = (line.name, share(line.chance.baseline))
    if not both:
        return row
    return (*row, share(line.chance.scenario), "scripted" if line.scripted else "model")


def _bars(title: str, lines: list[tuple[str, IntervalSides]], table: Table) -> Chart:
    """Scenario over baseline for each line, or the baseline alone."""
    bars = []
    for name, sides in lines:
        if sides.scenario is not None:
            bars.append(_bar(name, sides.scenario))
            bars.append(_bar(f"{name}, baseline", sides.baseline))
        else:
            bars.append(_bar(name, sides.baseline))
    largest = max(max(bar.value, bar.high or 0) for bar in bars)
    return Chart(
        title=title,
        alternative="; ".join(f"{bar.label}: {bar.figure}" for bar in bars) + ".",
        bars=tuple(bars),
        top=next((top for top in (0.02, 0.05, 0.1, 0.2, 0.5) if largest <= top), 1.0),
        table=table,
    )


def _bar(label: str, value: Interval) -> Bar:
    return Bar(label, value.value, value.low, value.high, percent(value.value))


def ties_section(test: StressTest) -> Section:
    """The commitments that are watched, and those that the scenario breaks most."""
    blocks: list[Block] = []
    if test.watched:
        table = _ties("Commitments that the scenario watches", test, test.watched)
        lines = [(_pair(line), line.failed) for line in test.watched[:CHARTED]]
        blocks.append(_bars("Commitments watched: defaulted or ended by the end", lines, table))
    if test.ties:
        caption = (
            "Defence promises and habits that fail more often with the scenario, beyond chance"
            if test.scenario else "Defence promises and habits that fail most often"
        )  # fmt: skip
        blocks.append(_ties(caption, test, test.ties))
    blocks.append(
        Paragraph(
            "A commitment fails in a run if its guarantor defaults on a claim, the commitment ends,"
            " or one of its sides falls. Delivered: of what was claimed, over all runs. Impact: the"
            " share of the network's expected security that goes with one default.",
            "small",
        )
    )
    return Section("ties", "Commitments that fail", tuple(blocks))


def _pair(line: TieLine) -> str:
    return f"{line.guarantor_name} to {line.beneficiary_name}"


def _ties(caption: str, test: StressTest, lines: tuple[TieLine, ...]) -> Table:
    both = test.scenario is not None
    return Table(
        caption,
        (
            Column("Commitment"), Column("Held to"), Column("Baseline", True),
            *((Column("Scenario", True),) if both else ()), Column("Delivered", True),
            Column("Impact", True),
        ),
        tuple(
            (
                _pair(line), line.held_to, share(line.failed.baseline),
                *((share(line.failed.scenario),) if both else ()),
                percent(line.delivered.scenario if both else line.delivered.baseline)
                if (line.delivered.scenario if both else line.delivered.baseline) is not None
                else "not called",
                "-" if line.impact is None else f"{line.impact:.2%}",
            )
            for line in lines
        ),
        terminal_rows=SHOWN,
        open_rows=SHOWN,
    )  # fmt: skip
