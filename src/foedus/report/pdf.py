"""A report as PDF (extra `pdf`): the blocks go as data into a Typst template, never as markup."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from importlib.resources import files
from math import sqrt
from pathlib import Path
from typing import Any

from foedus.domain.assessments import Assessment
from foedus.errors import FoedusError, InputError
from foedus.report.assessment_blocks import assessment_blocks
from foedus.report.blocks import (
    Block,
    Bullets,
    Callout,
    Card,
    Chart,
    Columns,
    Defined,
    Details,
    Facts,
    Foreign,
    Heading,
    KeyFigures,
    Link,
    Masthead,
    Paragraph,
    Quote,
    Section,
    Strong,
    Table,
    Text,
    inlines,
    plain,
)
from foedus.report.figures import day
from foedus.report.plain_text import visible
from foedus.report.sections.headline import question
from foedus.report.source_text import web_address

Data = dict[str, Any]


def render_pdf(blocks: Sequence[Block], title: str, meta: Mapping[str, str]) -> bytes:
    """A tagged PDF from blocks; `meta` stands in the foot of the last page.

    Raises:
        InputError: the extra `pdf` is not installed.
        FoedusError: the typesetter fails.
    """
    try:
        import typst
    except ImportError:
        raise InputError(
            "PDF needs the extra `pdf`: pip install 'foedus[pdf]'. Or print the HTML report."
        ) from None
    template = files("foedus.report").joinpath("templates/report.typ").read_bytes()
    content = {
        "title": visible(title),
        "meta": [[name, visible(value)] for name, value in meta.items()],
        "blocks": [_data(block) for block in blocks],
    }
    try:
        made = typst.compile(
            template, format="pdf", sys_inputs={"content": json.dumps(content)},
        )  # fmt: skip
    except typst.TypstError as error:
        raise FoedusError(f"The PDF could not be set: {error}. Print the HTML report.") from error
    if not isinstance(made, bytes):
        raise FoedusError("The PDF could not be set: several files came back.")
    return made


def assessment_pdf(assessment: Assessment) -> bytes:
    """The report of one assessment as PDF.

    Raises:
        InputError: the extra `pdf` is not installed.
    """
    meta = {
        "Foedus": assessment.foedus_version,
        "Run": assessment.id,
        "Catalog": assessment.catalog_version,
        "As of": day(assessment.as_of),
    }
    return render_pdf(assessment_blocks(assessment), question(assessment), meta)


def write_pdf(assessment: Assessment, path: Path) -> None:
    """Write the report to `path`, whole or not at all; an older file stays until then.

    Raises:
        InputError: the extra is not installed, the folder does not exist, or writing fails.
    """
    from foedus.report.html import check_target, write_whole

    check_target(path)
    write_whole(assessment_pdf(assessment), path)


def _data(block: Block) -> Data:
    """One block as JSON data: `kind` and its parts."""
    kind = {"kind": type(block).__name__.lower()}
    if isinstance(block, Masthead):
        return kind | {
            "title": visible(block.title),
            "kicker": visible(block.kicker),
            "facts": [[visible(term), _text(value)] for term, value in block.facts],
        }
    if isinstance(block, Section):
        return kind | {"title": visible(block.title), "blocks": _all(block.blocks)}
    if isinstance(block, Heading):
        return kind | {"text": _text(block.text), "level": block.level}
    if isinstance(block, Paragraph):
        return kind | {"text": _text(block.text), "style": block.style}
    if isinstance(block, Bullets):
        return kind | {"items": [_text(item) for item in block.items]}
    if isinstance(block, Facts):
        return kind | {"items": _facts(block.items)}
    if isinstance(block, KeyFigures):
        return kind | {
            "items": [
                {"label": visible(one.label), "value": visible(one.value),
                 "detail": visible(one.detail), "tone": one.tone}
                for one in block.items
            ]
        }  # fmt: skip
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Chart):
        return kind | {
            "title": visible(block.title),
            "alternative": visible(block.alternative),
            "svg": _svg(block),
            "table": _table(block.table),
        }
    if isinstance(block, Quote):
        return kind | {
            "words": visible(block.words), "cite": _text(block.cite), "language": block.language,
        }  # fmt: skip
    if isinstance(block, Callout):
        return kind | {
            "title": visible(block.title), "text": _text(block.text), "tone": block.tone,
        }  # fmt: skip
    if isinstance(block, Card):
        return _card(block)
    if isinstance(block, Columns):
        return kind | {
            "title": visible(block.title), "cards": [_card(block.left), _card(block.right)],
        }  # fmt: skip
    if isinstance(block, Details):
        return kind | {"summary": visible(block.summary), "blocks": _all(block.blocks)}
    raise TypeError(f"no PDF for blocks of type {type(block).__name__}")


def _all(blocks: Sequence[Block]) -> list[Data]:
    return [_data(block) for block in blocks]


def _facts(items: Sequence[tuple[str, Text]]) -> list[list[Any]]:
    return [[visible(term), _text(text)] for term, text in items]


def _card(card: Card) -> Data:
    return {
        "kind": "card",
        "title": _text(card.title),
        "tag": None if card.tag is None else visible(card.tag),
        "tone": card.tone,
        "facts": _facts(card.facts),
        "blocks": _all(card.blocks),
    }


def _table(table: Table) -> Data:
    """A table; of long ones the rows that HTML shows unfolded, and how many there are."""
    shown = table.rows if table.open_rows is None else table.rows[: table.open_rows]
    note = "" if table.note is None else visible(table.note)
    if len(shown) < len(table.rows):
        cut = f"Showing {len(shown):,} of {len(table.rows):,} rows; HTML and JSON hold them all."
        note = f"{cut} {note}".strip()
    return {
        "kind": "table",
        "caption": visible(table.caption),
        "columns": [
            {"name": visible(one.name), "numeric": one.numeric, "weight": _weight(shown, at)}
            for at, one in enumerate(table.columns)
        ],
        "rows": [[_text(cell) for cell in row] for row in shown],
        "note": note or None,
    }


def _weight(rows: Sequence[tuple[Text, ...]], at: int) -> float:
    """A column's share of the width: as the square root of how much stands in its cells."""
    lengths = [len(plain(row[at])) for row in rows] or [1]
    return round(min(max(sqrt(sum(lengths) / len(lengths)), 2.5), 9.0), 2)


def _svg(chart: Chart) -> str:
    import vl_convert

    from foedus.report.charts import vega_lite

    drawn: str = vl_convert.vegalite_to_svg(vega_lite(chart))
    return drawn


def _text(text: Text) -> list[list[str]]:
    """Pieces of a text: how each is set, its words, and an address for links."""
    pieces = []
    for part in inlines(text):
        if isinstance(part, str):
            pieces.append(["plain", visible(part), ""])
        elif isinstance(part, Link):
            address = web_address(part.href)
            pieces.append(["link" if address else "plain", visible(part.text), address or ""])
        elif isinstance(part, Strong):
            pieces.append(["strong", visible(part.text), ""])
        elif isinstance(part, Foreign | Defined):
            pieces.append(["plain", visible(part.text), ""])
    return pieces
