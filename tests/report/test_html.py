"""The page: whole, self-contained, and deaf to hostile text."""

from __future__ import annotations

import os
import re
from base64 import b64encode
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest
import report_samples as samples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html as parser

from foedus.domain.assessments import Assessment
from foedus.errors import InputError
from foedus.report import blocks as b
from foedus.report.html import assessment_html, render_html, write_html


def tree(page: str) -> parser.HtmlElement:
    return parser.document_fromstring(page.encode())


@pytest.fixture(scope="module")
def full_page(full_assessment: Assessment) -> str:
    return assessment_html(full_assessment)


def test_structure_has_one_h1_landmarks_and_no_skipped_level(full_page: str) -> None:
    root = tree(full_page)
    assert len(root.xpath("//h1")) == 1
    for landmark in ("header", "nav", "main", "footer"):
        assert root.xpath(f"//body//{landmark}"), landmark
    levels = [int(node.tag[1]) for node in root.xpath("//h1|//h2|//h3|//h4")]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert root.xpath("//a[@class='skip']/@href") == ["#main"]


def test_ids_are_unique_and_every_reference_resolves(full_page: str) -> None:
    root = tree(full_page)
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))
    wanted = [key for value in root.xpath("//@aria-labelledby") for key in value.split()]
    wanted += [href[1:] for href in root.xpath("//a/@href") if href.startswith("#")]
    assert set(wanted) <= set(ids)


def test_every_table_has_a_caption_scoped_headers_and_a_focusable_scroller(full_page: str) -> None:
    tables = tree(full_page).xpath("//table")
    assert len(tables) > 10
    for table in tables:
        assert table.xpath("normalize-space(caption)")
        assert table.xpath("thead//th") == table.xpath("thead//th[@scope='col']")
        assert all(len(row.xpath("th[@scope='row']")) == 1 for row in table.xpath("tbody/tr"))
        assert table.getparent().get("tabindex") == "0"


def test_charts_have_role_title_and_description_and_their_figures_are_in_the_table(
    full_page: str,
) -> None:
    charts = tree(full_page).xpath("//svg")
    assert len(charts) == 3
    for chart in charts:
        assert chart.get("role") == "img"
        assert chart.xpath("string(title)")
        assert chart.xpath("string(desc)")
        pair = chart.xpath("ancestor::div[@class='pair']")[0]
        table = " ".join(pair.xpath(".//table//text()"))
        drawn = chart.xpath(".//text[@font-weight='600']/text()")
        assert drawn
        assert all(figure in table for figure in drawn)


def test_all_303_calls_are_on_the_page_and_older_ones_are_folded(full_page: str) -> None:
    root = tree(full_page)
    rows = root.xpath("//section[@id='record']//table[@class='columns-7']/tbody/tr")
    assert len(rows) == 300
    own = root.xpath(
        "//section[@id='record']//table[caption[contains(., 'was attacked')]]//tbody/tr"
    )
    assert len(own) == 3
    folded = root.xpath("//section[@id='record']//details//tbody/tr")
    assert len(folded) == 275
    assert "The other 275 of 300 rows" in full_page


def test_nothing_is_loaded_and_the_policy_allows_nothing_but_the_style(full_page: str) -> None:
    root = tree(full_page)
    assert not root.xpath("//script|//link|//img|//iframe|//object|//*[@src]|//*[@style]")
    assert "url(" not in full_page
    (policy,) = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    style = re.search(r"<style>(.*?)</style>", full_page, re.DOTALL)
    assert style is not None
    digest = b64encode(sha256(style[1].encode()).digest()).decode()
    assert "default-src 'none'" in policy
    assert f"style-src 'sha256-{digest}'" in policy


def test_outgoing_links_tell_no_referrer_and_are_web_addresses(full_page: str) -> None:
    links = tree(full_page).xpath("//a[not(starts-with(@href, '#'))]")
    assert links
    assert all(link.get("href").startswith(("http://", "https://")) for link in links)
    assert all("noreferrer" in link.get("rel") for link in links)


