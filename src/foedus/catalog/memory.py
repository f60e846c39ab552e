"""An in-memory DuckDB database that reaches no network and prints no progress bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb


def memory_database(threads: int) -> duckdb.DuckDBPyConnection:
    """Open one; extensions are neither fetched nor loaded."""
    import duckdb

    connection = duckdb.connect(
        config={
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "threads": str(threads),
        }
    )
    connection.execute("SET enable_progress_bar = false")
    return connection
