"""CSV: comment lines that say where it comes from, a header, rows; no cell is a formula."""

from __future__ import annotations

import csv
import io

from foedus.report.exports.view import View

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""A text beginning with one of these is run by spreadsheets; an apostrophe before it stops that."""
_SPLITTING = {ord(mark): f"%{ord(mark):02X}" for mark in ',;\t"\r\n'}
"""Percent-encoded in comments, so that no spreadsheet sees a second cell there."""


def write(view: View) -> bytes:
    """UTF-8 with comment lines `# name: value` first; null is empty, lists are set with `; `."""
    text = io.StringIO()
    for name, value in view.provenance.items:
        text.write(f"# {name}: {value.translate(_SPLITTING)}\r\n")
    columns = list(view.rows[0])
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([_cell(column) for column in columns])
    writer.writerows([_cell(row[column]) for column in columns] for row in view.rows)
    return text.getvalue().encode()


def _cell(value: object) -> object:
    if isinstance(value, list | tuple):
        value = "; ".join(map(str, value))
    if isinstance(value, str) and value.startswith((*_FORMULA, "#", "'")):
        return f"'{value}"
    return value
