"""The PDF report: the text that HTML has, hostile text as text, long tables cut and counted."""

from __future__ import annotations

from pathlib import Path

import pytest
import report_samples as samples

pytest.importorskip("typst")

from foedus.errors import InputError
from foedus.report.pdf import assessment_pdf, write_pdf


def text_of(content: bytes) -> str:
    from pypdfium2 import PdfDocument

    document = PdfDocument(content)
    text = " ".join(sheet.get_textpage().get_text_range() for sheet in document)
    document.close()
    return " ".join(text.replace("\u0002", "").split())


def test_it_holds_title_sections_and_run() -> None:
    assessment = samples.full()
    text = text_of(assessment_pdf(assessment))
    for words in ("Bottom line", "Promise", "Record", "Evidence", assessment.id[:8]):
        assert words in text


def test_hostile_text_stays_text() -> None:
    text = text_of(assessment_pdf(samples.hostile()))
    assert "Bottom line" in text


def test_long_tables_are_cut_and_say_so() -> None:
    text = text_of(assessment_pdf(samples.full(record=samples.record(others=60))))
    assert "Showing 25 of 60 rows" in text


def test_it_is_written_whole_beside_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_text("old")
    write_pdf(samples.bare(), path)
    assert path.read_bytes().startswith(b"%PDF")
    assert [item.name for item in tmp_path.iterdir()] == ["report.pdf"]
    with pytest.raises(InputError):
        write_pdf(samples.bare(), tmp_path / "no" / "report.pdf")
