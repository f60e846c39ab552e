"""The same article is known again whatever stands around it; two articles on one event are not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from foedus.domain.dates import DateSpan
from foedus.domain.documents import Document
from foedus.evidence.reader import read_documents
from foedus.evidence.republished import same_shingles, shingles
from foedus.evidence.sketches import find_copies, sketch

ARTICLE = (
    "Russia condemned the strikes on Iran but sent no weapons, two officials said on Monday.\n\n"
    "Tehran had asked for air defence systems for years, and it received none of them while the "
    "fighting lasted.\n\nThe treaty that the two signed in January obliges neither to fight for "
    "the other, and it had not entered into force.\n"
)
OTHER = (
    "Russia called the strikes on Iran unprovoked, and its envoy asked the Council to meet.\n\n"
    "No weapons were sent. Iranian officials who hoped for missiles spoke of disappointment, and "
    "a lawmaker asked what the January treaty was for if it asked so little of Moscow.\n"
)


def read(path: Path, content: str, day: date | None = None) -> Document:
    path.write_text(content, "utf-8")
    (found,) = read_documents([path])
    assert isinstance(found, Document)
    span = DateSpan(first=day, last=day) if day else None
    return found.model_copy(update={"date": span})


def same_article(a: Document, b: Document) -> bool:
    return same_shingles(shingles(a), shingles(b))


def copies(*documents: Document) -> dict[str, str]:
    by_id = {one.id: one for one in documents}
    days = {one.id: None if one.date is None else one.date.last for one in documents}
    return find_copies({one.id: sketch(one) for one in documents}, days, by_id.__getitem__)


def test_furniture_wraps_and_a_cut_do_not_hide_a_copy(tmp_path: Path) -> None:
    first = read(tmp_path / "a.txt", ARTICLE)
    dressed = "Home\nWorld\n\nOther headline of ours\n\nShare\n\n" + ARTICLE.replace(
        "Russia", "RUSSIA", 1
    )
    second = read(tmp_path / "b.txt", dressed + "\nComments\n\nBe the first to leave a comment.\n")
    cut = read(tmp_path / "c.txt", ARTICLE.rsplit("\n\n", 1)[0] + "\n")
    assert same_article(first, second)
    assert same_article(first, cut)
    assert same_article(cut, first)


def test_two_reports_of_one_event_stay_two(tmp_path: Path) -> None:
    assert not same_article(read(tmp_path / "a.txt", ARTICLE), read(tmp_path / "b.txt", OTHER))
    short = read(tmp_path / "c.txt", "Russia sent no weapons to Iran.")
    assert not same_article(read(tmp_path / "a.txt", ARTICLE), short)


def test_copies_point_at_the_earliest(tmp_path: Path) -> None:
    late = read(tmp_path / "a.txt", ARTICLE, date(2025, 6, 25))
    early = read(tmp_path / "b.txt", "A headline here\n\n" + ARTICLE, date(2025, 6, 24))
    undated = read(tmp_path / "c.txt", ARTICLE + "\nShare\n")
    other = read(tmp_path / "d.txt", OTHER)
    assert copies(undated, late, other, early) == {
        late.id: early.id,
        undated.id: early.id,
    }
    assert copies(other, other) == {}
