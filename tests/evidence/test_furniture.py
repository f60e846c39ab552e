"""Main text of self-written pages in the styles of many sites; furniture lies outside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from foedus.domain.documents import Document
from foedus.evidence.reader import read_documents

ONE = (
    "The defence ministry in Warsaw said on Tuesday that it had delivered forty artillery pieces "
    "to Kyiv, more than it promised in the spring, and that a second batch would follow in May."
)
TWO = (
    "Officials in Kyiv had asked for air defence systems. They received none. “We were told to "
    "wait,” said one of them, who did not want to be named because talks continue."
)
THREE = "A treaty signed in 2023 obliges neither side to fight for the other, the ministry added."
LAST = (
    f"{THREE} That sentence matters more than the guns, because every capital east of the Oder "
    "has read it and asked what its own paper is worth."
)

PAGES = {
    "portal": f"""Menu
Politics
Economy
Sport
Sign in
Subscribe
We use cookies to improve your experience. By continuing you accept our cookie policy.

Warsaw says it gave more guns than it promised

By Jan Nowicki
12 May 2025 | 3 min read
Share on Facebook
Photo: A howitzer on a training ground in April / Reuters

{ONE}

Advertisement

{TWO}

Read more: Five things to know about the spring offensive

{THREE}

Related stories

Grain prices rise for third week in a row
A minister resigns over a villa in the hills
Sign up for our newsletter and get the day's news delivered to your inbox.
© 2025 Vistula Herald. All rights reserved.
""",
    "blog": f"""Warsaw gives more guns than it promised

Posted on May 12, 2025 by admin
Tags: defence, Poland

{ONE}
{TWO}
{THREE}

Leave a Reply

Your email address will not be published.
Anna
2 days ago
I think that the whole article is wrong, since Poland never sent anything to anybody at all, ever.
Reply
Load more comments
""",
    "agency": f"""WARSAW, May 12, 2025 (Vistula) - {ONE}

{TWO}

{THREE}

(Reporting by Jan Nowicki in Warsaw; editing by Ewa Lis)
The views expressed in this article are those of the author and do not reflect those of the agency.
""",
    "magazine": f"""OPINION
Promises and howitzers: what Warsaw owed, and what it gave
Jan Nowicki is a senior fellow at the Institute for River Studies in Warsaw.
May 2025

{ONE}

What Kyiv asked for

{TWO}

You may also like
The long shadow of a short war
By Ewa Lis

{LAST}

123 Comments
Follow us on Telegram
Most read
Grain prices rise for third week in a row
""",
}  # fmt: skip


def read(path: Path, content: str) -> Document:
    path.write_text(content, "utf-8")
    (found,) = read_documents([path])
    assert isinstance(found, Document)
    return found


def quotes(document: Document) -> list[str]:
    return [document.text[p.start : p.end] for p in document.passages]


@pytest.mark.parametrize("style", PAGES)
def test_only_the_article_is_main_text(tmp_path: Path, style: str) -> None:
    found = quotes(read(tmp_path / f"{style}.txt", PAGES[style]))
    wire = "WARSAW, May 12, 2025 (Vistula) - " if style == "agency" else ""
    assert found == [wire + ONE, TWO, LAST if style == "magazine" else THREE]


@pytest.mark.parametrize(
    ("style", "title", "date", "author", "publisher"),
    [
        ("portal", "Warsaw says it gave more guns than it promised", "2025-05-12", "Jan Nowicki",
         "Vistula Herald"),
        ("blog", "Warsaw gives more guns than it promised", "2025-05-12", None, None),
        ("agency", None, "2025-05-12", None, "Vistula"),
        ("magazine", "Promises and howitzers: what Warsaw owed, and what it gave", "2025-05", None,
         None),
    ],
)  # fmt: skip
def test_what_stands_around_the_text_is_recorded(
    tmp_path: Path,
    style: str,
    title: str | None,
    date: str,
    author: str | None,
    publisher: str | None,
) -> None:
    found = read(tmp_path / f"{style}.txt", PAGES[style])
    assert (found.title, str(found.date), found.author, found.publisher) == (
        title, date, author, publisher,
    )  # fmt: skip
    assert found.date_basis == "dateline"


def test_wrapped_lines_form_one_passage_and_short_last_lines_end_it(tmp_path: Path) -> None:
    import textwrap

    wrapped = "\n\n".join(textwrap.fill(part, 72) for part in (ONE, TWO, THREE))
    found = quotes(read(tmp_path / "a.txt", wrapped))
    assert [" ".join(quote.split()) for quote in found] == [ONE, TWO, THREE]
    assert any("\n" in quote for quote in found)


def test_markdown_headings_lists_and_code(tmp_path: Path) -> None:
    content = f"""---
