"""Publishers' files in one folder, opened by name as DuckDB views with their own column names."""

from __future__ import annotations

from pathlib import Path

import duckdb

from foedus.errors import InputError

_READERS = {".parquet": "read_parquet", ".csv": "read_csv"}


def open_files(folder: Path) -> duckdb.DuckDBPyConnection:
    """An in-memory database with one view per `.parquet` or `.csv` file, named by file stem.

    Raises:
        InputError: the folder does not exist or holds no such file.
    """
    con = duckdb.connect(
        config={
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        }
    )
    found = sorted(path for path in folder.glob("*") if path.suffix in _READERS)
    if not found:
        raise InputError(f"No .parquet or .csv file in {folder}. Give the publishers' folder.")
    for path in found:
        quoted = str(path).replace("'", "''")
        con.execute(f"CREATE VIEW {path.stem} AS FROM {_READERS[path.suffix]}('{quoted}')")
    return con


def write_table(con: duckdb.DuckDBPyConnection, name: str, query: str, folder: Path) -> int:
    """Write the query's rows, in the order and types of the schema, as `<name>.parquet`.

    The file replaces an older one only when it is complete. Returns the number of rows.

    Raises:
        CatalogError: a repeated key, or a column that the schema does not know.
    """
    from foedus.catalog.schema import TABLES
    from foedus.errors import CatalogError

    table = TABLES[name]
    casts = ", ".join(f'CAST("{column}" AS {kind}) AS "{column}"' for column, kind in table.columns.items())
    order = ", ".join(f'"{column}"' for column in table.key)
    con.execute(f"CREATE OR REPLACE TABLE built AS SELECT {casts} FROM ({query}) ORDER BY {order}")
    repeated = con.execute(
        f"SELECT {order}, count(*) FROM built GROUP BY ALL HAVING count(*) > 1 LIMIT 3"
    ).fetchall()
    if repeated:
        raise CatalogError(f"Table {name}: repeated key {table.key}: {repeated}")
    target = folder / f"{name}.parquet"
    partial = folder / f".{name}.parquet.partial"
    con.execute(f"COPY built TO '{partial}' (FORMAT parquet, COMPRESSION zstd)")
    partial.replace(target)
    row = con.execute("SELECT count(*) FROM built").fetchone()
    return int(row[0]) if row else 0
