"""Probabilities: the rungs of the ladder with intervals, and everything needed to judge them."""

from __future__ import annotations

from foedus.domain.assessments import Assessment, Forecast, Weight
from foedus.domain.estimates import Window
from foedus.domain.rungs import Rung
from foedus.report.blocks import (
    Bar,
    Block,
    Bullets,
    Callout,
    Chart,
    Column,
    Facts,
    Heading,
    Paragraph,
    Section,
    Table,
)
from foedus.report.figures import capital, count, day, interval, percent, sentence


def probabilities_section(assessment: Assessment) -> Section:
    """Per window a chart and its table; then estimand, weights and reference classes."""
    forecast = assessment.forecast
    if forecast is None:
        why = assessment.no_forecast or "No reason was recorded."
        return Section(
            "probabilities",
            "Probabilities",
            (Callout("No forecast", sentence(why), "caution"),),
        )
    blocks: list[Block] = [
        Paragraph(
            f"Model output: {forecast.model}, version {forecast.model_version}, trained on "
            f"{count(forecast.training_calls, 'call')} and "
            f"{count(forecast.training_responses, 'response')}"
            f"{_told(forecast)}"
            + (
                f", the last of {day(forecast.last_training_call)}."
                if forecast.last_training_call
                else "."
            )
        )
    ]
    blocks += [_chart(window) for window in sorted(forecast.windows, key=lambda w: w.days)]
    blocks.append(
        Facts(
            (
                ("What is estimated", sentence(forecast.estimand)),
                ("How it would be resolved", sentence(forecast.resolution)),
            )
        )
    )
    blocks += _averages(forecast, assessment)
    if forecast.reference_classes:
        blocks.append(_classes(forecast))
    if forecast.limits:
        blocks += [
            Heading("Limits of the model"),
            Bullets(tuple(sentence(limit) for limit in forecast.limits)),
        ]
    return Section("probabilities", "Probabilities", tuple(blocks))


def _chart(window: Window) -> Chart:
    ladder = sorted(window.rungs, key=lambda row: row.rung, reverse=True)
    above_nothing = [row for row in ladder if row.rung is not Rung.NOTHING]
    bars = tuple(
        Bar(
            f"{row.label} or more" if row.rung is not Rung.FORCES else row.label,
            row.at_least.probability,
            row.at_least.low,
            row.at_least.high,
            percent(row.at_least.probability),
        )
        for row in above_nothing
    )
    table = Table(
        f"Model output: highest rung within {window.days} days",
        (
            Column("Rung"),
            Column("Exactly", numeric=True),
            Column("90% interval", numeric=True),
            Column("At least", numeric=True),
            Column("90% interval", numeric=True),
            Column("ICD 203 term (at least)"),
        ),
        tuple(
            (
                capital(row.label),
                percent(row.exactly.probability),
                interval(row.exactly.low, row.exactly.high),
                percent(row.at_least.probability),
                interval(row.at_least.low, row.at_least.high)
                if row.rung is not Rung.NOTHING
                else "",
                row.at_least.term if row.rung is not Rung.NOTHING else "certain by definition",
            )
            for row in ladder
        ),
    )
    return Chart(
        title=f"Chance of reaching each rung or more within {window.days} days",
        alternative="; ".join(
            f"{capital(bar.label)}: {bar.figure}, 90% interval {interval(bar.low, bar.high)}"
            for bar in bars
        )
        + ".",
        bars=bars,
        top=1.0,
        table=table,
    )


def _averages(forecast: Forecast, assessment: Assessment) -> list[Block]:
    blocks: list[Block] = []
    if len(forecast.challengers) == 1 and assessment.challenger is not None:
        blocks.append(Paragraph(f"Challenger: {assessment.challenger.name}, as given."))
    elif forecast.challengers:
        blocks.append(_weights(forecast.challengers, "Averaged over challengers", "Challenger"))
    if forecast.severities:
        blocks.append(_weights(forecast.severities, "Averaged over severities", "Severity"))
    return blocks


def _weights(weights: tuple[Weight, ...], caption: str, name: str) -> Table:
    return Table(
        caption,
        (Column(name), Column("Weight", numeric=True), Column("Where the weight is from")),
        tuple((capital(row.name), percent(row.weight), row.basis) for row in weights),
        terminal_rows=8,
    )


def _classes(forecast: Forecast) -> Table:
    learned = bool(forecast.contributions)
    return Table(
        "Past cases that the model learned from, and the class nearest to this one"
        if learned
        else "Reference classes of the base rate, widest first",
        (
            Column("Class"),
            Column("Calls (N)", numeric=True),
            Column("Responses (N)", numeric=True),
            Column("Material or more", numeric=True),
            Column("Forces", numeric=True),
            Column("Left open", numeric=True),
        ),
        tuple(
            (
                capital(row.name),
                f"{row.calls:,}",
                f"{row.responses:,}",
                f"{row.material:,}",
                f"{row.forces:,}",
                f"{row.open:,}",
            )
            for row in forecast.reference_classes
        ),
        note="“Left open” responses have a source that cannot tell the rung apart.",
    )


def _told(forecast: Forecast) -> str:
    """How many of the responses are known to the rung; the others tell part of it."""
    if not forecast.reference_classes:
        return ""
    widest = forecast.reference_classes[0]
    return f", {widest.responses - widest.open:,} of them known to the rung"