title: A note
date: 2025-05-12
---

# A note

**By Jan Nowicki**

{ONE}

## Findings

- Poland delivered forty artillery pieces to Kyiv.
- Poland withheld its air defence systems from Kyiv.

```
print("Russia sent troops to Iran in large numbers, this code says.")
```

![A howitzer on a training ground near the border](gun.png)
"""
    document = read(tmp_path / "a.md", content)
    assert quotes(document) == [
        ONE,
        "- Poland delivered forty artillery pieces to Kyiv.",
        "- Poland withheld its air defence systems from Kyiv.",
    ]
    assert (document.title, document.author) == ("A note", "Jan Nowicki")


def test_a_page_loses_scripts_handlers_and_furniture(tmp_path: Path) -> None:
    page = f"""<html lang="en"><head><title>Guns | Vistula Herald</title>
<meta property="og:site_name" content="Vistula Herald">
<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Guns",
"datePublished": "2025-05-12T08:00:00Z", "author": {{"name": "Jan Nowicki"}}}}</script>
<style>p {{ color: red }}</style></head><body onload="steal()">
<nav><a href="/">Home</a><a href="/w">World</a></nav>
<article><h1>Guns</h1><p onclick="steal()">{ONE}</p><script>steal("Russia sent arms.")</script>
<h2>What Kyiv asked for</h2><p>{TWO}</p><p>{THREE}</p>
<figure><figcaption>A howitzer in April. Photo: Reuters</figcaption></figure></article>
<div id="comments"><h3>Comments</h3><p>Be the first to comment.</p></div>
<footer>© 2025 Vistula Herald</footer></body></html>"""
    document = read(tmp_path / "a.html", page)
    assert quotes(document) == [ONE, TWO, THREE]
    assert "steal" not in document.text
    assert (document.title, document.author, document.publisher) == (
        "Guns", "Jan Nowicki", "Vistula Herald",
    )  # fmt: skip
    assert (str(document.date), document.date_basis) == ("2025-05-12", "metadata")


def test_a_short_page_is_read_whole(tmp_path: Path) -> None:
    found = read(tmp_path / "a.html", "<p>Poland sent guns to Kyiv in May.<script>x()</script></p>")
    assert quotes(found) == ["Poland sent guns to Kyiv in May."]


def test_words_of_furniture_inside_a_paragraph_are_text(tmp_path: Path) -> None:
    text = (
        "Share prices fell after comments by the minister on cookies, newsletters and the cost of "
        "arms that Poland delivered to Kyiv.\n\nRelated developments in the Baltic forced Warsaw "
        "to keep its air defence systems at home.\n\nMore troops followed in June."
    )
    assert len(quotes(read(tmp_path / "a.txt", text))) == 3


@pytest.mark.parametrize("text", ["Poland sent guns.", "Poland sent forty guns to Kyiv"])
def test_a_single_line_is_its_own_main_text(tmp_path: Path, text: str) -> None:
    assert quotes(read(tmp_path / "a.txt", text)) == [text]
