"""The catalog's tables as blocks: the list, and one table with its first rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from foedus.report.blocks import Block, Bullets, Column, Facts, Heading, Link, Masthead, Table, Text

if TYPE_CHECKING:
    from foedus.data import TableInfo


def list_blocks(tables: Sequence[TableInfo]) -> tuple[Block, ...]:
    """Every table: rows, coverage, vintages and terms."""
    return (
        Table(
            caption=f"{len(tables)} catalog tables",
            columns=(
                Column("Table"),
                Column("Rows", numeric=True),
                Column("Years"),
                Column("Vintages"),
                Column("Terms"),
            ),
            rows=tuple(
                (
                    info.name,
                    f"{info.rows:,}",
                    f"{info.first_year}–{info.last_year}",
                    ", ".join(vintage.key for vintage in info.vintages),
                    "; ".join(info.terms),
                )
                for info in tables
            ),
            note="`foedus data show TABLE` says what a row is, `data cite TABLE` how to cite it.",
        ),
    )


def table_blocks(info: TableInfo) -> tuple[Block, ...]:
    """One table: unit, key, columns, vintages with their terms, first rows and references."""
    vintages: list[Text] = []
    for vintage in info.vintages:
        where = (Link(vintage.url, vintage.url),) if vintage.url else ()
        vintages.append((f"{vintage.title} {vintage.version}: {vintage.terms} ", *where))
    return (
        Masthead(
            title=info.name,
            kicker=f"One row: {info.unit}.",
            facts=(
                ("Rows", f"{info.rows:,}"),
                ("Years", f"{info.first_year}–{info.last_year}"),
                ("Key", ", ".join(info.key)),
            ),
        ),
        Heading("Columns"),
        Facts(tuple((name, kind.lower()) for name, kind in info.columns.items())),
        Heading(f"First {len(info.sample)} rows"),
        *(
            Facts(tuple((name, _cell(value)) for name, value in row.items() if value is not None))
            for row in info.sample
        ),
        Heading("Vintages and terms"),
        Bullets(tuple(vintages)),
        Heading("References"),
        Bullets(info.citation),
    )


def _cell(value: object) -> str:
    return ", ".join(str(item) for item in value) if isinstance(value, list) else str(value)
