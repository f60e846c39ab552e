"""The backtest's page: the reliability diagram is a chart on screen and a table in Markdown."""

from __future__ import annotations

import numpy as np

from foedus.reliability.backtest.scores import Outcomes
from foedus.reliability.backtest.tables import BASE, OURS, SIMPLE, trial
from foedus.report.backtest_blocks import trial_blocks
from foedus.report.backtest_page import markdown
from foedus.report.blocks import Chart


def test_the_diagram_says_the_same_as_a_chart_and_as_a_table() -> None:
    rng = np.random.default_rng(0)
    shares, rungs = rng.dirichlet(np.ones(5), 100), rng.integers(0, 5, 100)
    call = np.arange(100) // 4
    models = {OURS: shares, SIMPLE: shares, BASE: shares}
    scored = trial("name", "about", models, Outcomes(rungs, rungs, call), [])
    (diagram,) = (block for block in trial_blocks(scored) if isinstance(block, Chart))
    text = markdown(diagram)
    assert len(diagram.bars) == len(scored.bins) == 5
    for bar, point in zip(diagram.bars, scored.bins, strict=True):
        assert bar.low is not None
        assert bar.high is not None
        assert bar.low < bar.value < bar.high
        assert f"| {point.forecast:.3f} | {point.observed:.3f} |" in text
