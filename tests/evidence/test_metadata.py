"""Dates and their basis, publishers and languages: recorded where told, unknown where not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from foedus.domain.documents import Document
from foedus.evidence.language import language_of
from foedus.evidence.reader import read_documents

BODY = "Russia condemned the strikes on Iran but sent no weapons, two officials said on Monday."
TODAY = date(2026, 11, 21)


def read(path: Path, content: str) -> Document:
    path.write_text(content, "utf-8")
    (found,) = read_documents([path], today=TODAY)
    assert isinstance(found, Document)
    return found


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Feb 12, 2025", "2025-02-12"),
        ("22 July 2025 14:27", "2025-07-22"),
        ("Published: Tuesday, 24th of June 2025, 10:00 GMT", "2025-06-24"),
        ("2025-06-24", "2025-06-24"),
        ("24.06.2025", "2025-06-24"),
        ("24 июня 2025", "2025-06-24"),
        ("24. Juni 2025", "2025-06-24"),
        ("24 juin 2025", "2025-06-24"),
        ("24 de junio de 2025", "2025-06-24"),
        ("June 2025", "2025-06"),
        ("03/04/2025", "2025-03-04/2025-04-03"),
        ("31 February 2025", "None"),
        ("12 May 1723", "None"),
        ("12 May 2150", "None"),
        ("23 November 2026", "None"),
        ("22 November 2026", "2026-11-22"),
    ],
)
def test_date_lines(tmp_path: Path, line: str, expected: str) -> None:
    document = read(tmp_path / "a.txt", f"A headline about arms\n\n{line}\n\n{BODY}\n")
    assert str(document.date) == expected
    assert document.date_basis == ("unknown" if expected == "None" else "dateline")


@pytest.mark.parametrize(
    "text",
    [
        "Just a year ago the two signed a treaty in Moscow. " + BODY,
        "The treaty was signed on 17 January 2025 in Moscow. " + BODY,
        "In Moscow in 2025, the presidents met. " + BODY,
    ],
)
def test_a_day_told_of_is_not_the_day_of_writing(tmp_path: Path, text: str) -> None:
    document = read(tmp_path / "a.txt", text)
    assert (document.date, document.date_basis) == (None, "unknown")


def test_other_bases(tmp_path: Path) -> None:
    wire = read(tmp_path / "a.txt", f"MOSCOW, 24 June 2025 (Northgate) - {BODY}")
    assert (str(wire.date), wire.date_basis, wire.publisher) == (
        "2025-06-24", "dateline", "Northgate",
    )  # fmt: skip
    said = read(tmp_path / "b.txt", f"{BODY}\n\nThis report was completed on 24 June 2025.")
    assert (str(said.date), said.date_basis) == ("2025-06-24", "text")
    named = read(tmp_path / "2025-06-24_note.txt", BODY)
    assert (str(named.date), named.date_basis) == ("2025-06-24", "file name")
    memo = read(tmp_path / "c.txt", f"To: Desk\nFrom: Ann Lee\nDate: 24 June 2025\n\n{BODY}")
    assert (str(memo.date), memo.author) == ("2025-06-24", "Ann Lee")


def test_the_date_below_the_headline_wins_over_the_clock_above_it(tmp_path: Path) -> None:
    text = (
        f"Friday, 20 November 2026\nHome\nWorld\n\nA headline about arms\n\n24 June 2025\n\n{BODY}"
    )
    assert str(read(tmp_path / "a.txt", text).date) == "2025-06-24"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (BODY, "en"),
        ("Россия осудила удары по Ирану, но не поставила оружие, и это было ожидаемо.", "ru"),
        ("Росія засудила удари по Ірану, але не надала зброї, і це було очікувано.", "uk"),
        ("La Russie a condamné les frappes sur l'Iran mais elle n'a pas livré des armes.", "fr"),
        ("Russland verurteilte die Angriffe auf den Iran, lieferte aber nicht die Waffen.", "de"),
        ("Rusia condenó los ataques contra Irán, pero no envió las armas que se pidieron.", "es"),
        ("روسیه حملات به ایران را محکوم کرد ولی پدافند نداد و گفت که چیزی نمی‌دهد", "fa"),
        ("12", None),
    ],
)
def test_languages(text: str, language: str | None) -> None:
    assert language_of(text) == language


def test_a_date_below_a_standfirst_is_the_dateline(tmp_path: Path) -> None:
    text = (
        "Why Riga thinks again\n\nA decade of promises meets an empty warehouse.\n\nBy Ann Lee\n"
        f"Updated 3 Mar 2026, 9:12 a.m. EET\n\n{BODY}"
    )
    document = read(tmp_path / "a.txt", text + " Riga was not surprised.")
    assert (str(document.date), document.date_basis) == ("2026-03-03", "dateline")
    assert document.author == "Ann Lee"
