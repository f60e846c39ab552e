"""A stress test as blocks, in the order in which an analyst reads one."""

from __future__ import annotations

from foedus.domain.stress_tests import Interval, Sides, StressTest
from foedus.report.blocks import Block, Column, Masthead, Paragraph, Section, Table
from foedus.report.figures import count, day, interval, percent

EVENT_WORDS = {
    "calls": "calls",
    "wars": "of them wars",
    "defaults": "defaults on claims",
    "unable": "of them unable",
    "falls": "regimes and groups fallen in war",
    "lapses": "texts that ended",
    "hedges": "of them by hedging",
    "cut": "defaults by lost passage",
}


def stress_blocks(test: StressTest) -> tuple[Block, ...]:
    """Masthead, what happens, who falls next, ties, guarantors, parameters and limits."""
    return (
        _masthead(test),
        Section("events", "What happens", (_events(test),)),
        Section("next", "Next to fall", (_falls(test),)),
        Section("ties", "Commitments that fail", _ties(test)),
        Section("guarantors", "Guarantors under stress", (_guarantors(test),)),
    )


def _masthead(test: StressTest) -> Masthead:
    title = test.scenario.title if test.scenario else "Baseline: no scenario"
    kicker = "Stress test of security commitments"
    if test.scenario and test.scenario.illustration:
        kicker += " (illustration)"
    return Masthead(
        title,
        kicker,
        (
            ("As of", day(test.as_of)),
            ("Horizon", f"{test.quarters} quarters"),
            ("Runs", f"{test.runs:,} each, seed {test.seed}"),
            ("Network", f"{test.actors} actors, {count(test.pairs, 'directed pair')}"),
        ),
    )


def _mean(value: float | None) -> str:
    return "-" if value is None else f"{value:,.2f}"


def _change(sides: Sides) -> str:
    if sides.baseline is None or sides.scenario is None:
        return "-"
    return f"{sides.scenario - sides.baseline:+,.2f}"


def _share(value: Interval | None) -> str:
    if value is None:
        return "-"
    return f"{percent(value.value)} ({interval(value.low, value.high)})"


def _events(test: StressTest) -> Block:
    lines = [
        (EVENT_WORDS[line.event], _mean(line.mean.baseline), _mean(line.mean.scenario),
         _change(line.mean))
        for line in test.events
    ]  # fmt: skip
    lines.append(
        ("cascade size (secondary events)", _mean(test.cascade.mean.baseline),
         _mean(test.cascade.mean.scenario), _change(test.cascade.mean))
    )  # fmt: skip
    return Table(
        "Mean of one run",
        (Column("Event"), Column("Baseline", True), Column("Scenario", True),
         Column("Change", True)),
        tuple(lines),
    )  # fmt: skip


def _falls(test: StressTest) -> Block:
    return Table(
        "Chance to have fallen by the end (5-95% over draws of the parameters)",
        (Column("Actor"), Column("Baseline", True), Column("Scenario", True), Column("How")),
        tuple(
            (line.name, _share(line.chance.baseline), _share(line.chance.scenario),
             "scripted" if line.scripted else "model")
            for line in test.falls
        ),
        terminal_rows=12,
        open_rows=12,
    )  # fmt: skip


def _ties(test: StressTest) -> tuple[Block, ...]:
    blocks: list[Block] = []
    columns = (
        Column("Commitment"), Column("Held to"), Column("Baseline", True),
        Column("Scenario", True), Column("Impact", True),
    )  # fmt: skip
    for caption, lines in (
        ("Commitments that the scenario watches: defaulted or ended by the end", test.watched),
        ("Defence promises and habits, by what the scenario adds", test.ties),
    ):
        if lines:
            blocks.append(
                Table(
                    caption,
                    columns,
                    tuple(
                        (f"{line.guarantor_name} to {line.beneficiary_name}", line.held_to,
                         _share(line.failed.baseline), _share(line.failed.scenario),
                         "-" if line.impact is None else f"{line.impact:.2%}")
                        for line in lines
                    ),
                    terminal_rows=12,
                    open_rows=12,
                )
            )  # fmt: skip
    return tuple(blocks) or (Paragraph("No commitment fails more often than in the baseline."),)


def _guarantors(test: StressTest) -> Block:
    def pair(sides: Sides, form: str) -> str:
        shown = [
            "undefined" if value is None else format(value, form)
            for value in (sides.baseline, sides.scenario)
        ]
        return shown[0] if test.scenario is None else " / ".join(shown)

    return Table(
        "Baseline / scenario; shares of what was claimed",
        (Column("Guarantor"), Column("Coverage", True), Column("P(shortfall)", True),
         Column("Unwilling", True), Column("Unable", True), Column("Blocked", True)),
        tuple(
            (line.name, pair(line.coverage, ".2f"), pair(line.shortfall_chance, ".0%"),
             pair(line.unwilling, ".0%"), pair(line.unable, ".1%"), pair(line.blocked, ".1%"))
            for line in test.guarantors
        ),
        terminal_rows=12,
        open_rows=12,
    )  # fmt: skip
