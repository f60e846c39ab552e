"""Tables of documents (.json, .jsonl, .csv): one document per record, by named fields."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from foedus.errors import DocumentError
from foedus.evidence.formats.decoding import decode
from foedus.evidence.formats.extracted import Extracted, Stated
from foedus.evidence.limits import Limits

_FIELDS: dict[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "article", "full_text", "fulltext", "maintext"),
    "title": ("title", "headline"),
    "publisher": ("publisher", "source", "outlet", "site", "source_name", "sitename"),
    "author": ("author", "authors", "byline"),
    "date": ("date", "published", "published_at", "publishedat", "date_publish", "pub_date",
             "pubdate", "datepublished", "publication_date"),
    "language": ("language", "lang"),
}  # fmt: skip
_LISTS = ("documents", "articles", "records", "items", "data", "results")

_MOST_BAD = 1_000
_LINE = re.compile(r"[^\n]*(?:\n|\Z)")
_CSV_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")

Record = tuple[str, str, Extracted]
"""Name (`file#number`), id (16 hex digits of the record's own SHA-256), text and metadata."""


def extract(data: bytes, name: str, limits: Limits) -> Iterator[Record | DocumentError]:
    """Yield one record per object or row; a bad one is an error by its number, the rest go on.

    Raises:
        DocumentError: the file is not in its format, or holds no field for the text.
    """
    if name.lower().endswith(".csv"):
        rows = _csv_rows(decode(data, name), name, limits)
    elif name.lower().endswith((".jsonl", ".ndjson")):
        rows = _json_lines(decode(data, name), name, limits)
    else:
        rows = _json_rows(data, name, limits)
    count = bad = 0
    for number, row in rows:
        count += 1
        found = row if isinstance(row, DocumentError) else _record(f"{name}#{number}", row)
        bad += isinstance(found, DocumentError)
        if bad == count == _MOST_BAD:
            raise DocumentError(
                name, f"none of its first {_MOST_BAD:,} records can be read (the last: {found})."
            )
        yield found
    if count == 0:
        raise DocumentError(name, "empty: it holds no record.")


def _record(name: str, row: Mapping[str, Any]) -> Record | DocumentError:
    lowered = {str(key).strip().lower(): value for key, value in row.items()}
    values = {
        field: next((text for key in keys if (text := _string(lowered.get(key)))), None)
        for field, keys in _FIELDS.items()
    }
    text = values.pop("text")
    if text is None:
        return DocumentError(name, "no text: name the field " + ", ".join(_FIELDS["text"]) + ".")
    try:
        canonical = json.dumps(row, sort_keys=True, ensure_ascii=False, default=str).encode()
    except (UnicodeEncodeError, TypeError, ValueError):
        return DocumentError(name, "holds characters or keys that cannot be stored.")
    if "\x00" in text:
        return DocumentError(name, "holds NUL characters: binary, not text.")
    stated = Stated(
        title=values["title"],
        publisher=values["publisher"],
        author=values["author"],
        date=values["date"],
        language=values["language"],
    )
    identity = hashlib.sha256(canonical).hexdigest()[:16]
    return name, identity, Extracted(text, "text/plain", None, stated)


def _string(value: Any) -> str | None:
    if isinstance(value, list):
        value = ", ".join(item for item in value if isinstance(item, str))
    if isinstance(value, dict):
        value = value.get("name")
    return value if isinstance(value, str) and value.strip() else None


def _json_rows(data: bytes, name: str, limits: Limits) -> Iterator[tuple[int, Any]]:
    if len(data) > limits.json_bytes:
        raise DocumentError(
            name,
            f"too large: {len(data):,} bytes of JSON, at most {limits.json_bytes:,}. "
            "Write one object per line (.jsonl).",
        )
    try:
        content = json.loads(decode(data, name))
    except (ValueError, RecursionError) as error:
        raise DocumentError(name, f"not JSON ({error}).") from error
    if isinstance(content, dict):
        nested = next((content[key] for key in _LISTS if isinstance(content.get(key), list)), None)
        content = [content] if nested is None else nested
    if not isinstance(content, list):
        raise DocumentError(name, "not a list of objects with a text field.")
    for number, row in enumerate(content, 1):
        yield number, _object(row, name, number)


def _json_lines(text: str, name: str, limits: Limits) -> Iterator[tuple[int, Any]]:
    for number, line in enumerate(_lines(text, _LINE), 1):
        if not line.strip():
            continue
        if len(line) > limits.line_chars:
            yield number, DocumentError(f"{name}#{number}", _long(limits))
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            if number == 1:
                raise DocumentError(name, f"not JSON lines ({error}).") from error
            yield number, DocumentError(f"{name}#{number}", f"not JSON ({error}).")
            continue
        yield number, _object(row, name, number)


def _object(row: Any, name: str, number: int) -> Any:
    if isinstance(row, dict):
        return row
    return DocumentError(f"{name}#{number}", f"not an object but {type(row).__name__}.")


def _csv_rows(text: str, name: str, limits: Limits) -> Iterator[tuple[int, Any]]:
    csv.field_size_limit(max(csv.field_size_limit(), 50_000_000))
    reader = csv.DictReader(_bounded(text, name, limits))
    try:
        header = {str(column).strip().lower() for column in reader.fieldnames or ()}
        if not header & set(_FIELDS["text"]):
            raise DocumentError(
                name, "no text column: name one " + ", ".join(_FIELDS["text"]) + "."
            )
        for number, row in enumerate(reader, 1):
            yield number, {key: value for key, value in row.items() if isinstance(key, str)}
    except csv.Error as error:
        raise DocumentError(name, f"not CSV ({error}).") from error


def _lines(text: str, pattern: re.Pattern[str]) -> Iterator[str]:
    """The lines with their ends, one in memory at a time."""
    for match in pattern.finditer(text):
        if match.group():
            yield match.group()


def _bounded(text: str, name: str, limits: Limits) -> Iterator[str]:
    for line in _lines(text, _CSV_LINE):
        if len(line) > limits.line_chars:
            raise DocumentError(name, _long(limits))
        yield line


def _long(limits: Limits) -> str:
    return f"holds a line of more than {limits.line_chars:,} characters."
