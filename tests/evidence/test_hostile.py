"""Files made to do harm: each gives an error by its name, and the rest go on."""

from __future__ import annotations

import gzip
import io
import time
import zipfile
import zlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import foedus
from foedus.catalog.actors import NameEntry
from foedus.domain.documents import Document
from foedus.errors import DocumentError
from foedus.evidence.coder import code_document
from foedus.evidence.proposer.validation import validated
from foedus.evidence.reader import read_documents
from foedus.workspace.store import Workspace

PARAGRAPH = (
    "Russia condemned the strikes on Iran but sent no weapons, two officials said on Monday."
)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def pdf_of(unit: bytes, megabytes: int) -> bytes:
    """A PDF whose page, packed twice, unpacks to so many megabytes of `unit`."""
    packer = zlib.compressobj(9)
    step = unit * ((1 << 20) // len(unit))
    packed = b"".join(packer.compress(step) for _ in range(megabytes)) + packer.flush()
    stream = zlib.compress(packed, 9)
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d/Filter[/FlateDecode/FlateDecode]>>\nstream\n%b\nendstream"
        % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    content, offsets = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        offsets.append(len(content))
        content += b"%d 0 obj\n%b\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return (
        content + b"xref\n0 6\n0000000000 65535 f \n" + table
        + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(content)
    )  # fmt: skip


def word_of(body: bytes, **members: bytes) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", body)
        for name, content in members.items():
            archive.writestr(name, content)
    return kept.getvalue()


def document_xml(inner: str) -> bytes:
    return f'<w:document xmlns:w="{WORD}"><w:body>{inner}</w:body></w:document>'.encode()


def nested(depth: int) -> bytes:
    return document_xml("<w:p>" * depth + "</w:p>" * depth)


