"""`python -m foedus.report.backtest_page docs/backtest.md`: the backtest as a page."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from foedus.domain.backtests import Backtest
from foedus.reliability.backtest.run import run
from foedus.report.backtest_blocks import backtest_blocks
from foedus.report.blocks import Block, Bullets, Chart, Heading, Paragraph, Table, plain

RUNS = (
    ("rolling", "ex-ante"),
    ("rolling", "escalation-known"),
    ("rolling", "asked"),
    ("leave-one-call-out", "ex-ante"),
    ("leave-one-war-out", "ex-ante"),
    ("leave-one-guarantor-out", "ex-ante"),
)


def page(found: list[Backtest]) -> str:
    """The runs as one page of Markdown."""
    parts = [
        "# Backtest\n\n"
        "Made by `make backtest`; [reliability](reliability.md) says what was tried and how it was"
        " chosen. Scores are out of sample. Variants after the first are told more than anybody"
        " knew the day before, and are here to show what that would be worth.\n"
    ]
    for one in found:
        parts.append(f"## {one.scheme}, {one.variant}\n")
        parts += [markdown(block) for block in backtest_blocks(one)]
    return "\n".join(parts).rstrip("\n") + "\n"


def markdown(block: Block) -> str:
    """One block as Markdown."""
    match block:
        case Heading():
            return f"### {plain(block.text)}\n"
        case Paragraph():
            return f"{plain(block.text)}\n"
        case Bullets():
            return "\n".join(f"- {plain(item)}" for item in block.items) + "\n"
        case Chart():
            return markdown(block.table)
        case Table():
            names = [column.name for column in block.columns]
            rule = ["--:" if column.numeric else "---" for column in block.columns]
            rows = [[plain(cell) for cell in row] for row in block.rows]
            lines = [f"| {' | '.join(line)} |" for line in (names, rule, *rows)]
            note = f"\n\n{plain(block.note)}" if block.note else ""
            return f"*{block.caption}*\n\n" + "\n".join(lines) + note + "\n"
    return ""


def main(path: Path) -> None:
    """Run every scheme and write the page; times go to standard error."""
    found = []
    for scheme, variant in RUNS:
        begun = time.perf_counter()
        found.append(run(scheme, variant))
        sys.stderr.write(f"{scheme}, {variant}: {time.perf_counter() - begun:.0f} s\n")
    path.write_text(page(found), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
