"""Word documents (.docx): paragraphs of the body; headers, footers and deletions left out."""

from __future__ import annotations

import io
import zipfile
from typing import IO, Any

from foedus.errors import DocumentError
from foedus.evidence.formats.extracted import BlockKind, Extracted, Stated, lay_out
from foedus.evidence.limits import Limits

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"
_MEDIA = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def extract(data: bytes, name: str, limits: Limits) -> Extracted:
    """Extract the paragraphs of the document's body.

    Raises:
        DocumentError: encrypted, not a Word document, empty, or unpacking beyond the limits.
    """
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise DocumentError(name, "encrypted or an old .doc: save it as .docx without a password.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            body = _member(archive, "word/document.xml", name, limits)
            about = (
                _member(archive, "docProps/core.xml", name, limits)
                if "docProps/core.xml" in archive.namelist()
                else b""
            )
    except KeyError as error:
        raise DocumentError(name, "not a Word document: it holds no word/document.xml.") from error
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError) as error:
        raise DocumentError(name, f"damaged or encrypted archive ({error}).") from error
    text, blocks = lay_out(_paragraphs(body, name))
    if not text:
        raise DocumentError(name, "empty: the document holds no text.")
    return Extracted(text, _MEDIA, blocks, _stated(about))


def _member(archive: zipfile.ZipFile, path: str, name: str, limits: Limits) -> bytes:
    packed = max(1, archive.getinfo(path).compress_size)
    ceiling = min(limits.unpacked_bytes, max(1_000_000, packed * limits.unpacked_ratio))
    with archive.open(path) as stream:
        content = _bounded(stream, ceiling)
    if content is None:
        raise DocumentError(name, f"unpacks {path} to over {ceiling:,} bytes: refused.")
    return content


def _bounded(stream: IO[bytes], ceiling: int) -> bytes | None:
    content = stream.read(ceiling + 1)
    return content if len(content) <= ceiling else None


def _paragraphs(body: bytes, name: str) -> list[tuple[str, BlockKind]]:
    from lxml import etree

    pieces: list[tuple[str, BlockKind]] = []
    try:
        for _, node in etree.iterparse(
            io.BytesIO(body), tag=f"{_W}p", resolve_entities=False, no_network=True
        ):
            text, kind = _text(node), _kind(node)
            pieces.extend((line, kind) for line in text.split("\n"))
            node.clear(keep_tail=True)
            while node.getprevious() is not None:
                del node.getparent()[0]
    except etree.XMLSyntaxError as error:
        raise DocumentError(name, f"damaged: word/document.xml is not XML ({error}).") from error
    return pieces


def _text(paragraph: Any) -> str:
    parts: list[str] = []
    for node in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}noBreakHyphen"):
        if node.tag == f"{_W}t":
            parts.append(node.text or "")
        else:
            parts.append({"tab": " ", "br": "\n"}.get(node.tag.removeprefix(_W), "-"))
    return "".join(parts)


def _kind(paragraph: Any) -> BlockKind:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    value = (style.get(f"{_W}val") or "").lower() if style is not None else ""
    if value.startswith(("heading", "title", "subtitle")):
        return "heading"
    if value.startswith(("caption", "footnote", "header", "footer", "toc")):
        return "aside"
    listed = paragraph.find(f"{_W}pPr/{_W}numPr") is not None
    return "item" if listed or value.startswith("list") else "paragraph"


def _stated(about: bytes) -> Stated:
    from lxml import etree

    if not about:
        return Stated()
    try:
        root = etree.fromstring(about, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return Stated()
    return Stated(
        title=root.findtext(f"{_DC}title") or None,
        author=root.findtext(f"{_DC}creator") or None,
        publisher=root.findtext(f"{_DC}publisher") or None,
        date=root.findtext(f"{_TERMS}created") or None,
        date_is_publication=False,
    )
