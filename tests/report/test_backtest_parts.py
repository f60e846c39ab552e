"""`make backtest` keeps each run as it is done, and takes up where a kill left it."""

from __future__ import annotations

from pathlib import Path

import pytest

from foedus.domain.backtests import Backtest
from foedus.report import backtest_parts
from foedus.report.backtest_page import page
from foedus.report.backtest_parts import Part, parts


def _part(scheme: str, made_by: str) -> Part:
    run = Backtest(
        scheme=scheme, variant="ex-ante", catalog_version="v", keys="k",
        tests=(), criteria=(), notes=(),
    )  # fmt: skip
    return Part(made_by=made_by, seconds=2.0, processor_seconds=1.5, backtest=run)


def test_a_finished_run_is_read_and_not_made_again(tmp_path: Path) -> None:
    made_by = backtest_parts._made_by()
    held = _part("rolling", made_by)
    (tmp_path / "rolling-ex-ante.json").write_text(held.model_dump_json(), encoding="utf-8")
    assert list(parts([("rolling", "ex-ante")], tmp_path)) == [held]


@pytest.mark.parametrize("text", ["", "{", _part("rolling", "other code").model_dump_json()])
def test_half_a_file_or_one_of_other_code_does_not_count(tmp_path: Path, text: str) -> None:
    path = tmp_path / "rolling-ex-ante.json"
    path.write_text(text, encoding="utf-8")
    assert backtest_parts._kept(path, backtest_parts._made_by()) is None


def test_the_page_ends_with_what_it_cost() -> None:
    text = page([_part("rolling", "a"), _part("leave-one-war-out", "a")])
    assert "| rolling, ex-ante | 2 | 2 |" in text
    assert text.rstrip().endswith("| all, 2 at a time | | 3 |")
