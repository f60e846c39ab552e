"""Files and folders become documents; what cannot be read is named and the rest go on."""

from __future__ import annotations

import os
import threading
import time
import zipfile
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foedus.domain.documents import Document
from foedus.errors import DocumentError
from foedus.evidence.limits import Limits
from foedus.evidence.reader import read_documents
from foedus.evidence.sentences import sentences

PARAGRAPH = (
    "Russia condemned the strikes on Iran but sent no weapons, two officials said on Monday."
)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def read_one(path: Path, content: bytes | None = None, **options: object) -> Document:
    """Write and read one file that must give one document."""
    if content is not None:
        path.write_bytes(content)
    (found,) = read_documents([path], **options)  # type: ignore[arg-type]
    assert isinstance(found, Document), found
    return found


def refusal(path: Path, content: bytes | None = None, **options: object) -> str:
    """Write and read one file that must be refused by name; return why."""
    if content is not None:
        path.write_bytes(content)
    (found,) = read_documents([path], **options)  # type: ignore[arg-type]
    assert isinstance(found, DocumentError), found
    assert found.name == str(path)
    return found.reason


def quotes(document: Document) -> list[str]:
    return [document.text[p.start : p.end] for p in document.passages]


def docx_bytes(paragraphs: list[str]) -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    return f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'.encode()


def write_docx(path: Path, body: bytes) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", body)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_text_is_the_file_unchanged(tmp_path: Path, newline: str) -> None:
    content = (
        f"A headline on arms{newline}{newline}{PARAGRAPH}{newline}{newline}{PARAGRAPH}{newline}"
    )
    document = read_one(tmp_path / "a.txt", content.encode())
    assert document.text == content
    assert quotes(document) == [PARAGRAPH, PARAGRAPH]
    assert document.title == "A headline on arms"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "cp1252", "latin-1"])
def test_encodings_are_decoded_and_the_mark_left_out(tmp_path: Path, encoding: str) -> None:
    text = PARAGRAPH.replace("Iran", "Irán").replace("sent", "sent café")
    assert read_one(tmp_path / "a.txt", text.encode(encoding)).text == text


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \n\n ", "empty"),
        (b"\xef\xbb\xbf \n", "empty"),
        (PARAGRAPH.encode() + b"\x00", "NUL"),
        (PARAGRAPH.encode("utf-16-le"), "NUL"),
        ("Россия осудила удары по Ирану".encode("cp1251"), "mis-encoded"),
        (("Irán " + PARAGRAPH).encode() + b" caf\xe9 " * 2, "mixes encodings"),
        (PARAGRAPH.encode() + b" \x81 ", "mis-encoded"),
        (b"\xff\xfe\x00\xd8", "utf-16"),
        (b"%PDF-1.7 x", "a PDF"),
        (b"\x7fELF\x01", "program"),
        (bytes(range(1, 32)) * 9, "binary"),
    ],
)
def test_text_that_cannot_be_trusted_is_refused(
    tmp_path: Path, content: bytes, reason: str
) -> None:
    assert reason in refusal(tmp_path / "a.txt", content)


def test_marks_and_homoglyphs_stay_as_written(tmp_path: Path) -> None:
    text = (
        "\u200fRussia sent no arms to \u0406ran\u202e during the whole war, officials said.\u200e"
    )
    document = read_one(tmp_path / "a.txt", text.encode())
    assert document.text == text
    assert quotes(document) == [text]


def test_one_bad_file_does_not_stop_the_rest(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PARAGRAPH)
    (tmp_path / "b.txt").write_bytes(b"\x00\x01")
    (tmp_path / "c.xyz").write_text(PARAGRAPH)
    (tmp_path / "d.txt").write_text(PARAGRAPH + " Again.")
    (tmp_path / ".hidden.txt").write_text(PARAGRAPH)
    found = list(read_documents([tmp_path, tmp_path / "gone.txt"]))
    assert [type(item).__name__ for item in found] == [
        "Document", "DocumentError", "DocumentError", "Document", "DocumentError",
    ]  # fmt: skip
    assert "suffix" in str(found[2])
    assert "does not exist" in str(found[4])


def test_links_in_a_circle_end_and_each_file_is_read_once(tmp_path: Path) -> None:
    inner = tmp_path / "one" / "two"
    inner.mkdir(parents=True)
    (inner / "a.txt").write_text(PARAGRAPH)
    (inner / "up").symlink_to(tmp_path)
    (inner / "self").symlink_to(inner / "self")
    (inner / "again.txt").symlink_to(inner / "a.txt")
    found = list(read_documents([tmp_path, tmp_path]))
    assert sum(isinstance(item, Document) for item in found) == 1
    assert {item.name for item in found if isinstance(item, DocumentError)} == {
        str(inner / "self"),
    }


