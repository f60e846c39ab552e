"""Files and folders to documents; a file that cannot be read is named and the rest go on."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from foedus.domain.documents import Document
from foedus.errors import DocumentError
from foedus.evidence.formats import docx, eml, html, pdf, plain, records
from foedus.evidence.formats.extracted import Block, Extracted
from foedus.evidence.furniture import lay_out
from foedus.evidence.limits import DEFAULT, Limits
from foedus.evidence.metadata import describe
from foedus.evidence.paragraphs import blocks
from foedus.evidence.web_pages.addresses import is_address

if TYPE_CHECKING:
    from foedus.evidence.web_pages.fetching import Fetcher

_FORMATS: dict[str, Callable[[bytes, str, Limits], Extracted]] = {
    ".txt": plain.extract, ".text": plain.extract, ".md": plain.extract,
    ".markdown": plain.extract, ".html": html.extract, ".htm": html.extract,
    ".xhtml": html.extract, ".pdf": pdf.extract, ".docx": docx.extract, ".eml": eml.extract,
}  # fmt: skip
_ISOLATED = (".html", ".htm", ".xhtml", ".pdf", ".docx", ".eml", ".json")
_HERE = (".jsonl", ".ndjson", ".csv")
_SMALL = 1_000_000
_RECORDS = (".json", ".jsonl", ".ndjson", ".csv")
_SURROGATE = re.compile("[\ud800-\udfff]")
SUFFIXES = (*_FORMATS, *_RECORDS)


def read_documents(
    paths: Iterable[Path | str],
    *,
    limits: Limits = DEFAULT,
    today: date | None = None,
    fetcher: Fetcher | None = None,
) -> Iterator[Document | DocumentError]:
    """Yield one Document per document, or one DocumentError per file that cannot be read.

    Folders are walked in the order of their names, hidden files skipped, links followed once.
    A text that begins with http:// or https:// is a web address, and fetched. Errors are
    yielded, not raised. `today` bounds plausible dates of publication.
    """
    day = today or date.today()
    seen: set[str] = set()
    for path in paths:
        if isinstance(path, str) and is_address(path):
            from foedus.evidence.web_pages.fetching import Fetcher, read_address

            yield from read_address(path, fetcher or Fetcher(), limits=limits, today=day)
            continue
        for found in walk([Path(path)], seen):
            if isinstance(found, DocumentError):
                yield found
            else:
                yield from read_file(found, limits=limits, today=day)


def walk(paths: Iterable[Path], seen: set[str] | None = None) -> Iterator[Path | DocumentError]:
    """Yield every file under the paths, each once, or an error for one that is not there.

    `seen` holds the real paths met before, and takes in those met now.
    """
    met = set() if seen is None else seen
    for path in paths:
        yield from _walk(Path(path), met)


def read_file(
    path: Path, *, limits: Limits = DEFAULT, today: date | None = None
) -> Iterator[Document | DocumentError]:
    """Yield the document or documents of one file; an error is yielded, not raised.

    What a native parser reads (PDF, pages, Word, mail), JSON and large texts are parsed in
    another process, so that a crash or a hang costs this file alone.
    """
    try:
        data = file_bytes(path, limits)
    except DocumentError as error:
        yield error
        return
    yield from parse_file(str(path), data, limits=limits, today=today)


def file_bytes(path: Path, limits: Limits = DEFAULT) -> bytes:
    """The bytes of one file of a kind that is read.

    Raises:
        DocumentError: another kind, not a file, too large, empty, changed while it was read.
    """
    check_suffix(str(path), path.suffix.lower())
    return _bytes(path, str(path), limits)


def parse_file(
    name: str, data: bytes, *, limits: Limits = DEFAULT, today: date | None = None
) -> Iterator[Document | DocumentError]:
    """Yield the documents of one file's bytes, parsed where its format demands; see `read_file`."""
    path, day = PurePath(name), today or date.today()
    suffix = path.suffix.lower()
    if suffix in _HERE or (suffix not in _ISOLATED and len(data) <= _SMALL):
        yield from read_bytes(name, path.name, data, suffix=suffix, limits=limits, today=day)
        return
    from foedus.evidence.isolated import each_isolated

    size = len(data) // 1_000_000
    yield from each_isolated(
        name,
        data,
        seconds=10 + 2 * size,
        megabytes=512 + 3 * size,
        limits=limits,
        today=day,
    )


def holds_records(name: str) -> bool:
    """Whether the file is a table of documents; any other is one, known by its bytes."""
    return PurePath(name).suffix.lower() in _RECORDS


def document_id(data: bytes) -> str:
    """The id of the document that these bytes are, where they are one."""
    return hashlib.sha256(data).hexdigest()[:16]


def check_suffix(name: str, suffix: str) -> None:
    """Refuse a suffix that is not read.

    Raises:
        DocumentError: it names the known ones.
    """
    if suffix not in SUFFIXES:
        raise DocumentError(
            name, f"suffix {suffix or 'missing'!r} is not read. Known: {', '.join(SUFFIXES)}."
        )


