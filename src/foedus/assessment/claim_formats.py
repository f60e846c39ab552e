"""Rows of claims as JSONL, CSV and JSON-LD: written one by one, read back exactly."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any, Literal

from foedus.assessment.claim_rows import COLUMNS, LISTS, NUMBERS
from foedus.errors import InputError

ClaimFormat = Literal["jsonl", "csv", "jsonld"]
FORMATS: tuple[ClaimFormat, ...] = ("jsonl", "csv", "jsonld")

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "'", "＝", "＋", "－", "＠")
"""What a spreadsheet may take for a formula; such a cell gets an apostrophe in front."""
_EMPTY = "'"
_CONTEXT = {
    "@vocab": "urn:foedus:claims#",
    "oa": "http://www.w3.org/ns/oa#",
    "claim_id": "@id",
    "@base": "urn:foedus:claim:",
    "document": "oa:hasSource",
    "quote": "oa:exact",
    "start": "oa:start",
    "end": "oa:end",
    **{field: {"@id": field, "@container": "@list"} for field in LISTS},
}


def format_of(file: Path, given: str | None) -> ClaimFormat:
    """The format that is named, else the one that the file's suffix tells.

    Raises:
        InputError: neither is one of the three.
    """
    asked = given or file.suffix.lower().removeprefix(".")
    for one in FORMATS:
        if asked == one:
            return one
    raise InputError(f"No format {asked!r}. There are {', '.join(FORMATS)}: give --format.")


def write_rows(rows: Iterable[Mapping[str, Any]], out: IO[str], form: ClaimFormat) -> None:
    """Write rows as text with line ends as they are; open the file with newline=""."""
    if form == "jsonl":
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    elif form == "csv":
        out.write("\ufeff")
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(COLUMNS)
        for row in rows:
            writer.writerow([_cell(row[column]) for column in COLUMNS])
    else:
        out.write('{"@context": ' + json.dumps(_CONTEXT) + ', "@graph": [')
        separator = "\n"
        for row in rows:
            out.write(separator + json.dumps({"@type": "Claim", **row}, ensure_ascii=False))
            separator = ",\n"
        out.write("\n]}\n")


def read_rows(file: Path, form: ClaimFormat) -> Iterator[tuple[int, dict[str, Any] | InputError]]:
    """Yield each row with its number (line, or place in the graph), or what is wrong with it.

    Raises:
        InputError: the file cannot be read, or is not of that format at all.
    """
    try:
        with file.open(encoding="utf-8-sig", newline="") as text:
            yield from {"jsonl": _jsonl, "csv": _csv, "jsonld": _jsonld}[form](text)
    except OSError as error:
        raise InputError(f"{file} cannot be read ({error.strerror}).") from error
    except (UnicodeDecodeError, csv.Error, RecursionError) as error:
        raise InputError(f"{file} is no {form} file in UTF-8 ({error}).") from error


def _jsonl(text: IO[str]) -> Iterator[tuple[int, dict[str, Any] | InputError]]:
    for number, line in enumerate(text, 1):
        if line.strip():
            try:
                yield number, _object(json.loads(line))
            except (ValueError, InputError) as error:
                yield number, InputError(f"not a JSON object ({error})")


def _jsonld(text: IO[str]) -> Iterator[tuple[int, dict[str, Any] | InputError]]:
    try:
        graph = json.load(text)["@graph"]
        rows = list(graph)
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(f"Not JSON-LD with an @graph of claims ({error!r:.120}).") from error
    for number, row in enumerate(rows, 1):
        try:
            found = _object(row)
            found.pop("@type", None)
            yield number, found
        except InputError as error:
            yield number, error


def _object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise InputError(f"received {value!r:.60}")
    if any(isinstance(one, float) and not math.isfinite(one) for one in value.values()):
        raise InputError("a number that is not finite")
    return value


def _csv(text: IO[str]) -> Iterator[tuple[int, dict[str, Any] | InputError]]:
    csv.field_size_limit(100_000_000)
    reader = csv.reader(text, strict=True)
    header = next(reader, None)
    if not header or (strange := [name for name in header if name not in COLUMNS]):
        raise InputError(f"Not a table of claims: its columns are {header!r:.200}.")
    del strange
    for cells in reader:
        if len(cells) != len(header):
            yield reader.line_num, InputError(f"{len(cells)} cells under {len(header)} columns")
            continue
        try:
            pairs = zip(header, cells, strict=True)
            row = {name: _value(name, cell) for name, cell in pairs}
            yield reader.line_num, {name: value for name, value in row.items() if value is not None}
        except ValueError as error:
            yield reader.line_num, InputError(str(error))


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        simple = value and all(one and one.strip() == one and ";" not in one for one in value)
        value = "; ".join(value) if simple and value[0][0] != "[" else json.dumps(value)
        return _safe(value)
    if isinstance(value, str):
        return _safe(value) if value else _EMPTY
    return repr(value)


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def _value(name: str, cell: str) -> Any:
    if cell == "":
        return None
    plain = cell.removeprefix("'")
    if name in LISTS:
        if not plain.startswith("["):
            return [part.strip() for part in plain.split(";") if part.strip()]
        found = json.loads(plain)
        if not isinstance(found, list):
            raise ValueError(f"{name} is no list: {plain[:60]!r}")
        return found
    if name == "abstain":
        if plain.lower() not in ("true", "false"):
            raise ValueError(f"abstain is neither true nor false: {plain[:60]!r}")
        return plain.lower() == "true"
    try:
        if name in NUMBERS:
            return int(plain)
        if name == "confidence":
            return float(plain)
    except ValueError:
        raise ValueError(f"{name} is not a number: {plain[:60]!r}") from None
    return plain
