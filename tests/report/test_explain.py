"""An assessment says why its probability is what it is, in every format."""

from __future__ import annotations

import re

import pytest

import foedus
from foedus.domain.assessments import Assessment
from foedus.report.assessment_blocks import assessment_blocks
from foedus.report.blocks import Chart, Section, Table, plain
from foedus.report.html import assessment_html
from foedus.report.sections.explain import explain_section
from foedus.report.sections.probabilities import probabilities_section


@pytest.fixture(scope="module")
def answer() -> Assessment:
    return foedus.assess("Russia", "Iran", as_of="2026-11-01", save=False)


def _section(answer: Assessment) -> Section:
    return next(
        block
        for block in assessment_blocks(answer)
        if isinstance(block, Section) and block.anchor == "why"
    )


def _tables(answer: Assessment) -> dict[str, Table]:
    tables = [block for block in _section(answer).blocks if isinstance(block, Table)]
    return {table.caption: table for table in tables}


def test_contributions_are_cut_but_add_up(answer: Assessment) -> None:
    assert answer.forecast is not None
    table = next(t for caption, t in _tables(answer).items() if "contributions" in caption)
    values = [float(plain(row[-1])) for row in table.rows]
    total = sum(one.log_odds for one in answer.forecast.contributions)
    assert values[-1] == pytest.approx(total, abs=0.006)
    assert sum(values[:-1]) == pytest.approx(values[-1], abs=0.06)


def test_five_similar_calls_and_do_call_are_named(answer: Assessment) -> None:
    tables = _tables(answer)
    similar = next(t for caption, t in tables.items() if "similar" in caption)
    assert len(similar.rows) == 5
    tested = next(t for caption, t in tables.items() if caption.startswith("do(call)"))
    assert [plain(row[0])[:4] for row in tested.rows] == ["-0.2", "0.0:", "+0.2"]


def test_the_tornado_spans_its_swings_and_marks_the_answer(answer: Assessment) -> None:
    assert answer.forecast is not None
    chart = next(block for block in _section(answer).blocks if isinstance(block, Chart))
    assert chart.line == answer.forecast.what_ifs[0].now
    for bar, swing in zip(chart.bars, answer.forecast.swings, strict=True):
        assert {bar.start, bar.value} == {swing.at_low, swing.at_high}
        assert bar.start <= bar.value <= chart.top
    page = assessment_html(answer)
    drawn = re.search(r"<svg class=\"chart\"[^>]*><title[^>]*>How far single.*?</svg>", page, re.S)
    assert drawn is not None
    assert "stroke-dasharray" in drawn[0]


def test_other_commitments_stand_beside_it(answer: Assessment) -> None:
    assert answer.forecast is not None
    others = answer.forecast.others
    assert 0 < len(others) <= 6
    assert answer.beneficiary.id not in {one.beneficiary for one in others}
    chances = [one.material.probability for one in others]
    assert chances == sorted(chances, reverse=True)
    assert any("Other commitments of Russia" in caption for caption in _tables(answer))


def test_a_base_rate_explains_itself_by_its_classes() -> None:
    old = foedus.assess("France", "Czechoslovakia", as_of="1938-09-01", save=False)
    assert old.forecast is not None
    if old.forecast.model == "base-rate":
        assert explain_section(old) is None
        assert "Reference classes" in repr(probabilities_section(old))
    else:
        assert len(old.forecast.similar) == 5
        assert all(one.started < old.as_of for one in old.forecast.similar)
