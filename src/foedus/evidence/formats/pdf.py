"""PDF: the text layer by pypdfium2, page after page."""

from __future__ import annotations

import re
from collections import Counter

from foedus.errors import DocumentError
from foedus.evidence.formats.extracted import Extracted, Stated
from foedus.evidence.limits import Limits

_FEWEST_PAGES = 3
_SURROGATE = re.compile("[\ud800-\udfff]")
_CREATED = re.compile(r"D:(\d{4})(\d{2})(\d{2})")


def extract(data: bytes, name: str, limits: Limits) -> Extracted:
    """Extract the text layer; a paragraph that runs over a page break stays whole.

    The creation date is kept as a date that is not of publication.

    Raises:
        DocumentError: encrypted, damaged, too many pages or too much text, or no text layer.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise DocumentError(name, "encrypted: save a copy without a password.") from error
        raise DocumentError(name, f"not a PDF that can be opened ({error}).") from error
    try:
        if len(document) > limits.pdf_pages:
            raise DocumentError(name, f"{len(document):,} pages, at most {limits.pdf_pages:,}.")
        pages: list[str] = []
        size = 0
        for index in range(len(document)):
            page = document[index]
            layer = page.get_textpage()
            size += layer.count_chars()
            if size > limits.text_chars:
                raise DocumentError(name, f"more than {limits.text_chars:,} characters of text.")
            pages.append(_clean(layer.get_text_range()))
            layer.close()
            page.close()
        about = document.get_metadata_dict(skip_empty=True)
    except pypdfium2.PdfiumError as error:
        raise DocumentError(name, f"damaged: a page cannot be read ({error}).") from error
    finally:
        document.close()
    text = _join(without_running_lines(pages))
    if not text.strip():
        raise DocumentError(name, "empty: no text layer (a scan?). Run text recognition first.")
    created = _CREATED.match(about.get("CreationDate", ""))
    stated = Stated(
        title=about.get("Title"),
        author=about.get("Author"),
        date="-".join(created.groups()) if created else None,
        date_is_publication=False,
    )
    return Extracted(text, "application/pdf", None, stated)


def _clean(page: str) -> str:
    page = page.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    page = page.replace("\ufffe", "-\n").replace("\uffff", "")
    return _SURROGATE.sub("\ufffd", page)


def without_running_lines(pages: list[str]) -> list[str]:
    """Pages without the line at their top or foot that most pages share but for its numbers."""
    if len(pages) < _FEWEST_PAGES:
        return pages
    lines = [page.strip("\n").split("\n") for page in pages]
    for edge in (0, -1):
        kinds = [re.sub(r"\d+", "#", row[edge].strip()).lower() for row in lines]
        common, count = (
            Counter(kind for kind in kinds if kind).most_common(1)[0] if any(kinds) else ("", 0)
        )
        if count >= max(_FEWEST_PAGES, len(pages) // 2) and len(common) <= 120:
            for row, kind in zip(lines, kinds, strict=True):
                if kind == common:
                    row.pop(edge)
                    row.extend([""] if not row else [])
    return ["\n".join(row) for row in lines]


def _join(pages: list[str]) -> str:
    text = ""
    parts: list[str] = []
    for page in pages:
        body = page.strip("\n")
        if not body.strip():
            continue
        if parts:
            runs_on = text.rstrip()[-1:] not in '.!?:"”’)' and body.lstrip()[:1].islower()
            parts.append("\n" if runs_on else "\n\n")
        parts.append(body)
        text = body
    return "".join(parts)
