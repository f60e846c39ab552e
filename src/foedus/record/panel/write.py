"""A panel into a file, which replaces an older one only when it is complete."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np

from foedus.catalog.literals import literal
from foedus.catalog.memory import memory_database
from foedus.errors import InputError
from foedus.record.panel.columns import Columns, Values

FORMATS = {
    ".parquet": "FORMAT parquet, COMPRESSION zstd",
    ".csv": "FORMAT csv, HEADER",
}

_NULL = "__null"
"""What the name of a column of nulls ends with, beside the column itself."""


def check_target(path: Path) -> None:
    """Refuse a file that no panel can be written to, before any work is done for it.

    Raises:
        InputError: another ending, or a folder that does not exist.
    """
    if path.suffix.lower() not in FORMATS:
        raise InputError(f"{path} should end in {' or '.join(FORMATS)}. Give another name.")
    if not path.parent.is_dir():
        raise InputError(
            f"No folder {str(path.parent)!r} to write {path.name!r} in. Make it first."
        )


def write(columns: Columns, path: Path) -> None:
    """Write the columns as Parquet or CSV, by the file's ending; null is null, or empty.

    Raises:
        InputError: another ending, or the file cannot be written; an older file stays as it was.
    """
    check_target(path)
    options = FORMATS[path.suffix.lower()]
    import duckdb

    selected = ", ".join(_selected(name, values) for name, values in columns.items())
    arrays = {name: np.ma.getdata(values) for name, values in columns.items()}
    arrays |= {
        f"{name}{_NULL}": np.ma.getmaskarray(values)
        for name, values in columns.items()
        if np.ma.isMaskedArray(values)
    }
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        with memory_database(threads=2) as connection:
            connection.register("panel", arrays)
            connection.execute(
                f"COPY (SELECT {selected} FROM panel) TO {literal(str(partial))} ({options})"
            )
        partial.replace(path)
    except (duckdb.Error, OSError) as error:
        raise InputError(
            f"{path} cannot be written: {error}. Give a file in a folder that you may write to."
        ) from error
    finally:
        partial.unlink(missing_ok=True)


def _selected(name: str, values: Values) -> str:
    if np.ma.isMaskedArray(values):
        return f'CASE WHEN NOT "{name}{_NULL}" THEN "{name}" END AS "{name}"'
    if np.issubdtype(values.dtype, np.floating):
        return f"""nullif("{name}", 'nan'::DOUBLE) AS "{name}\""""
    return f'"{name}"'
