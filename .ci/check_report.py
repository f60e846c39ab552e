"""Check the main job's report: the treaty, its missing clause, and exact quotes from documents."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from lxml import html


def main(report: Path, documents: Path) -> None:
    """Fail with a message where the report lacks what an analyst relies on."""
    page = html.parse(str(report)).getroot()
    text = re.sub(r"\s+", " ", page.text_content())
    raw = report.read_text("utf-8")
    for words in ("Comprehensive Strategic Partnership", "defen", "Delivered", "Withheld"):
        assert words.lower() in text.lower(), f"the report does not mention {words!r}"
    quotes = [
        re.sub(r"\s+", " ", node.text_content()).strip()
        for node in page.xpath("//q | //blockquote")
    ]
    assert quotes, "the report quotes nothing"
    originals = " ".join(
        re.sub(r"\s+", " ", path.read_text("utf-8", errors="replace"))
        for path in sorted(documents.iterdir())
        if path.is_file()
    )
    for quote in quotes:
        bare = quote.strip('“”" ')
        assert bare in originals, f"not an exact quote: {bare!r}"
        for furniture in (
            "24 Comments",
            "Someone is typing",
            "Share it on social",
            "Related article",
        ):
            assert furniture not in bare, f"page furniture is quoted: {bare!r}"
    fetched = re.search(r'(src|href)="https?://[^"]+\.(js|css|png|svg|woff2?)', raw)
    assert fetched is None, f"not offline: {fetched}"
    print(f"report checked: {len(quotes)} quotes, all exact")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
