"""The generated part of docs/data.md: `python -m foedus.sources.data_page docs/data.md`."""

from __future__ import annotations

import sys
from pathlib import Path

from foedus.catalog.facts import TABLES_FOLDER
from foedus.catalog.manifest import Manifest, read_manifest
from foedus.catalog.schema import TABLES
from foedus.catalog.vintages import Vintage, first_year, last_year, table_vintages, vintages
from foedus.errors import InputError

BEGIN = "<!-- tables: begin -->"
END = "<!-- tables: end -->"


def render(manifest: Manifest) -> str:
    """Markdown: one section per table, then one per vintage, from the manifest."""
    total = sum(entry.rows for entry in manifest.tables.values())
    lines = [
        f"Catalog version `{manifest.version}`: {len(manifest.tables)} tables, {total:,} rows.",
        "",
        "## Tables",
        "",
    ]
    for name in TABLES:
        lines += _table(name, manifest.tables[name].rows)
    lines += ["## Vintages", ""]
    for vintage in vintages().values():
        lines += _vintage(vintage)
    return "\n".join(lines).rstrip() + "\n"


def update(text: str, generated: str) -> str:
    """The page with its generated part, between the two markers, replaced.

    Raises:
        InputError: a marker is missing.
    """
    if BEGIN not in text or END not in text:
        raise InputError(f"The page lacks {BEGIN} or {END}. Put both where the tables belong.")
    before, rest = text.split(BEGIN, 1)
    _, after = rest.split(END, 1)
    return f"{before}{BEGIN}\n{generated}{END}{after}"


def _table(name: str, rows: int) -> list[str]:
    used = table_vintages(name)
    columns = ", ".join(f"`{column}`" for column in TABLES[name].columns)
    return [
        f"### {name}",
        "",
        f"One row: {TABLES[name].unit}. {rows:,} rows, {first_year(name)}-{last_year(name)}.",
        "",
        f"Columns: {columns}.",
        "",
        "| vintage | coverage | terms | owner |",
        "|---|---|---|---|",
        *(
            f"| [{one.title}, {one.version}](#{one.key.replace('.', '')}) |"
            f" {one.first_year}-{one.last_year} | {one.terms_short} | {_owner(one)} |"
            for one in used
        ),
        "",
    ]


def _vintage(vintage: Vintage) -> list[str]:
    return [
        f"### {vintage.key}",
        "",
        f"{vintage.title}, version {vintage.version}. {vintage.publisher}."
        f" Coverage {vintage.first_year}-{vintage.last_year}. Retrieved {vintage.retrieved}.",
        "",
        f"- Terms: {vintage.terms}",
        f"- Cite: {vintage.citation}",
        *([f"- Owner: <{vintage.url}>"] if vintage.url else []),
        "",
    ]


def _owner(vintage: Vintage) -> str:
    return f"[{vintage.publisher}]({vintage.url})" if vintage.url else vintage.publisher


def main() -> None:
    """Rewrite the generated part of the page named on the command line."""
    page = Path(sys.argv[1])
    generated = render(read_manifest(TABLES_FOLDER))
    page.write_text(update(page.read_text("utf-8"), generated), encoding="utf-8")


if __name__ == "__main__":
    main()
