"""The catalog's tables, vintages, terms and citations: one function per `foedus data` verb."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from foedus.catalog.facts import TABLES_FOLDER
from foedus.catalog.literals import literal
from foedus.catalog.manifest import Manifest, read_manifest
from foedus.catalog.memory import memory_database
from foedus.catalog.schema import TABLES
from foedus.catalog.vintages import (
    Vintage,
    bibtex,
    first_year,
    last_year,
    table_vintages,
    vintages,
)
from foedus.domain.frozen import Frozen
from foedus.errors import CatalogError, UnknownTable

if TYPE_CHECKING:
    from foedus.sources.build import Progress

SAMPLE_ROWS = 5
_REPAIR = "Reinstall Foedus, or run `foedus data build --from DIR`."


class TableInfo(Frozen):
    """One catalog table: `unit` is what a row is, `key` what makes it unique.

    `terms` is the short label of each vintage's terms. `sample` holds the first rows, and
    `citation` the full references, only in what `show` returns.
    """

    name: str
    unit: str
    rows: int
    first_year: int
    last_year: int
    columns: dict[str, str]
    key: tuple[str, ...]
    vintages: tuple[Vintage, ...]
    terms: tuple[str, ...]
    citation: tuple[str, ...] = ()
    sample: tuple[dict[str, Any], ...] = ()


def list_tables() -> list[TableInfo]:
    """Every catalog table, in the order of the schema, without sample rows.

    Raises:
        CatalogError: the catalog is missing or broken.
    """
    manifest = read_manifest(TABLES_FOLDER)
    return [_info(name, manifest) for name in TABLES]


def show(table: str) -> TableInfo:
    """One catalog table with its first five rows and its references.

    Raises:
        UnknownTable: no table of that name; suggests the nearest.
        CatalogError: the catalog is missing or broken.
    """
    name = _named(table)
    info = _info(name, read_manifest(TABLES_FOLDER))
    return info.model_copy(
        update={
            "citation": tuple(vintage.citation for vintage in info.vintages),
            "sample": _first_rows(name),
        }
    )


class UsesVintages(Protocol):
    """A result that says which vintages it rests on, such as a panel."""

    @property
    def vintages(self) -> tuple[str, ...]:
        """Keys of `vintages.json`."""


def cite(what: str | UsesVintages | None = None) -> str:
    """BibTeX for the datasets behind a table or a result, or behind them all, and for Foedus.

    Raises:
        UnknownTable: no table of that name; suggests the nearest.
    """
    if what is None:
        return bibtex(vintages())
    return bibtex(TABLES[_named(what)].vintages if isinstance(what, str) else what.vintages)


def build(
    folder: str | Path, out: str | Path = TABLES_FOLDER, progress: Progress | None = None
) -> dict[str, int]:
    """Rebuild the catalog from the publishers' files in `folder`; rows per table.

    Raises:
        InputError: a publisher's file is missing or unreadable, or `out` cannot be written.
    """
    from foedus.sources.build import build_catalog

    return build_catalog(Path(folder), Path(out), progress)


def _info(name: str, manifest: Manifest) -> TableInfo:
    table = TABLES[name]
    if name not in manifest.tables:
        raise CatalogError(f"Catalog table {name!r} is not in the manifest. {_REPAIR}")
    used = table_vintages(name)
    return TableInfo(
        name=name,
        unit=table.unit,
        rows=manifest.tables[name].rows,
        first_year=first_year(name),
        last_year=last_year(name),
        columns=table.columns,
        key=table.key,
        vintages=used,
        terms=tuple(dict.fromkeys(vintage.terms_short for vintage in used)),
    )


def _named(table: str) -> str:
    name = table.strip().lower().replace("-", "_").replace(" ", "_")
    if name in TABLES:
        return name
    from rapidfuzz import process

    near = process.extract(name, list(TABLES), limit=2, score_cutoff=65)
    raise UnknownTable(table, list(TABLES), [str(match[0]) for match in near])


def _first_rows(name: str) -> tuple[dict[str, Any], ...]:
    import duckdb

    path = TABLES_FOLDER / f"{name}.parquet"
    with memory_database(threads=1) as con:
        try:
            cursor = con.execute(f"FROM read_parquet({literal(str(path))}) LIMIT {SAMPLE_ROWS}")
        except duckdb.Error as error:
            raise CatalogError(f"{path} cannot be read: {error}. {_REPAIR}") from error
        columns = [column[0] for column in cursor.description or ()]
        return tuple(dict(zip(columns, row, strict=True)) for row in cursor.fetchall())
