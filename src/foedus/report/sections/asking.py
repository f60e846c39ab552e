"""If asked, and acting against: two stages beside the headline, which never conditions on them."""

from __future__ import annotations

from foedus.domain.asking import Against, Asking
from foedus.domain.assessments import Assessment
from foedus.report.blocks import Block, Column, Paragraph, Section, Table
from foedus.report.figures import interval, percent


def asking_sections(assessment: Assessment) -> tuple[Section, ...]:
    """One section where the model has the stages, none otherwise."""
    forecast = assessment.forecast
    if forecast is None or (forecast.asking is None and forecast.against is None):
        return ()
    blocks: list[Block] = []
    if forecast.asking is not None:
        blocks += _asking(forecast.asking)
    if forecast.against is not None:
        blocks.append(_against(forecast.against))
    return (Section("asking", "If asked, and acting against", tuple(blocks)),)


def _asking(asking: Asking) -> list[Block]:
    return [
        Paragraph(
            f"Model output: the chance that the guarantor is asked for help is"
            f" {percent(asking.asked)}, between"
            f" {interval(asking.asked_low, asking.asked_high)} over the stated range of what past"
            " calls leave unknown about asking. No other figure of this report conditions on it,"
            " and documents do not move this section."
        ),
        Table(
            "Model output: what is given within 365 days if it is asked, and if it is not",
            (
                Column("Case"),
                Column("Material support or more", numeric=True),
                Column("Forces", numeric=True),
            ),
            (
                ("If asked", percent(asking.material_if_asked), percent(asking.forces_if_asked)),
                ("If not asked", percent(asking.material_if_not), percent(asking.forces_if_not)),
            ),
        ),
    ]


def _against(against: Against) -> Block:
    return Paragraph(
        "Model output, a separate outcome: the chance that the guarantor acts against the"
        f" beneficiary in the call is {percent(against.probability)}"
        f"; {percent(against.past_rate)} of the responses learned from did."
    )
