"""Which version of which dataset stands behind each table, its terms and how to cite it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from foedus.catalog.schema import TABLES
from foedus.domain.frozen import Frozen
from foedus.errors import CatalogError, UnknownTable

_FOLDER = Path(__file__).parent
FOEDUS = "foedus"
"""The BibTeX key of Foedus itself."""


class Vintage(Frozen):
    """One version of one dataset.

    `first_year` and `last_year` bound its coverage. `terms` is what may be done with what Foedus
    derives from it, `terms_short` its label in lists. `bibtex` holds keys of `citations.bib`,
    `url` is the owner's page (null for Foedus's own), `retrieved` the month in which the
    publisher's file was taken.
    """

    key: str
    title: str
    version: str
    publisher: str
    citation: str
    bibtex: tuple[str, ...]
    terms_short: str
    terms: str
    url: str | None
    first_year: int
    last_year: int
    retrieved: str


@cache
def vintages() -> dict[str, Vintage]:
    """Every vintage by key, in the order of `vintages.json`."""
    listed = json.loads((_FOLDER / "vintages.json").read_text("utf-8"))
    return {key: Vintage(key=key, **values) for key, values in listed.items()}


def table_vintages(table: str) -> tuple[Vintage, ...]:
    """The vintages that a catalog table is derived from.

    Raises:
        UnknownTable: no table of that name.
    """
    if table not in TABLES:
        raise UnknownTable(table, list(TABLES))
    return tuple(vintages()[key] for key in TABLES[table].vintages)


def last_year(table: str) -> int:
    """The last year that any vintage of the table covers; later years are unknown."""
    return max(vintage.last_year for vintage in table_vintages(table))


def first_year(table: str) -> int:
    """The first year that any vintage of the table covers."""
    return min(vintage.first_year for vintage in table_vintages(table))


def bibtex(keys: Iterable[str]) -> str:
    """The BibTeX entries of the vintages with these keys, each once, and that of Foedus.

    Raises:
        CatalogError: no vintage of that key.
    """
    wanted: dict[str, None] = {}
    for key in keys:
        if key not in vintages():
            raise CatalogError(f"No vintage {key!r}. There are {', '.join(vintages())}.")
        wanted |= dict.fromkeys(vintages()[key].bibtex)
    wanted |= {FOEDUS: None}
    entries = _entries()
    return "\n\n".join(entries[key] for key in wanted) + "\n"


@cache
def _entries() -> dict[str, str]:
    """Every entry of `citations.bib` by key. An entry ends with a brace in the first column."""
    text = (_FOLDER / "citations.bib").read_text("utf-8")
    found = re.findall(r"^(@\w+\{([^,\s]+),\n.*?^\})$", text, re.MULTILINE | re.DOTALL)
    return {key: entry for entry, key in found}
