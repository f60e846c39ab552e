"""`python -m foedus.report.backtest_page docs/backtest.md`: the backtest as a page."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path

from foedus.report.backtest_blocks import backtest_blocks
from foedus.report.backtest_parts import Part, parts
from foedus.report.blocks import Block, Bullets, Chart, Heading, Paragraph, Table, plain

RUNS = (
    ("rolling", "ex-ante"),
    ("rolling", "escalation-known"),
    ("rolling", "asked"),
    ("leave-one-call-out", "ex-ante"),
    ("leave-one-war-out", "ex-ante"),
    ("leave-one-guarantor-out", "ex-ante"),
)


WORKERS = 2


def page(found: Sequence[Part]) -> str:
    """The runs as one page of Markdown, with what they cost at its end."""
    texts = [
        "# Backtest\n\n"
        "Made by `make backtest`; [reliability](reliability.md) says what was tried and how it was"
        " chosen. Scores are out of sample. Variants after the first are told more than anybody"
        " knew the day before, and are here to show what that would be worth.\n"
    ]
    for part in found:
        one = part.backtest
        texts.append(f"## {one.scheme}, {one.variant}\n")
        texts += [markdown(block) for block in backtest_blocks(one)]
    texts.append("## Time\n")
    texts.append("| run | s | processor s |\n| --- | --: | --: |")
    for part in found:
        name = f"{part.backtest.scheme}, {part.backtest.variant}"
        texts.append(f"| {name} | {part.seconds:.0f} | {part.processor_seconds:.0f} |")
    total = sum(part.processor_seconds for part in found)
    texts.append(f"| all, {WORKERS} at a time | | {total:.0f} |")
    return "\n".join(texts).rstrip("\n") + "\n"


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


def main(path: Path, folder: Path = Path("out/backtest")) -> None:
    """Run every scheme and write the page anew after each; what `folder` holds is not run again."""
    begun = time.perf_counter()
    found: list[Part] = []
    for part in parts(RUNS, folder, WORKERS):
        found.append(part)
        found.sort(key=lambda one: RUNS.index((one.backtest.scheme, one.backtest.variant)))
        path.write_text(page(found), encoding="utf-8")
    sys.stderr.write(f"{len(found)} runs: {time.perf_counter() - begun:.0f} s\n")


if __name__ == "__main__":
    main(*(Path(name) for name in sys.argv[1:3]))
