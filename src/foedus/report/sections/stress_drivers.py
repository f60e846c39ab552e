"""What drives a stress test: each shock, each judgement; and what it does not know."""

from __future__ import annotations

from foedus.domain.stress_tests import ParameterLine, ShockLine, StressTest
from foedus.report.blocks import Block, Bullets, Column, Details, Paragraph, Section, Table
from foedus.report.figures import count, sentence

SHOWN = 10


def drivers_section(test: StressTest) -> Section | None:
    """Attribution to shocks and sensitivity; null where neither was asked for."""
    blocks: list[Block] = []
    if test.attribution:
        blocks.append(
            Table(
                "What each shock adds to a run",
                (Column("Shock"), Column("Falls", True), Column("Defaults", True),
                 Column("Cascade", True), Column("Moves most")),
                tuple(
                    (line.label, f"{line.falls:+.2f}", f"{line.defaults:+.1f}",
                     f"{line.cascade:+.2f}", _most(line))
                    for line in test.attribution
                ),
                note=f"The scenario less the scenario without the shock, "
                f"{count(test.attribution[0].runs, 'run')} each on the same seeds.",
            )
        )  # fmt: skip
    if test.sensitivity_output is not None:
        blocks.append(_sensitivity(test))
    return Section("drivers", "What drives the result", tuple(blocks)) if blocks else None


def _most(line: ShockLine) -> str:
    if line.most is None:
        return "nobody, beyond chance"
    return f"{line.most}, by {line.most_change * 100:+.1f} points"


def _sensitivity(test: StressTest) -> Table:
    if test.sensitivity_method == "sobol":
        rows = sorted(
            (line for line in test.parameters if line.total is not None),
            key=lambda line: -(line.total or 0.0),
        )
        return Table(
            f"Variance-based sensitivity of the {test.sensitivity_output}",
            (Column("Parameter"), Column("First order", True), Column("Total", True),
             Column("Meaning")),
            tuple((r.name, f"{r.first or 0:.2f}", f"{r.total or 0:.2f}", r.meaning) for r in rows),
            note="Sobol indices over the ranges of the judged parameters; a small design, so"
            " values under 0.1 are noise.",
            terminal_rows=SHOWN, open_rows=SHOWN,
        )  # fmt: skip
    rows = sorted(
        (line for line in test.parameters if line.low_effect is not None),
        key=lambda line: -max(abs(line.low_effect or 0), abs(line.high_effect or 0)),
    )
    scale = 100 if (test.sensitivity_output or "").startswith("chance") else 1
    unit = " (points)" if scale == 100 else ""
    return Table(
        f"One parameter at a time: change of the {test.sensitivity_output}{unit}",
        (Column("Parameter"), Column("At its low end", True), Column("At its high end", True),
         Column("Next to fall at low / high"), Column("Basis")),
        tuple(
            (r.name, f"{(r.low_effect or 0) * scale:+.2f}", f"{(r.high_effect or 0) * scale:+.2f}",
             f"{r.leader_low} / {r.leader_high}", r.basis)
            for r in rows
        ),
        terminal_rows=SHOWN, open_rows=SHOWN,
    )  # fmt: skip


def parameters(test: StressTest) -> Section:
    """Every parameter with its value, range and basis."""
    judged = sum(line.basis == "prior" for line in test.parameters)
    table = Table(
        f"Parameters ({len(test.parameters)})",
        (Column("Parameter"), Column("Value", True), Column("Range", True), Column("Basis"),
         Column("Meaning and source")),
        tuple((line.name, f"{line.value:.3g}", f"{line.low:.3g} to {line.high:.3g}", _basis(line),
               f"{sentence(line.meaning)} {sentence(line.source)}") for line in test.parameters),
    )  # fmt: skip
    return Section(
        "parameters",
        "Parameters",
        (
            Paragraph(
                f"{len(test.parameters) - judged} parameters are estimated, {judged} are judged."
                " Each batch of runs draws all of them from their ranges; the intervals above show"
                " what that does."
            ),
            Details("Every parameter, its range and its source", (table,)),
        ),
    )


def _basis(line: ParameterLine) -> str:
    return f"estimate, N = {line.n:,}" if line.basis == "estimate" and line.n is not None else (
        line.basis
    )  # fmt: skip


def limits_section(test: StressTest) -> Section:
    """What the test rests on and what it does not know."""
    return Section(
        "limits",
        "Limits",
        (
            Bullets(
                (
                    *(sentence(note) for note in test.notes),
                    "Model output, not a forecast of events: judged parameters stand beside"
                    " estimated ones, and data do not identify how reputations end alliances.",
                    "Guarantors do not fill in for one another within a quarter, and challengers"
                    " get no allies beyond those that a scenario names.",
                )
            ),
            Paragraph(
                f"Foedus {test.foedus_version}, catalog {test.catalog_version}, seed {test.seed},"
                f" {test.runs:,} runs at {test.level} level.",
                "small",
            ),
        ),
    )