HOSTILE: dict[str, Callable[[], bytes]] = {
    "spaces.pdf": lambda: pdf_of(b" ", 1500),
    "text.pdf": lambda: pdf_of(b"BT /F1 11 Tf (arms) Tj ET ", 600),
    "loop.pdf": lambda: (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]/Count 9>>endobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF"
    ),
    "flat.docx": lambda: word_of(document_xml(f"<w:p>{'x' * 50_000_000}</w:p>")),
    "deep.docx": lambda: word_of(nested(100_000)),
    "entity.docx": lambda: word_of(
        b'<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">'
        + b"".join(b'<!ENTITY %c "%b">' % (98 + at, b"&%c;" % (97 + at) * 10) for at in range(9))
        + b"]>"
        + document_xml("<w:p><w:r><w:t>&j;</w:t></w:r></w:p>")
    ),
    "file.docx": lambda: word_of(
        b'<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
        + document_xml("<w:p><w:r><w:t>&a;</w:t></w:r></w:p>")
    ),
    "packed.docx": lambda: gzip.compress(PARAGRAPH.encode()),
    "deep.json": lambda: b'[{"text": ' + b"[" * 200_000,
    "wide.json": lambda: b"[" + b"[]," * 3_000_000 + b"[]]",
    "numbers.json": lambda: b'{"text": ' + b"9" * 100_000 + b"}",
    "deep.html": lambda: b"<div>" * 300_000 + PARAGRAPH.encode(),
    "empty.html": lambda: b"<script>" + b"alert(1);" * 100_000 + b"</script>",
    "parts.eml": lambda: (
        b"Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n"
        + b"--b\nContent-Type: multipart/mixed; boundary=b\n\n" * 3_000
    ),
    "oneline.txt": lambda: (PARAGRAPH + " ").encode() * 1_150_000,
    "zeros.txt": lambda: b"\0" * 1_000_000,
    "mixed.txt": lambda: ("Irán " + PARAGRAPH).encode() + PARAGRAPH.encode("utf-16"),
    "name\ud800.txt".encode("utf-8", "replace").decode(): lambda: b"",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_refused_by_name_and_the_next_file_is_read(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(HOSTILE[name]())
    (tmp_path / "zz.txt").write_text(PARAGRAPH)
    before = time.monotonic()
    *several, refused, good = read_documents([tmp_path])
    assert len(several) < 1_000
    assert isinstance(refused, DocumentError), refused
    assert name in str(refused)
    assert len(str(refused)) < 1_000
    assert isinstance(good, Document)
    assert time.monotonic() - before < 60


def test_an_external_entity_is_never_read(tmp_path: Path) -> None:
    page = (
        '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        f"<html><body><p>{PARAGRAPH} &x;</p><p>{PARAGRAPH}</p></body></html>"
    )
    (tmp_path / "a.html").write_text(page)
    (found,) = read_documents([tmp_path])
    assert isinstance(found, Document)
    assert "root:" not in found.text


HOSTILE_PAGE = f"""<html><head><title>Arms &lt;script&gt;alert(1)&lt;/script&gt;</title>
<style>body {{ background: url(javascript:alert(2)) }}</style>
<meta name="author" content='"><img src=x onerror=alert(3)>'></head>
<body onload="alert(4)"><script>alert(5)</script><svg onload=alert(6)></svg>
<h1>Arms &lt;script&gt;alert(1)&lt;/script&gt;</h1><p>12 June 2025</p>
<p onclick="alert(7)" style="display:none">{PARAGRAPH}</p>
<p>Russia sent &lt;img src=x onerror=alert(8)&gt; weapons to Iran, two officials said.</p>
<a href="javascript:alert(9)">{PARAGRAPH}</a><iframe srcdoc="<script>alert(10)</script>"></iframe>
</body></html>"""


def test_scripts_handlers_and_styles_never_reach_a_report(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(HOSTILE_PAGE)
    workspace = tmp_path / "w.sqlite"
    answer = foedus.assess("Russia", "Iran", read=[tmp_path / "a.html"], workspace=workspace)
    with Workspace.open(workspace) as opened:
        (document,) = opened.documents()
    for hidden in ("alert(2)", "alert(4)", "alert(5)", "alert(6)", "alert(7)", "alert(10)"):
        assert hidden not in document.text
    from foedus.report.html import write_html

    write_html(answer, tmp_path / "r.html")
    page = (tmp_path / "r.html").read_text("utf-8")
    assert "<img src=x" not in page
    assert "<script>alert" not in page
    assert "javascript:alert" not in page


def test_marks_look_alikes_and_far_dates_do_no_harm(tmp_path: Path) -> None:
    text = (
        "Arms\u202e for Iran\n\n3 March 1723\n\n"
        "\u200fRussia sent no weapons to \u0406ran\u202c.\u200e Moscow\u200d sent no tanks to Iran"
        " in 2150, and none in 1723. R\u0443ssia sent no aircraft to Iran on 31 February 2025.\n"
    )
    (tmp_path / "a.txt").write_text(text)
    found = foedus.read(tmp_path / "a.txt", workspace=tmp_path / "w.sqlite")
    assert found.failures == ()
    with Workspace.open(tmp_path / "w.sqlite") as opened:
        (document,) = opened.documents()
        claims = opened.claims(undated="include", include_abstained=True)
    assert document.text == text
    assert document.date is None
    for claim in claims:
        assert text[claim.start : claim.end] == claim.quote
        assert "\u0406" not in "".join((*claim.source, *claim.target))
    answer = foedus.assess(
        "Russia", "Iran", as_of=date.today().isoformat(), workspace=tmp_path / "w.sqlite"
    )
    assert answer.evidence.documents[0].date is None


WORDS = st.sampled_from(
    "Russia Iran its both countries the not never will sent send weapons to from , . ; : said"
    " that if -backed withdrew pledged Moscow's ally they “ ” ( ) 2025 January on no \" \u202e"
    " \u0406".split()
)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=120))
def test_any_row_of_words_gives_true_quotes(
    names: tuple[NameEntry, ...], written: Callable[..., Document], words: list[str]
) -> None:
    document = written(" ".join(words) or "x")
    claims = code_document(document, names)
    assert validated(document, claims, names).dropped == {}


@pytest.mark.parametrize("unit", ["Russia sent no weapons to Iran and ", "Russia-backed "])
def test_a_sentence_of_nothing_but_statements_costs_no_time(
    names: tuple[NameEntry, ...], written: Callable[..., Document], unit: str
) -> None:
    before = time.monotonic()
    assert len(code_document(written(unit * (200_000 // len(unit))), names)) <= 20
    assert time.monotonic() - before < 30
