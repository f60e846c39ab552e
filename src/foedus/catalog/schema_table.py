"""What one catalog table is: its unit, columns, key and vintages."""

from __future__ import annotations

from dataclasses import dataclass

SOURCE_COLUMNS = {
    "source_table": "VARCHAR",
    "source_title": "VARCHAR",
    "source_publisher": "VARCHAR",
    "source_date_first": "DATE",
    "source_date_last": "DATE",
    "source_ref": "VARCHAR",
    "confidence": "VARCHAR",
}
"""Where a coded fact comes from: the columns that every such table shares."""


@dataclass(frozen=True)
class Table:
    """One catalog table: `unit` is what a row is, `key` what makes it unique."""

    unit: str
    columns: dict[str, str]
    key: tuple[str, ...]
    vintages: tuple[str, ...]
