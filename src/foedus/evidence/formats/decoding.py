"""Bytes to text: UTF-8, UTF-16 and UTF-32 by their marks, Windows-1252; never a silent guess."""

from __future__ import annotations

import codecs
import re

from foedus.errors import DocumentError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive (perhaps .docx)"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x7fELF", "a program"),
    (b"\x1f\x8b", "a gzip archive"),
)
_UTF8_SEQUENCE = re.compile(rb"[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_SAMPLE = 200_000


def decode(data: bytes, name: str) -> str:
    """Decode `data`, leaving out a byte order mark and changing nothing else.

    Raises:
        DocumentError: another kind of file, NUL bytes, control characters, or an encoding
            that is neither UTF-8/16/32 nor Windows-1252.
    """
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise DocumentError(name, f"binary: this is {what}, not text. Give it its own suffix.")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return _checked(data[len(mark) :].decode(encoding), name)
            except UnicodeDecodeError as error:
                raise DocumentError(
                    name, f"marked as {encoding} but byte {error.start} is not. Save it as UTF-8."
                ) from error
    if b"\x00" in data:
        raise DocumentError(
            name,
            "holds NUL bytes: binary, or UTF-16 without a byte order mark. Save it as UTF-8.",
        )
    try:
        return _checked(data.decode("utf-8"), name)
    except UnicodeDecodeError as error:
        return _checked(_western(data, name, error.start), name)


def _western(data: bytes, name: str, bad: int) -> str:
    high = sum(byte >= 0x80 for byte in data[:_SAMPLE])
    share = high / max(1, min(len(data), _SAMPLE))
    if share > 0.25:
        raise DocumentError(
            name, "mis-encoded: neither UTF-8 nor a Western code page. Save it as UTF-8."
        )
    if _UTF8_SEQUENCE.search(data) is not None:
        raise DocumentError(
            name, f"mixes encodings: UTF-8, but byte {bad} is not. Save it as UTF-8."
        )
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise DocumentError(
            name,
            f"mis-encoded: byte {error.start} is neither UTF-8 nor Windows-1252. Save it as UTF-8.",
        ) from error


def _checked(text: str, name: str) -> str:
    if "\x00" in text:
        raise DocumentError(name, "holds NUL characters: binary, not text.")
    sample = text[:_SAMPLE]
    controls = sum(1 for _ in _CONTROL.finditer(sample))
    if controls > 3 and controls > len(sample) / 200:
        raise DocumentError(name, "binary: control characters throughout, not text.")
    return text
