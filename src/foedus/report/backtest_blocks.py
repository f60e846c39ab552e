"""A backtest as blocks: one table of scores for each set of rows, eras, diagram, criteria."""

from __future__ import annotations

from foedus.domain.backtests import FEWEST_CALLS, Backtest, Interval, ModelScores, Trial
from foedus.record.rates import wilson
from foedus.report.blocks import Bar, Block, Bullets, Chart, Column, Heading, Paragraph, Table
from foedus.report.figures import count

_MET = {True: "met", False: "missed", None: "cannot tell"}


def backtest_blocks(found: Backtest) -> list[Block]:
    """Everything that `foedus backtest` prints."""
    blocks: list[Block] = [
        Paragraph(
            f"Scheme {found.scheme}, variant {found.variant}; catalog {found.catalog_version};"
            f" scored keys {found.keys}."
        )
    ]
    for one in found.tests:
        blocks += trial_blocks(one)
    if found.criteria:
        blocks.append(
            Table(
                "Criteria of success",
                (Column("Criterion"), Column("Measured"), Column("")),
                tuple((one.text, one.measured, _MET[one.met]) for one in found.criteria),
            )
        )
    blocks.append(Bullets(found.notes))
    return blocks


def trial_blocks(one: Trial) -> list[Block]:
    """One set of rows; no eras where none has enough rows, no diagram of too few calls."""
    few = one.calls < FEWEST_CALLS
    blocks: list[Block] = [
        Heading(one.name),
        Paragraph(f"{count(one.rows, 'row')} of {count(one.calls, 'call')}: {one.about}"),
        Table(
            "Log score and RPS of every model on identical rows",
            (
                Column("Model"),
                Column("Log score", numeric=True),
                Column("by call", numeric=True),
                Column("RPS", numeric=True),
                Column("by call", numeric=True),
                Column("Skill", numeric=True),
                Column("Gain in log score [95%]", numeric=True),
                Column("Gain in RPS [95%]", numeric=True),
            ),
            tuple(_forecast_row(model) for model in one.models),
            note="Gains are over the simple logit, intervals over resampled calls. Skill is"
            " over the base rate. Higher log score and lower RPS are better.",
        ),
        Table(
            f"Ranking and calibration ({one.target})",
            (
                Column("Model"),
                Column("Within call", numeric=True),
                Column("Brier material", numeric=True),
                Column("AUC", numeric=True),
                Column("Brier forces", numeric=True),
                Column("AUC", numeric=True),
                Column("Slope", numeric=True),
                Column("by call", numeric=True),
                Column("Intercept", numeric=True),
                Column("ECE", numeric=True),
            ),
            tuple(_binary_row(model) for model in one.models),
        ),
    ]
    if few:
        blocks.append(
            Paragraph(
                f"Too few calls ({one.calls}) for intervals, slopes and verdicts:"
                f" they need at least {FEWEST_CALLS}."
            )
        )
    if one.eras:
        blocks.append(_eras(one))
    if not few:
        blocks.append(_diagram(one))
    return blocks


def _eras(one: Trial) -> Table:
    return Table(
        "The reliability model by era",
        (
            Column("Era"),
            Column("Rows", numeric=True),
            Column("Calls", numeric=True),
            Column("RPS", numeric=True),
            Column("Skill", numeric=True),
            Column("AUC", numeric=True),
            Column("Slope [95%]", numeric=True),
            Column("Mean forecast", numeric=True),
            Column("Observed", numeric=True),
        ),
        tuple(
            (
                era.name,
                f"{era.rows:,}",
                f"{era.calls:,}",
                f"{era.rps:.3f}",
                f"{era.skill:.3f}",
                _figure(era.auc),
                _interval(era.slope),
                f"{era.mean_forecast:.3f}",
                f"{era.observed:.3f}",
            )
            for era in one.eras
        ),
    )


def _diagram(one: Trial) -> Chart:
    """Observed frequency in five bins of equal number, with Wilson intervals, by the forecast."""
    bars = []
    for point in one.bins:
        low, high = wilson(point.observed * point.rows, point.rows)
        bars.append(
            Bar(
                f"Forecast {point.forecast:.3f}",
                point.observed,
                low,
                high,
                f"{point.observed:.3f} of {point.rows:,}",
            )
        )
    return Chart(
        title=f"Reliability diagram: observed share beside the forecast ({one.target})",
        alternative="; ".join(f"{bar.label}: observed {bar.figure} rows" for bar in bars) + ".",
        bars=tuple(bars),
        top=1.0,
        table=Table(
            f"Reliability diagram as a table ({one.target}, five bins of equal number)",
            (
                Column("Forecast", numeric=True),
                Column("Observed", numeric=True),
                Column("95% interval, rows as independent", numeric=True),
                Column("Rows", numeric=True),
            ),
            tuple(
                (
                    f"{point.forecast:.3f}",
                    f"{point.observed:.3f}",
                    f"{bar.low:.3f} to {bar.high:.3f}",
                    f"{point.rows:,}",
                )
                for point, bar in zip(one.bins, bars, strict=True)
            ),
        ),
    )


def _forecast_row(model: ModelScores) -> tuple[str, ...]:
    return (
        model.model,
        f"{model.log_score:.3f}",
        f"{model.calls_log_score:.3f}",
        f"{model.rps:.3f}",
        f"{model.calls_rps:.3f}",
        f"{model.skill:.3f}",
        _interval(model.gain_log),
        _interval(model.gain_rps),
    )


def _binary_row(model: ModelScores) -> tuple[str, ...]:
    return (
        model.model,
        *(
            _figure(value)
            for value in (
                model.within_call,
                model.brier_material,
                model.auc_material,
                model.brier_forces,
                model.auc_forces,
                model.slope,
                model.calls_slope,
                model.intercept,
                model.ece,
            )
        ),
    )


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _interval(value: Interval | None) -> str:
    return "" if value is None else f"{value.value:.3f} [{value.low:.3f}, {value.high:.3f}]"