def test_pipes_are_refused_and_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    assert "regular" in refusal(tmp_path / "a.txt")


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_without_permission_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PARAGRAPH)
    (tmp_path / "a.txt").chmod(0)
    assert "permission" in refusal(tmp_path / "a.txt")


def test_sizes_beyond_the_limits_are_refused(tmp_path: Path) -> None:
    content = (PARAGRAPH + "\n\n").encode() * 9
    assert "too large" in refusal(tmp_path / "a.txt", content, limits=Limits(file_bytes=100))
    assert "too large" in refusal(tmp_path / "a.txt", content, limits=Limits(text_chars=100))
    assert "too large" in refusal(tmp_path / "a.txt", content, limits=Limits(lines=5))
    assert "too large" in refusal(tmp_path / "a.txt", content, limits=Limits(passages=5))
    assert "too large" in refusal(tmp_path / "a.html", content, limits=Limits(html_bytes=100))


def test_a_long_single_line_is_read_and_split(tmp_path: Path) -> None:
    content = (PARAGRAPH + " ").encode() * 60_000
    document = read_one(tmp_path / "a.txt", content)
    assert len(document.passages) == 1
    assert len(sentences(document)) == 60_000


def test_docx_paragraphs_are_read_and_bombs_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    write_docx(path, docx_bytes(["A headline", PARAGRAPH, "", PARAGRAPH]))
    assert quotes(read_one(path)) == [PARAGRAPH, PARAGRAPH]
    write_docx(path, docx_bytes(["x" * 30_000_000]))
    assert "unpacks" in refusal(path)
    bomb = b'<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + docx_bytes(["&b;"])
    write_docx(path, bomb)
    assert "empty" in refusal(path)
    assert "damaged" in refusal(path, b"PK\x03\x04 not a zip")
    assert "encrypted" in refusal(path, b"\xd0\xcf\x11\xe0 sealed")


def test_mail_gives_its_text_sender_and_day(tmp_path: Path) -> None:
    message = EmailMessage()
    message["Subject"] = "Arms for Tehran"
    message["From"] = "Ines Valdecasas <ines@example.org>"
    message["Date"] = "Sat, 14 Mar 2026 09:00:00 +0100"
    message.set_content(f"> An older line that somebody else wrote\n\n{PARAGRAPH}\n")
    message.add_attachment(b"secret", maintype="application", subtype="zip", filename="x.zip")
    document = read_one(tmp_path / "a.eml", message.as_bytes(), today=date(2026, 11, 21))
    assert (document.title, document.author) == ("Arms for Tehran", "Ines Valdecasas")
    assert (str(document.date), document.date_basis) == ("2026-03-14", "metadata")
    assert PARAGRAPH in quotes(document)
    assert "secret" not in document.text


def test_pdf_without_pages_of_text_or_structure_is_refused(tmp_path: Path) -> None:
    assert "PDF" in refusal(tmp_path / "a.pdf", b"%PDF-1.7\n%%EOF")


def test_records_give_one_document_each_and_bad_ones_are_numbered(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(
        f'{{"text": "{PARAGRAPH}", "date": "2025-06-24", "source": "Northgate Wire"}}\n'
        '{"title": "no text"}\n[]\nnot json\n'
        f'{{"body": "{PARAGRAPH}", "headline": "Again"}}\n'
        '{"text": "half a character \\ud800"}\n'
    )
    found = list(read_documents([path]))
    assert [item.name for item in found if isinstance(item, DocumentError)] == [
        f"{path}#2", f"{path}#3", f"{path}#4", f"{path}#6",
    ]  # fmt: skip
    first, second = (item for item in found if isinstance(item, Document))
    assert (first.publisher, str(first.date)) == ("Northgate Wire", "2025-06-24")
    assert (second.name, second.title) == ("a.jsonl#5", "Again")
    assert first.id != second.id


def test_csv_and_json_read_the_same_fields(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f'title,text,date\nArms,"{PARAGRAPH}",2025-06-24\n')
    (tmp_path / "a.json").write_text(
        f'{{"articles": [{{"title": "Arms", "text": "{PARAGRAPH}", "date": "2025-06-24"}}]}}'
    )
    table, listing = read_documents([tmp_path / "a.csv", tmp_path / "a.json"])
    assert isinstance(table, Document)
    assert isinstance(listing, Document)
    assert table.id == listing.id
    assert "text column" in refusal(tmp_path / "b.csv", b"a,b\n1,2\n")
    assert "not JSON" in refusal(tmp_path / "b.json", b"[" * 100_000)


def test_the_id_is_the_hash_of_the_bytes(tmp_path: Path) -> None:
    document = read_one(tmp_path / "a.txt", b"Russia sent no arms to Iran in the war.")
    assert document.id == read_one(tmp_path / "b.md", document.text.encode()).id
    assert len(document.id) == 16


@pytest.mark.parametrize(
    "suffix", ["txt", "md", "html", "pdf", "docx", "eml", "json", "jsonl", "csv"]
)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    content=st.one_of(
        st.binary(max_size=400),
        st.text(max_size=400).map(lambda text: text.encode("utf-8", "replace")),
    )
)
def test_any_bytes_give_documents_or_named_errors(
    tmp_path: Path, suffix: str, content: bytes
) -> None:
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(content)
    for found in read_documents([path]):
        assert isinstance(found, Document | DocumentError)
        if isinstance(found, Document):
            at = 0
            for passage in found.passages:
                assert at <= passage.start < passage.end <= len(found.text)
                at = passage.end
            for sentence in sentences(found):
                own = found.passages[sentence.passage_index]
                assert own.start <= sentence.start < sentence.end <= own.end


