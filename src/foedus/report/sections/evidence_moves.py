"""What the documents moved: prior, each reviewed statement with its ratio, and posterior."""

from __future__ import annotations

from foedus.domain.assessments import Assessment
from foedus.domain.evidence_updates import EvidenceStep, EvidenceUpdate
from foedus.domain.rungs import Rung
from foedus.report.blocks import Block, Callout, Column, Foreign, Paragraph, Section, Table, Text
from foedus.report.confidence import at_least, year_window
from foedus.report.figures import count, estimate, percent

_QUOTE = 120


def evidence_moves_section(assessment: Assessment) -> Section | None:
    """The update from documents; null where none speaks of the pair, or there is no forecast."""
    forecast = assessment.forecast
    if forecast is None or forecast.update is None:
        return None
    update = forecast.update
    counted = [one for one in update.steps if one.why_not is None]
    before = max(update.prior, key=lambda one: one.days)
    after = year_window(forecast)
    blocks: list[Block] = []
    if counted:
        figures = [
            (words, estimate(at_least(before, rung)), estimate(at_least(after, rung)), times)
            for words, rung, times in (
                ("Material support or more", Rung.MATERIAL, update.material_ratio),
                ("Forces", Rung.FORCES, update.forces_ratio),
            )
        ]
        blocks.append(
            Table(
                f"Within {after.days} days, before and after the reviewed statements",
                (
                    Column("Rung"),
                    Column("Model alone (prior)", numeric=True),
                    Column("With them (posterior)", numeric=True),
                    Column("Odds times", numeric=True),
                ),
                tuple((words, one, two, _ratio(times)) for words, one, two, times in figures),
                note="The odds of forces are those given material support or more."
                + (
                    " The caps hold: together they would move more."
                    if update.capped
                    else f" Caps: {update.material_cap:g} and {update.forces_cap:g}."
                ),
            )
        )
    else:
        blocks.append(
            Paragraph(
                "The documents move nothing: no statement that people reviewed carries a ratio."
                if update.steps
                else "The documents move nothing: nobody has reviewed a claim about this pair that"
                " has a date."
            )
        )
    if update.waiting:
        blocks.append(
            Callout(
                f"{count(update.waiting, 'claim')} would move the estimate once reviewed",
                "Unreviewed claims move nothing. Review them: foedus review.",
            )
        )
    if update.steps:
        blocks.append(_steps(update))
    if update.sensitivity:
        blocks.append(
            Table(
                "Were the likelihood ratios otherwise",
                (
                    Column("Case"),
                    Column("Material support or more", numeric=True),
                    Column("Forces", numeric=True),
                ),
                tuple(
                    (one.case, percent(one.material), percent(one.forces))
                    for one in update.sensitivity
                ),
                note=f"Likelihood ratios: {update.ratios}. FOEDUS_RATIOS names a file of your own.",
            )
        )
    return Section("moved", "What the documents moved", tuple(blocks))


def _steps(update: EvidenceUpdate) -> Table:
    return Table(
        "Reviewed statements, each on top of those before it",
        (
            Column("Statement"),
            Column("Act"),
            Column("Origins", numeric=True),
            Column("Grade"),
            Column("Odds of material", numeric=True),
            Column("Odds of forces", numeric=True),
            Column("Material or more", numeric=True),
            Column("Forces", numeric=True),
            Column("Why not counted"),
        ),
        tuple(_step(one) for one in update.steps),
    )


def _step(one: EvidenceStep) -> tuple[Text, ...]:
    quote = one.quote if len(one.quote) <= _QUOTE else one.quote[: _QUOTE - 1] + "…"
    kinds = ", ".join(kind.replace("_", " ") for kind in one.support)
    return (
        (Foreign(quote),),
        one.act + (f" ({kinds})" if kinds else ""),
        f"{one.origins}",
        f"{one.reliability}{one.credibility}",
        _ratio(one.material_ratio),
        _ratio(one.forces_ratio),
        percent(one.material_after),
        percent(one.forces_after),
        one.why_not or "",
    )


def _ratio(value: float) -> str:
    return f"×{value:.2f}"
