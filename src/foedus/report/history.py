"""Saved assessments of a pair, side by side in time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from foedus.assessment.changes import figures_of, forecast_at
from foedus.domain.assessments import Assessment
from foedus.domain.rungs import Rung
from foedus.report.blocks import Bar, Block, Chart, Column, Paragraph, Section, Table
from foedus.report.figures import day, interval, percent
from foedus.workspace.assessments import SavedAssessment

DRAWN = 10


def history_section(saved: Sequence[SavedAssessment], now: Assessment) -> Section:
    """Every saved forecast of the pair, newest first, with the one of now above them."""
    rows = [("now", figures_of(now))]
    rows += [(day(one.created.date()), one.payload) for one in reversed(saved)]
    table = Table(
        "Forecasts saved, newest first",
        (
            Column("Made"),
            Column("As of"),
            Column("Material support or more", numeric=True),
            Column("90% interval", numeric=True),
            Column("Forces", numeric=True),
            Column("Model"),
            Column("Run"),
        ),
        tuple(_row(made, payload) for made, payload in rows),
        open_rows=12,
    )
    blocks: list[Block] = [
        Paragraph(
            "Each saved assessment stays as it was made. Two figures differ because the facts, the"
            " documents, the day or the model differ; the model's name stands beside each."
        )
    ]
    bars = tuple(
        Bar(
            label=f"{made}, as of {payload['as_of'][:7]}",
            value=found["probability"],
            low=found["low"],
            high=found["high"],
            figure=percent(found["probability"]),
        )
        for made, payload in rows[:DRAWN]
        if (found := forecast_at(payload, Rung.MATERIAL)) is not None
    )
    if len(bars) > 1:
        blocks.append(
            Chart(
                title="Material support or forces within 365 days, by when it was forecast",
                alternative="Bars with 90% intervals, the newest at the top; the table beside"
                " them gives the figures.",
                bars=bars,
                top=1.0,
                table=table,
            )
        )
    else:
        blocks.append(table)
    return Section("history", "History of forecasts", tuple(blocks))


def _row(made: str, payload: dict[str, Any]) -> tuple[str, ...]:
    material = forecast_at(payload, Rung.MATERIAL)
    forces = forecast_at(payload, Rung.FORCES)
    model = payload.get("forecast") or {}
    return (
        made,
        str(payload["as_of"]),
        percent(material["probability"]) if material else "no forecast",
        interval(material["low"], material["high"]) if material else "",
        percent(forces["probability"]) if forces else "no forecast",
        f"{model.get('model', '')} {model.get('model_version', '')}".strip() or "none",
        str(payload["id"])[:8],
    )
