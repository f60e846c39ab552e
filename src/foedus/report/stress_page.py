"""A stress test as one self-contained HTML page."""

from __future__ import annotations

from pathlib import Path

from foedus.domain.stress_tests import StressTest
from foedus.report.figures import day
from foedus.report.html import check_target, render_html, write_whole
from foedus.report.sections.stress_summary import title_of
from foedus.report.stress_blocks import stress_blocks


def stress_html(test: StressTest) -> str:
    """The report of one stress test as a page."""
    title = f"Stress test: {title_of(test)}. As of {day(test.as_of)}"
    meta = {
        "description": title,
        "generator": f"Foedus {test.foedus_version}",
        "foedus-catalog": test.catalog_version,
        "foedus-as-of": test.as_of.isoformat(),
        "foedus-seed": str(test.seed),
        "foedus-runs": str(test.runs),
    }
    return render_html(stress_blocks(test), title, meta)


def write_stress_html(test: StressTest, path: Path) -> None:
    """Write the report to `path`, whole or not at all.

    Raises:
        InputError: the folder does not exist, `path` is no regular file, or writing fails.
    """
    check_target(path)
    write_whole(stress_html(test).encode(), path)