def test_hostile_text_adds_no_element_attribute_or_control_character(
    hostile_assessment: Assessment,
) -> None:
    page = assessment_html(hostile_assessment)
    root = tree(page)
    assert not root.xpath("//script|//img|//@onerror")
    assert "<script>alert(1)</script>" in root.text_content()
    assert not root.xpath("//a[starts-with(@href, 'javascript')]")
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", page)
    for mark in ("\u202e", "\u2066"):
        for node in root.xpath(f"//body//text()[contains(., '{mark}')]"):
            holder = node.getparent()
            inside_svg = bool(holder.xpath("ancestor-or-self::*[local-name()='svg']"))
            assert inside_svg or holder.xpath("ancestor-or-self::bdi"), holder.tag


TEXT = st.text(max_size=40) | st.sampled_from(
    ["<script>", "</blockquote><b>", "<!--", "]]>", "&lt;", "{{ 7*7 }}", "</style>", "\r\n\x1b"]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(words=TEXT, title=TEXT, name=TEXT, href=TEXT)
def test_text_of_others_is_text_and_never_markup(
    words: str, title: str, name: str, href: str
) -> None:
    def page(words: str, title: str, name: str, href: str) -> parser.HtmlElement:
        quote = b.Quote(words, (b.Foreign(title), b.Link(name, href)))
        card = b.Card((b.Foreign(title),), name or None, blocks=(quote,))
        table = b.Table(title, (b.Column("A"),), ((words,),))
        callout = b.Callout(name, (b.Strong(words),))
        part = b.Section("s", title, (card, table, callout, b.Bullets((words,))))
        return tree(render_html((part,), title, {"description": words}))

    def shape(root: parser.HtmlElement) -> list[str]:
        return [str(node.tag) for node in root.iter() if node.tag not in {"bdi", "a"}]

    got, wanted = page(words, title, name, href), page("w", "t", "n" if name else "", "h")
    assert shape(got) == shape(wanted)


def test_a_quote_reads_back_exactly(full_page: str, full_assessment: Assessment) -> None:
    quotes = {"".join(node.itertext()) for node in tree(full_page).xpath("//blockquote/p")}
    for group in full_assessment.evidence.groups:
        for row in group.clusters:
            assert all(f"“{claim.quote}”" in quotes for claim in row.claims)


def test_a_page_without_anything_known_still_stands(bare_assessment: Assessment) -> None:
    root = tree(assessment_html(bare_assessment))
    assert len(root.xpath("//section")) == 7
    assert not root.xpath("//svg")


def test_an_unknown_block_type_fails_loudly() -> None:
    with pytest.raises(Exception, match="unknown_block_type"):
        render_html((object(),), "t", {})  # type: ignore[arg-type]


def test_write_replaces_a_report_whole(tmp_path: Path, full_assessment: Assessment) -> None:
    path = tmp_path / "report.html"
    path.write_text("older")
    write_html(full_assessment, path)
    assert path.read_text(encoding="utf-8").endswith("</html>\n")
    assert [entry.name for entry in tmp_path.iterdir()] == ["report.html"]


def test_a_failed_write_leaves_the_older_report(
    tmp_path: Path, full_assessment: Assessment, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "report.html"
    path.write_text("older")

    def full_disk(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full_disk)
    with pytest.raises(InputError, match="No space left on device"):
        write_html(full_assessment, path)
    assert path.read_text() == "older"
    assert [entry.name for entry in tmp_path.iterdir()] == ["report.html"]


def test_a_missing_folder_or_a_folder_as_file_is_an_input_error(tmp_path: Path) -> None:
    assessment = samples.bare()
    with pytest.raises(InputError, match=r"No folder .*nowhere"):
        write_html(assessment, tmp_path / "nowhere" / "report.html")
    for path in (tmp_path, Path(os.devnull)):
        with pytest.raises(InputError, match="is no file"):
            write_html(assessment, path)
