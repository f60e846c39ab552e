"""Under stress: the guarantor's coverage, and what follows an attack on the beneficiary."""

from __future__ import annotations

from foedus.domain.actors import in_prose
from foedus.domain.assessments import Assessment
from foedus.domain.pair_stress import Attack, Cascade, Coverage
from foedus.domain.stress_tests import FallLine, IntervalSides, Sides, TieLine
from foedus.report.blocks import Block, Column, Paragraph, Section, Table
from foedus.report.figures import count, percent
from foedus.report.sections.stress_outcomes import mean, share


def stress_sections(assessment: Assessment) -> tuple[Section, ...]:
    """Coverage and cascade; one line on how to get them where no stress test was run."""
    if assessment.coverage is None or assessment.cascade is None:
        return () if assessment.forecast is None else (_how(assessment),)
    return (
        _coverage(assessment.coverage),
        _cascade(assessment.cascade, in_prose(assessment.beneficiary.name)),
    )


def _how(assessment: Assessment) -> Section:
    text = (
        "No stress test of this pair was run for this day. Add --stress to foedus assess for the"
        " guarantor's coverage and for who would fall next."
    )
    return Section("stress", "Under stress", (Paragraph(text, "small"),))


def _attack(attack: Attack) -> str:
    by = " and ".join(attack.challengers) or "an unknown equal"
    return (
        f"Simulated: {by} makes war on {attack.beneficiary} in the first quarter, against the"
        f" same futures without it. {attack.runs:,} runs of {attack.quarters / 4:.0f} years,"
        f" {attack.draws} draws of the parameters, seed {attack.seed}."
    )


def _columns(first: str) -> tuple[Column, ...]:
    return (Column(first), Column("Baseline", True), Column("With the attack", True))


def _coverage(coverage: Coverage) -> Section:
    line, pair = coverage.guarantor, coverage.pair
    rows = [
        _row("Coverage (capacity over claims)", line.coverage, ".2f"),
        _row("P(shortfall)", line.shortfall_chance),
        _row("Claims not met: unwilling", line.unwilling),
        _row("Claims not met: unable", line.unable),
        _row("Claims not met: blocked", line.blocked),
    ]
    if pair is not None:
        rows += [
            (f"{pair.beneficiary_name}'s calls defaulted on", *_both(pair.default)),
            ("This commitment defaults or ends", *_sides(pair.failed)),
        ]
    return Section(
        "coverage",
        "Coverage under stress",
        (
            Paragraph(_attack(coverage.attack)),
            Table(f"{line.name} as a guarantor", _columns("Over the run"), tuple(rows)),
            Paragraph(
                "Coverage is what can be deployed over the 95th percentile of forces claimed in the"
                " busiest quarter, undefined where that is 0. Unwilling, unable and blocked are"
                " shares of all that is claimed. Ranges are 5 to 95% over draws.",
                "small",
            ),
        ),
    )


def _cascade(cascade: Cascade, beneficiary: str) -> Section:
    size = cascade.size.mean
    change = (size.scenario or 0.0) - (size.baseline or 0.0)
    said = (
        f"Secondary events in a run: {mean(size.baseline)} without the attack,"
        f" {mean(size.scenario)} with it ({change:+.2f})."
    )
    if cascade.beneficiary is not None:
        chance = cascade.beneficiary.chance
        said += (
            f" {cascade.beneficiary.name} falls in {share(chance.scenario)} of runs with it and in"
            f" {share(chance.baseline)} without."
        )
    blocks: list[Block] = [Paragraph(said)]
    if cascade.falls:
        blocks.append(_falls(cascade.falls))
    if cascade.ties:
        blocks.append(_ties(cascade.ties, beneficiary))
    else:
        blocks.append(
            Paragraph("No commitment of others fails more often with the attack, beyond chance.")
        )
    return Section("cascade", "Cascade: what would fail next", tuple(blocks))


def _falls(falls: tuple[FallLine, ...]) -> Table:
    return Table(
        f"Next to fall ({count(len(falls), 'actor')})",
        _columns("Regime or armed group"),
        tuple((line.name, *_sides(line.chance)) for line in falls),
    )


def _ties(ties: tuple[TieLine, ...], beneficiary: str) -> Table:
    return Table(
        f"Would fail next: commitments of others than {beneficiary} that fail more often, beyond"
        " chance",
        _columns("Commitment"),
        tuple(
            (f"{line.guarantor_name} to {line.beneficiary_name}", *_sides(line.failed))
            for line in ties
        ),
    )


def _sides(sides: IntervalSides) -> tuple[str, str]:
    return share(sides.baseline), share(sides.scenario)


def _both(sides: Sides) -> tuple[str, str]:
    first, second = (
        "undefined" if value is None else percent(value)
        for value in (sides.baseline, sides.scenario)
    )
    return first, second


def _row(name: str, sides: Sides, form: str | None = None) -> tuple[str, str, str]:
    if form is None:
        return (name, *_both(sides))
    first, second = (
        "undefined" if value is None else format(value, form)
        for value in (sides.baseline, sides.scenario)
    )
    return name, first, second
