"""Questions as blocks: one with its history, or all with the running scores."""

from __future__ import annotations

from foedus.domain.questions import MODEL, Question, Questions, Scores
from foedus.report.blocks import Block, Column, Facts, Paragraph, Table, Text
from foedus.report.figures import count, percent


def question_blocks(found: Question) -> list[Block]:
    """One question: its words, its forecast, its rule, and how it was resolved."""
    model = "none for this pair"
    if found.model_probability is not None:
        model = f"{percent(found.model_probability)} ({found.model}, version {found.model_version})"
    facts: list[tuple[str, Text]] = [
        ("Question", found.question),
        ("Forecast", f"{percent(found.probability)}, by {_who(found)}, as of {found.as_of}"),
        ("Model", model),
        ("Resolution rule", found.resolution_rule),
        ("Id", found.id),
        ("Stored", f"{found.created:%Y-%m-%d %H:%M} UTC{_hindsight(found)}"),
    ]
    if found.note:
        facts.append(("Note", found.note))
    blocks: list[Block] = [Facts(tuple(facts))]
    if found.history:
        blocks.append(
            Table(
                "Resolutions, the last is in force",
                (Column("Outcome"), Column("By"), Column("On"), Column("Source"), Column("Note")),
                tuple(
                    (one.outcome, one.by, f"{one.at:%Y-%m-%d}", one.source or "", one.note or "")
                    for one in found.history
                ),
            )
        )
    return blocks


def questions_blocks(found: Questions) -> list[Block]:
    """The running scores, then every question."""
    if not found.questions:
        return [Paragraph("No question is stored yet. `foedus question add` stores one.")]
    blocks: list[Block] = [Paragraph(tally(found))]
    if (scores := scores_table(found)) is not None:
        blocks.append(scores)
    blocks.append(
        Table(
            "Questions, oldest first",
            (
                Column("Id"),
                Column("As of"),
                Column("Question"),
                Column("Forecast", numeric=True),
                Column("By"),
                Column("Model", numeric=True),
                Column("Outcome"),
            ),
            tuple(_row(one) for one in found.questions),
        )
    )
    return blocks


def tally(found: Questions) -> str:
    """How many questions there are, resolved and open."""
    resolved = len(found.questions) - found.open
    return (
        f"{count(len(found.questions), 'question')}: {resolved} resolved"
        f" ({found.void} of them void), {found.open} open"
        + (f", {found.overdue} of them past their day." if found.overdue else ".")
    )


def scores_table(found: Questions) -> Table | None:
    """The running scores by forecaster; null where nothing is scored yet."""
    if not found.scores:
        return None
    return Table(
        "Running scores of the questions that came out yes or no",
        (
            Column("Forecaster"),
            Column("N", numeric=True),
            Column("Yes", numeric=True),
            Column("Brier", numeric=True),
            Column("Brier of the share", numeric=True),
            Column("Log score", numeric=True),
        ),
        tuple(_score(one) for one in found.scores),
        note="Brier: 0 is best, 0.25 is what always saying 50% gets. Log score: 0 is best,"
        " -0.693 is what 50% gets. “Brier of the share”: always saying the share of yes,"
        " known only afterwards. Backdated forecasts, stored after their day, stand apart.",
    )


def _score(one: Scores) -> tuple[str, ...]:
    return (
        one.forecaster + (" (backdated)" if one.backdated else ""),
        str(one.n),
        str(one.yes),
        _three(one.brier),
        _three(one.base_brier),
        _three(one.log_score),
    )


def _three(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _row(one: Question) -> tuple[str, ...]:
    return (
        one.id,
        str(one.as_of) + (" (backdated)" if one.backdated else ""),
        one.question,
        percent(one.probability),
        one.by,
        "" if one.model_probability is None else percent(one.model_probability),
        f"open until {one.closes}" if one.resolution is None else one.resolution.outcome,
    )


def _who(found: Question) -> str:
    return "the model" if found.by == MODEL else found.by


def _hindsight(found: Question) -> str:
    return ", after the day as of which it speaks: scored apart" if found.backdated else ""
