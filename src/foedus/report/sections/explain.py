"""Why this probability: what moves it, past calls like it, and what would change it."""

from __future__ import annotations

from foedus.domain.actors import in_prose
from foedus.domain.assessments import Assessment, Forecast
from foedus.report.blocks import (
    Bar,
    Block,
    Bullets,
    Callout,
    Chart,
    Column,
    Defined,
    Heading,
    Paragraph,
    Section,
    Table,
    Text,
)
from foedus.report.figures import capital, day, estimate, percent

_CONTRIBUTIONS = 8


def explain_section(assessment: Assessment) -> Section | None:
    """Contributions, similar calls, swings, what-ifs, do(call), other commitments."""
    forecast = assessment.forecast
    if forecast is None or not (forecast.contributions or forecast.overlap or forecast.others):
        return None
    blocks: list[Block] = []
    if forecast.update is not None and forecast.update.steps:
        blocks.append(
            Paragraph("Of the model alone, before what the documents moved.", style="small")
        )
    if forecast.contributions:
        blocks.append(_contributions(forecast))
    if forecast.what_ifs:
        blocks += _what_ifs(forecast)
    if forecast.swings:
        blocks.append(_tornado(forecast))
    if forecast.similar:
        blocks.append(_similar(forecast))
    if forecast.if_tested or forecast.overlap:
        blocks += _tested(forecast)
    if forecast.others:
        blocks.append(_others(assessment, forecast))
    return Section("why", "Why this probability", tuple(blocks))


def _contributions(forecast: Forecast) -> Table:
    shown = forecast.contributions[:_CONTRIBUTIONS]
    rest = sum(one.log_odds for one in forecast.contributions[_CONTRIBUTIONS:])
    rows: list[tuple[Text, ...]] = [
        (
            (Defined(capital(one.label), one.feature),),
            one.value,
            one.average,
            f"{one.log_odds:+.2f}",
        )
        for one in shown
    ]
    if left := len(forecast.contributions) - len(shown):
        rows.append((f"{left} others together", "", "", f"{rest:+.2f}"))
    total = sum(one.log_odds for one in forecast.contributions)
    rows.append(("All, against the average past case", "", "", f"{total:+.2f}"))
    return Table(
        "What raises and lowers it: contributions to the log-odds of a higher rung",
        (
            Column("Feature"),
            Column("Here", numeric=True),
            Column("Average past case", numeric=True),
            Column("Log-odds", numeric=True),
        ),
        tuple(rows),
        note="Averages over the challengers. +0.4 turns 50% into 60%, +0.7 doubles the odds. A"
        " feature stands for what goes with it too: none is a cause proven.",
    )


def _what_ifs(forecast: Forecast) -> list[Block]:
    large = [one for one in forecast.what_ifs if abs(one.then - one.now) >= 0.095]
    lines = tuple(
        f"{capital(one.change)}: material support or more {percent(one.now)} → {percent(one.then)}"
        for one in forecast.what_ifs
    )
    title = (
        "What would change the answer by ten points"
        if large
        else "Nothing tried changes the answer by ten points; nearest to it"
    )
    return [Heading(title), Bullets(lines)]


def _tornado(forecast: Forecast) -> Chart:
    now = forecast.what_ifs[0].now if forecast.what_ifs else None
    ends = [max(one.at_low, one.at_high) for one in forecast.swings]
    top = next(end for end in (0.1, 0.2, 0.4, 0.6, 0.8, 1.0) if max(ends) <= end)
    bars = tuple(
        Bar(
            one.label,
            max(one.at_low, one.at_high),
            None,
            None,
            f"{percent(min(one.at_low, one.at_high)).removesuffix('%')}–"
            f"{percent(max(one.at_low, one.at_high))}",
            start=min(one.at_low, one.at_high),
        )
        for one in forecast.swings
    )
    table = Table(
        "The answer with one feature at either end of its past range",
        (
            Column("Feature"),
            Column("Low end", numeric=True),
            Column("High end", numeric=True),
        ),
        tuple(
            (
                capital(one.label),
                f"{one.low_value}: {percent(one.at_low)}",
                f"{one.high_value}: {percent(one.at_high)}",
            )
            for one in forecast.swings
        ),
        note="Ends are the 10th and 90th percentile of past cases, all else as it is.",
    )
    return Chart(
        title="How far single features move material support or more (tornado)",
        alternative="; ".join(f"{capital(bar.label)}: {bar.figure}" for bar in bars)
        + ("." if now is None else f". The line stands at the answer, {percent(now)}."),
        bars=bars,
        top=top,
        table=table,
        line=now,
    )


def _similar(forecast: Forecast) -> Table:
    return Table(
        "The most similar past calls, nearest first",
        (
            Column("Call"),
            Column("Began"),
            Column("Guarantor"),
            Column("Beneficiary"),
            Column("Delivered"),
            Column("Distance", numeric=True),
        ),
        tuple(
            (
                one.name,
                day(one.started),
                one.guarantor_name,
                one.beneficiary_name,
                capital(str(one.delivered)),
                f"{one.distance:.2f}",
            )
            for one in forecast.similar
        ),
        note="Similar in what the model weighs; the distance is in log-odds, feature by feature.",
    )


def _tested(forecast: Forecast) -> list[Block]:
    blocks: list[Block] = [Heading("Given a call, and do(call): if this commitment were tested")]
    if forecast.if_tested:
        blocks.append(
            Table(
                "do(call) within 365 days, by the correlation of being called with being helped",
                (
                    Column("Correlation"),
                    Column("Material support or more", numeric=True),
                    Column("Forces", numeric=True),
                ),
                tuple(
                    (
                        f"{one.correlation or 0:+.1f}{_reading(one.correlation)}".replace(
                            "+0.0", "0.0"
                        ),
                        percent(one.material),
                        percent(one.forces),
                    )
                    for one in forecast.if_tested
                ),
                note="The probabilities above are given a call like past calls. Challengers pick"
                " whom they test; past calls cannot tell how far, so the range is judgement.",
            )
        )
    if forecast.overlap:
        blocks.append(Callout("Never tested", forecast.overlap, "caution"))
    return blocks


def _reading(correlation: float) -> str:
    if correlation < 0:
        return ": weak-looking promises are tested"
    return ": strong-looking ones are tested" if correlation > 0 else ": none, as in past calls"


def _others(assessment: Assessment, forecast: Forecast) -> Table:
    giver = in_prose(assessment.guarantor.name)
    return Table(
        f"Other commitments of {giver} beside it: if each beneficiary were attacked",
        (
            Column("Beneficiary"),
            Column("Attacked by"),
            Column("Defence promised"),
            Column("Material or more", numeric=True),
            Column("Forces", numeric=True),
        ),
        tuple(
            (
                one.beneficiary_name,
                one.challenger_name or "unknown",
                "yes" if one.defence else "no",
                estimate(one.material),
                estimate(one.forces),
            )
            for one in forecast.others
        ),
        note="Within 365 days, by their latest attacker; those attacked most of late are shown,"
        " defence promises first. foedus rank --guarantor has all.",
    )
