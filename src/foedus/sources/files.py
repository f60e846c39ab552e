"""Publishers' files in one folder, opened by name as DuckDB views with their own column names."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import duckdb

from foedus.catalog.memory import memory_database
from foedus.catalog.schema import TABLES
from foedus.errors import CatalogError, InputError
from foedus.sources.publishers import FILES, view_name

_SUFFIXES = (".csv", ".dta", ".parquet", ".xlsx")


def open_files(folder: Path) -> duckdb.DuckDBPyConnection:
    """An in-memory database with one view or table per data file, named as in `publishers.FILES`.

    Parquet, CSV (UTF-8, UTF-16 or Latin-1; `NA` and empty are null), Stata and Excel. A Stata
    or Excel file is read only where its name is one of `FILES`. Runs on one thread, so that
    equal input gives equal bytes.

    Raises:
        InputError: no such folder, no data file in it, two files for one table, an unreadable
            file, or a Stata or Excel file without the `build` extra.
    """
    con = memory_database(threads=1)
    opened: dict[str, Path] = {}
    for path in sorted(folder.glob("*")):
        suffix = path.suffix.lower()
        if suffix not in _SUFFIXES or path.name.startswith("."):
            continue
        name = view_name(path)
        if suffix in (".dta", ".xlsx") and name not in FILES:
            continue
        if name.lower() in opened:
            raise InputError(
                f"{opened[name.lower()].name} and {path.name} in {folder} are both {name}."
                " Keep the one that you mean."
            )
        opened[name.lower()] = path
        try:
            _open(con, name, path)
        except (duckdb.Error, ValueError, OSError) as error:
            raise InputError(f"{path} cannot be read as {suffix[1:]}: {error}") from error
    if not opened:
        raise InputError(
            f"No {', '.join(_SUFFIXES)} file in {folder}. Give the publishers' folder."
        )
    return con


def require(con: duckdb.DuckDBPyConnection, *names: str) -> None:
    """Check that the publishers' files are there.

    Raises:
        InputError: one or more are missing; says what each is, where to get it and for what.
    """
    known = {str(row[0]) for row in con.execute("SELECT view_name FROM duckdb_views()").fetchall()}
    known |= {
        str(row[0]) for row in con.execute("SELECT table_name FROM duckdb_tables()").fetchall()
    }
    missing = [name for name in names if name not in known]
    if missing:
        raise InputError("\n".join(["Publishers' files are missing:", *map(_wanted, missing)]))


def write_table(con: duckdb.DuckDBPyConnection, name: str, query: str, folder: Path) -> int:
    """Write the query's rows, in the order and types of the schema, as `<name>.parquet`.

    The file replaces an older one only when it is complete. Returns the number of rows.

    Raises:
        CatalogError: a repeated key, or columns other than the schema's.
    """
    table = TABLES[name]
    found = {str(row[0]) for row in con.execute(f"DESCRIBE FROM ({query})").fetchall()}
    if found != set(table.columns):
        raise CatalogError(
            f"Table {name}: columns missing {sorted(set(table.columns) - found)},"
            f" not in the schema {sorted(found - set(table.columns))}."
        )
    casts = ", ".join(
        f'CAST("{column}" AS {kind}) AS "{column}"' for column, kind in table.columns.items()
    )
    order = ", ".join(f'"{column}"' for column in table.key)
    con.execute(f"CREATE OR REPLACE TABLE built AS SELECT {casts} FROM ({query}) ORDER BY {order}")
    repeated = con.execute(
        f"SELECT {order}, count(*) FROM built GROUP BY ALL HAVING count(*) > 1 LIMIT 3"
    ).fetchall()
    if repeated:
        raise CatalogError(f"Table {name}: repeated key {table.key}: {repeated}")
    target = folder / f"{name}.parquet"
    partial = folder / f".{name}.parquet.partial"
    con.execute(f"COPY built TO {_literal(partial)} (FORMAT parquet, COMPRESSION zstd)")
    partial.replace(target)
    row = con.execute("SELECT count(*) FROM built").fetchone()
    return int(row[0]) if row else 0


def _open(con: duckdb.DuckDBPyConnection, name: str, path: Path) -> None:
    suffix = path.suffix.lower()
    if suffix == ".parquet":
        con.execute(f'CREATE VIEW "{name}" AS FROM read_parquet({_literal(path)})')
    elif suffix == ".csv":
        # countrycode quotes the ISO 3166 code of Namibia, and only that "NA" is a value.
        kind = "TABLE" if name in FILES else "VIEW"
        quoted_nulls = str(name != "countrycode_panel").lower()
        con.execute(
            f'CREATE {kind} "{name}" AS FROM read_csv({_literal(path)}, header = true,'
            f" sample_size = -1, encoding = '{_encoding(path)}', nullstr = ['', 'NA'],"
            f" allow_quoted_nulls = {quoted_nulls})"
        )
    else:
        _open_with_pandas(con, name, path)


def _open_with_pandas(con: duckdb.DuckDBPyConnection, name: str, path: Path) -> None:
    try:
        pandas = import_module("pandas")
        if path.suffix.lower() == ".dta":
            frame = pandas.read_stata(path, convert_categoricals=False)
        else:
            frame = pandas.read_excel(path)
    except ImportError as error:
        raise InputError(
            f"{path.name} needs the build extra: pip install 'foedus[build]', or save it as CSV."
        ) from error
    con.register("incoming", frame)
    con.execute(f'CREATE TABLE "{name}" AS FROM incoming')
    con.unregister("incoming")


def _encoding(path: Path) -> str:
    raw = path.read_bytes()
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return "latin-1"
    return "utf-8"


def _wanted(name: str) -> str:
    if name not in FILES:
        return f"  {name}"
    file = FILES[name]
    patterns = f" or {', '.join(file.patterns)}" if file.patterns else ""
    return (
        f"  {name}{patterns} (.csv, .dta, .xlsx or .parquet): {file.dataset},"
        f" for {', '.join(file.tables)}. From {file.link}"
    )


def _literal(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