LINES = st.sampled_from(
    [PARAGRAPH, "Share", "24 Comments", "Comments", "By Ann Lee", "Feb 12, 2025", "", "", "- item",
     "Related: Two more", "© 2025 Site", "# Heading", "> quoted", "---", "Most read", "No.",
     "a wrapped line that goes on for about as long as wrapped lines tend to go on", "```"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(LINES, max_size=30))
def test_passages_are_ordered_apart_and_never_furniture(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str]
) -> None:
    path = tmp_path_factory.getbasetemp() / "lines.txt"
    path.write_text("\n".join(lines) or "x")
    for found in read_documents([path]):
        if isinstance(found, Document):
            at = 0
            for passage in found.passages:
                assert at <= passage.start < passage.end <= len(found.text)
                at = passage.end
            kept = [line for quote in quotes(found) for line in quote.split("\n")]
            assert not {"Share", "24 Comments", "© 2025 Site", "Comments"} & set(kept)


def pdf_bytes(lines: list[str], extra: str = "", encrypted: bool = False) -> bytes:
    """A one-page PDF whose text layer holds `lines`."""
    drawn = " T* ".join(f"({line}) Tj" for line in lines)
    stream = f"BT /F1 11 Tf 40 760 Td 14 TL {drawn} ET"
    parts = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
        "/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(stream)}>>\nstream\n{stream}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        f"<</Producer(x){extra}>>",
    ]
    sealed = ""
    if encrypted:
        secret = "<" + "ab" * 32 + ">"
        parts.append(f"<</Filter/Standard/V 1/R 2/O{secret}/U{secret}/P -4>>")
        sealed = f"/Encrypt 7 0 R/ID[<{'00' * 16}><{'00' * 16}>]"
    content, offsets = "%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        offsets.append(len(content))
        content += f"{number} 0 obj\n{part}\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    size = len(parts) + 1
    return (
        f"{content}xref\n0 {size}\n0000000000 65535 f \n{table}"
        f"trailer<</Size {size}/Root 1 0 R/Info 6 0 R{sealed}>>\nstartxref\n{len(content)}\n%%EOF"
    ).encode()


def test_pdf_lines_form_passages_and_its_creation_date_gives_way(tmp_path: Path) -> None:
    lines = [
        "A headline about arms", "24 June 2025",
        "Russia condemned the strikes on Iran but sent no weapons, two officials",
        "said on Monday, and the treaty that the two countries signed in January",
        "does not oblige either of them to fight for the other.",
    ]  # fmt: skip
    created = "/CreationDate(D:20250701120000Z)/Author(Ann Lee)"
    document = read_one(tmp_path / "a.pdf", pdf_bytes(lines, created))
    assert [" ".join(quote.split()) for quote in quotes(document)] == [" ".join(lines[2:])]
    assert (document.title, document.author) == (lines[0], "Ann Lee")
    assert (str(document.date), document.date_basis) == ("2025-06-24", "dateline")
    undated = read_one(tmp_path / "b.pdf", pdf_bytes(lines[2:], created))
    assert (str(undated.date), undated.date_basis) == ("2025-07-01", "metadata")


def test_sealed_empty_and_long_pdfs_are_refused(tmp_path: Path) -> None:
    assert "encrypted" in refusal(tmp_path / "a.pdf", pdf_bytes(["x"], encrypted=True))
    assert "no text layer" in refusal(tmp_path / "b.pdf", pdf_bytes([""]))
    assert "pages" in refusal(tmp_path / "c.pdf", pdf_bytes(["x"]), limits=Limits(pdf_pages=0))


def test_a_file_that_grows_while_it_is_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(PARAGRAPH.encode() * 100_000)
    growing, stop = threading.Event(), threading.Event()

    def grow() -> None:
        with path.open("ab", buffering=0) as file:
            while not stop.is_set():
                file.write(b"x")
                growing.set()
                time.sleep(0)

    writer = threading.Thread(target=grow)
    writer.start()
    growing.wait()
    try:
        found = [item for _ in range(5) for item in read_documents([path])]
    finally:
        stop.set()
        writer.join()
    assert any(isinstance(item, DocumentError) and "changed" in item.reason for item in found)
