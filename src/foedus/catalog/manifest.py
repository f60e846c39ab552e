"""The manifest of a folder of tables: rows, content hash and vintages of each."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import ValidationError

from foedus.domain.frozen import Frozen
from foedus.errors import CatalogError

MANIFEST = "MANIFEST.json"


class TableEntry(Frozen):
    """One built table; `sha256` is that of its Parquet file."""

    rows: int
    sha256: str
    vintages: tuple[str, ...]


class Manifest(Frozen):
    """Every built table by name; `version` is the first 12 hex digits of the hash of hashes."""

    version: str
    tables: dict[str, TableEntry]


def read_manifest(folder: Path) -> Manifest:
    """The manifest of `folder`.

    Raises:
        CatalogError: it is missing or broken.
    """
    path = folder / MANIFEST
    try:
        return Manifest.model_validate(json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, ValidationError) as error:
        raise CatalogError(
            f"{path} is missing or broken ({error}). Reinstall Foedus, or run"
            " `foedus data build --from DIR`."
        ) from error
