"""Publishers' files -> every catalog table, all or nothing, with a manifest."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from foedus.catalog.manifest import MANIFEST, Manifest, TableEntry
from foedus.catalog.schema import TABLES
from foedus.errors import CatalogError, InputError
from foedus.sources.files import open_files, require
from foedus.sources.publishers import FILES

LOADERS = (
    "states",
    "leaders",
    "organisations",
    "commitments",
    "calls",
    "conflicts",
    "fulfilment",
    "measures",
    "pairs",
    "un_votes",
    "platforms",
)
"""Modules of this package, in order; each has `derive(con, out) -> rows per table`."""

Progress = Callable[[str, int, int], None]
"""Called before each step with its name, its number from 0 and the number of steps."""


def build_catalog(folder: Path, out: Path, progress: Progress | None = None) -> dict[str, int]:
    """Derive every table from the publishers' files in `folder` into `out`; rows per table.

    The tables are built beside `out` and moved into it only when every one is complete, the
    manifest last. Equal input gives equal bytes under one version of DuckDB.

    Raises:
        InputError: a publisher's file is missing or unreadable, or `out` cannot be written.
        RegisterError: a row of the register breaks a rule.
        CatalogError: a loader wrote another set of tables than the schema's.
    """
    con = open_files(folder)
    require(con, *FILES)
    try:
        out.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(prefix=".building-", dir=out.parent))
    except OSError as error:
        raise InputError(f"{out} cannot be written: {error}. Give another folder.") from error
    try:
        rows: dict[str, int] = {}
        for number, loader in enumerate(LOADERS):
            if progress:
                progress(loader, number, len(LOADERS))
            rows |= import_module(f"foedus.sources.{loader}").derive(con, staging)
        _require_all(staging)
        (staging / MANIFEST).write_text(_manifest(staging, rows), encoding="utf-8")
        _move(staging, out)
    finally:
        con.close()
        shutil.rmtree(staging, ignore_errors=True)
    return {name: rows[name] for name in TABLES}


def _require_all(staging: Path) -> None:
    built = {path.stem for path in staging.glob("*.parquet")}
    if built != set(TABLES):
        raise CatalogError(
            f"Tables not built: {sorted(set(TABLES) - built)};"
            f" not in the schema: {sorted(built - set(TABLES))}."
        )


def _manifest(staging: Path, rows: dict[str, int]) -> str:
    entries = {
        name: TableEntry(
            rows=rows[name],
            sha256=hashlib.sha256((staging / f"{name}.parquet").read_bytes()).hexdigest(),
            vintages=table.vintages,
        )
        for name, table in TABLES.items()
    }
    hashes = "".join(entry.sha256 for entry in entries.values())
    version = hashlib.sha256(hashes.encode()).hexdigest()[:12]
    manifest = Manifest(version=version, tables=entries)
    return json.dumps(manifest.model_dump(mode="json"), indent=2) + "\n"


def _move(staging: Path, out: Path) -> None:
    for name in TABLES:
        (staging / f"{name}.parquet").replace(out / f"{name}.parquet")
    for stale in out.glob("*.parquet"):
        if stale.stem not in TABLES:
            stale.unlink()
    (staging / MANIFEST).replace(out / MANIFEST)
