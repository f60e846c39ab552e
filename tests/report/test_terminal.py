"""The terminal: readable at 80, 100 and 120 columns, plain when piped."""

from __future__ import annotations

import io
import re

import pytest
import report_samples as samples
from rich.console import Console
from syrupy.assertion import SnapshotAssertion

from foedus.domain.assessments import Assessment
from foedus.report.assessment_blocks import assessment_blocks
from foedus.report.blocks import Masthead, Quote, Section
from foedus.report.terminal import render_terminal


def printed(assessment: Assessment, width: int, **options: object) -> str:
    console = Console(file=io.StringIO(), width=width, **options)  # type: ignore[arg-type]
    render_terminal(assessment_blocks(assessment), console)
    assert isinstance(console.file, io.StringIO)
    return "\n".join(line.rstrip() for line in console.file.getvalue().split("\n"))


def test_full_report_at_100_columns(
    full_assessment: Assessment, snapshot: SnapshotAssertion
) -> None:
    assert printed(full_assessment, 100) == snapshot


def test_bare_report_at_100_columns(
    bare_assessment: Assessment, snapshot: SnapshotAssertion
) -> None:
    assert printed(bare_assessment, 100) == snapshot


@pytest.mark.parametrize("width", [80, 100, 120])
def test_no_line_is_wider_than_the_terminal(full_assessment: Assessment, width: int) -> None:
    assert max(len(line) for line in printed(full_assessment, width).split("\n")) <= width


def test_what_is_cut_is_counted(full_assessment: Assessment) -> None:
    text = printed(full_assessment, 80)
    assert "Showing 12 of 300" in text
    assert "+ 3 more quotes to the same effect" in text


@pytest.mark.parametrize("width", [80, 120])
def test_every_figure_and_quote_word_survives_wrapping(
    full_assessment: Assessment, width: int
) -> None:
    flat = re.sub(r"\s+", " ", printed(full_assessment, width))
    for needle in (
        "very unlikely", "38–93%", "Treaty on Comprehensive Strategic Partnership",
        "“Moscow sent no interceptors, the ministry in Tehran said.”",
        "Signed paper without a defence obligation",
    ):  # fmt: skip
        assert needle in flat


def test_colour_goes_to_a_terminal_alone(
    full_assessment: Assessment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    assert "\x1b[" not in printed(full_assessment, 100)
    coloured = printed(full_assessment, 100, force_terminal=True, color_system="standard")
    assert "\x1b[1;36m" in coloured
    plain = printed(full_assessment, 100, force_terminal=True, no_color=True)
    assert not re.search(r"\x1b\[[0-9;]*3[0-7]m", plain)


def test_hostile_text_cannot_steer_the_terminal(hostile_assessment: Assessment) -> None:
    text = printed(hostile_assessment, 100)
    assert "\x1b" not in text
    assert "\x00" not in text
    assert "\u202e" not in text
    assert "‹U+202E›" in re.sub(r"\s+", "", text)


def test_markup_in_a_quote_is_printed_and_not_obeyed() -> None:
    console = Console(file=io.StringIO(), width=80)
    quote = Quote("[bold red]x[/] [link=file:///etc]y[/link]", "source")
    render_terminal((Masthead("t", "k", ()), Section("a", "A", (quote,))), console)
    assert isinstance(console.file, io.StringIO)
    assert "“[bold red]x[/] [link=file:///etc]y[/link]”" in console.file.getvalue()


def test_unknown_is_worded(bare_assessment: Assessment) -> None:
    text = printed(bare_assessment, 80)
    assert re.search(r"Russia\s+unknown\s+unknown\s+unknown", text)
    assert samples.bare().no_forecast is not None
