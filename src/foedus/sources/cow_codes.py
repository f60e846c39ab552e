"""Where a publisher's COW codes meet the catalog's actors: nothing is dropped unseen."""

from __future__ import annotations

import duckdb

from foedus.errors import CatalogError
from foedus.sources.states import cow_actor_view


def require_actors(
    con: duckdb.DuckDBPyConnection,
    file: str,
    *columns: str,
    outside: tuple[int, ...] = (),
) -> None:
    """Create the view `cow_actor`, and check that it has every COW code of the file's columns.

    `outside` lists codes that are known to be no member of the COW state system.

    Raises:
        CatalogError: other codes without an actor, listed.
    """
    cow_actor_view(con)
    codes = " UNION ".join(f'SELECT DISTINCT "{column}" AS cow FROM {file}' for column in columns)
    unknown = [
        int(row[0])
        for row in con.execute(
            f"SELECT cow FROM ({codes}) WHERE cow NOT IN (SELECT cow FROM cow_actor) ORDER BY cow"
        ).fetchall()
    ]
    if set(unknown) - set(outside):
        raise CatalogError(f"{file}: COW codes without an actor: {unknown}")