def read_bytes(
    name: str, short: str, data: bytes, *, suffix: str, limits: Limits, today: date
) -> Iterator[Document | DocumentError]:
    """Parse one file's bytes in this process; `short` is the name without its folder."""
    try:
        check_suffix(name, suffix)
        if not data.strip():
            raise DocumentError(name, "empty.")
        if suffix in _RECORDS:
            for item in _guarded_records(data, name, limits):
                if isinstance(item, DocumentError):
                    yield item
                    continue
                record, identity, extracted = item
                yield _document_or_error(
                    extracted, record, Path(record).name, identity, limits, today
                )
            return
        identity = document_id(data)
        extracted = _extract(_FORMATS[suffix], data, name, limits)
        del data
    except DocumentError as error:
        yield error
        return
    yield _document_or_error(extracted, name, short, identity, limits, today)


def _walk(path: Path, seen: set[str]) -> Iterator[Path | DocumentError]:
    """Files under `path`; `seen` holds the real paths met, so that circles and repeats end."""
    name = str(path)
    try:
        real = os.path.realpath(path, strict=True)
        folder = stat.S_ISDIR(os.stat(real).st_mode)
        if real in seen:
            return
        seen.add(real)
        entries = sorted(entry.name for entry in os.scandir(path)) if folder else []
    except (OSError, ValueError) as error:
        yield DocumentError(name, _why(error))
        return
    if not folder:
        yield path
        return
    for entry in entries:
        if not entry.startswith("."):
            yield from _walk(path / entry, seen)


def _why(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "does not exist (or is a broken link)."
    if isinstance(error, PermissionError):
        return "may not be read: permission denied."
    return f"cannot be read ({getattr(error, 'strerror', None) or error})."


def _bytes(path: Path, name: str, limits: Limits) -> bytes:
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(handle, "rb") as file:
            before = os.fstat(file.fileno())
            if not stat.S_ISREG(before.st_mode):
                raise DocumentError(name, "not a regular file.")
            if before.st_size > limits.file_bytes:
                raise DocumentError(
                    name,
                    f"too large: {before.st_size:,} bytes, at most {limits.file_bytes:,}.",
                )
            data = file.read(limits.file_bytes + 1)
            after = os.fstat(file.fileno())
    except (OSError, ValueError) as error:
        raise DocumentError(name, _why(error)) from error
    if (after.st_size, after.st_mtime_ns) != (before.st_size, before.st_mtime_ns) or len(
        data
    ) != after.st_size:
        raise DocumentError(name, "changed while it was read. Read it again.")
    return data


def _extract(
    extract: Callable[[bytes, str, Limits], Extracted], data: bytes, name: str, limits: Limits
) -> Extracted:
    """Run a format; whatever a third party's parser throws is this file's error alone."""
    try:
        return extract(data, name, limits)
    except (DocumentError, MemoryError):
        raise
    except Exception as error:
        raise DocumentError(name, f"cannot be parsed ({type(error).__name__}: {error}).") from error


def _guarded_records(
    data: bytes, name: str, limits: Limits
) -> Iterator[records.Record | DocumentError]:
    try:
        yield from records.extract(data, name, limits)
    except DocumentError as error:
        yield error


def _document_or_error(
    extracted: Extracted, name: str, short: str, identity: str, limits: Limits, today: date
) -> Document | DocumentError:
    try:
        return to_document(extracted, name, short, identity, limits=limits, today=today)
    except DocumentError as error:
        return error


def _longest_line(text: str) -> int:
    longest = at = 0
    for match in re.finditer(r"[\r\n]", text):
        longest, at = max(longest, match.start() - at), match.end()
    return max(longest, len(text) - at)


def _blocks(extracted: Extracted) -> tuple[Block, ...]:
    return tuple(blocks(extracted.text, reflow=extracted.media_type == "text/markdown"))


def to_document(
    extracted: Extracted, name: str, short: str, identity: str, *, limits: Limits, today: date
) -> Document:
    """Find the passages and metadata of an extracted text.

    Raises:
        DocumentError: no text, or more of it than the limits allow.
    """
    text = extracted.text
    if len(text) > limits.text_chars:
        raise DocumentError(name, f"too large: more than {limits.text_chars:,} characters.")
    if text.count("\n") + text.count("\r") > limits.lines:
        raise DocumentError(name, f"too large: more than {limits.lines:,} lines.")
    if len(text) > limits.line_chars and _longest_line(text) > limits.line_chars:
        raise DocumentError(
            name, f"holds a line of more than {limits.line_chars:,} characters: not prose."
        )
    if not text.strip("\ufeff \t\r\n\v\f\u00a0"):
        raise DocumentError(name, "empty: it holds no text.")
    if _SURROGATE.search(text) is not None:
        raise DocumentError(name, "holds half a character (a lone surrogate). Save it as UTF-8.")
    found = extracted.blocks if extracted.blocks is not None else _blocks(extracted)
    layout = lay_out(text, found)
    if len(layout.passages) > limits.passages:
        raise DocumentError(name, f"too large: more than {limits.passages:,} paragraphs.")
    about = describe(extracted, layout, short, today)
    return Document(
        id=identity,
        name=short.encode("utf-8", "surrogateescape").decode("utf-8", "replace"),
        media_type=extracted.media_type,
        text=text,
        passages=layout.passages,
        title=about.title,
        publisher=about.publisher,
        author=about.author,
        date=about.date,
        date_basis=about.date_basis,
        language=about.language,
    )
