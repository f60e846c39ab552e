"""A hindcast as blocks: scores by outcome, whether the aims are met, causes, judged parameters."""

from __future__ import annotations

from foedus.domain.hindcasts import ForecastLine, Hindcast, Range
from foedus.report.blocks import Block, Bullets, Column, Heading, Paragraph, Table

AIMED = ("calls", "forces sent")
TOLERANCE = 0.15


def _n(name: str) -> Column:
    return Column(name, numeric=True)


def hindcast_blocks(found: Hindcast) -> list[Block]:
    """Everything that `foedus hindcast` prints."""
    first, last = found.origins[0], found.origins[-1]
    blocks: list[Block] = [
        Paragraph(
            f"{len(found.origins)} origins {first}-{last}, five years each; {found.runs:,} runs"
            f" from each, seed {found.seed}; catalog {found.catalog_version}."
        )
    ]
    blocks += [
        _scores(outcome, [x for x in found.lines if x.outcome == outcome])
        for outcome in dict.fromkeys(line.outcome for line in found.lines)
    ]
    blocks += [
        _scores(outcome, [x for x in found.later if x.outcome == outcome], found.later_from)
        for outcome in dict.fromkeys(x.outcome for x in found.later if x.outcome in AIMED)
    ]
    blocks += [_aims(found), Heading("What terminations can tell"), _identified(found)]
    blocks += [_causes(found), _judged(found), Bullets(found.notes)]
    return blocks


def _scores(outcome: str, lines: list[ForecastLine], first: int | None = None) -> Table:
    which = outcome.capitalize() if first is None else f"{outcome.capitalize()}, from {first} on"
    return Table(
        f"{which}: {lines[0].units:,} units, {lines[0].observed:,.0f} observed",
        (
            Column("Forecast"), _n("Expected"), _n("Expected / observed [95%]"), _n("RPS"),
            _n("Brier, any"), _n("AUC"), _n("RPS gain over logistic x 1000 [95%]"),
        ),
        tuple(
            (
                line.forecast, _number(line.expected, ",.0f"), _range(line.ratio, 1, ".2f"),
                _number(line.rps, ".4f"), _number(line.brier, ".4f"), _number(line.auc, ".3f"),
                _range(line.gain, 1000, ".2f"),
            )
            for line in lines
        ),
    )  # fmt: skip


def _number(value: float | None, form: str) -> str:
    return "-" if value is None else format(value, form)


def _range(found: Range | None, times: float, form: str) -> str:
    if found is None or found.value is None:
        return "-"
    if found.low is None or found.high is None:
        return format(found.value * times, form)
    value, low, high = (format(x * times, form) for x in (found.value, found.low, found.high))
    return f"{value} [{low}, {high}]"


def _aims(found: Hindcast) -> Table:
    rows = []
    for line, when in (
        *((line, "") for line in found.lines),
        *((line, f" from {found.later_from} on") for line in found.later),
    ):
        if not line.forecast.startswith("stress model") or line.expected is None:
            continue
        name = f"{line.outcome}{when}, {line.forecast}"
        if line.outcome in AIMED and line.ratio is not None and line.ratio.value is not None:
            met = abs(line.ratio.value - 1) <= TOLERANCE
            rows.append((f"{name}: calibrated within 15%", _range(line.ratio, 1, ".2f"), _met(met)))
        if line.gain is not None and line.gain.high is not None:
            rows.append(
                (
                    f"{name}: not below the logistic hazard beyond noise",
                    _range(line.gain, 1000, ".2f"),
                    _met(line.gain.high >= 0),
                )
            )
    return Table("Aims", (Column("Aim"), _n("Measured [95%]"), Column("")), tuple(rows))


def _met(met: bool) -> str:
    return "met" if met else "missed"


def _identified(found: Hindcast) -> Paragraph:
    ends = found.endings
    return Paragraph(
        f"Of {ends.ended} alliances that ended 1950-2018, {ends.replaced} were replaced by a new"
        f" agreement, {ends.war_or_violation} ended by war or violation, and"
        f" {ends.share_1989_1992:.0%} ended in 1989-92. Terminations cannot identify what a default"
        " does to a guarantor's reputation: the parameters of observers are judged, and the table"
        " below shows what they do to the totals."
    )


def _causes(found: Hindcast) -> Table:
    return Table(
        "Endings by competing cause",
        (Column("Cause"), _n("Expected"), _n("Observed")),
        tuple((x.cause, f"{x.expected:,.0f}", f"{x.observed:,.0f}") for x in found.causes),
        note="The model tells no causes apart: its endings are split by the causes of the endings"
        " before each origin.",
    )


def _judged(found: Hindcast) -> Table:
    return Table(
        "What each judged parameter does to five-year totals",
        (
            Column("Parameter"), _n("Low"), _n("High"), _n("Calls"), _n("Forces"), _n("Endings"),
        ),
        tuple(
            (
                x.name, f"{x.low:g}", f"{x.high:g}",
                f"{x.calls_low:.2f} - {x.calls_high:.2f}",
                f"{x.forces_low:.2f} - {x.forces_high:.2f}",
                f"{x.ends_low:.2f} - {x.ends_high:.2f}",
            )
            for x in found.judged
        ),
        note="Ratio to the total at the parameter's own value, at the low and the high end; mean"
        " over every tenth origin, on the same random numbers.",
    )  # fmt: skip
