"""The schema that the code names is the one that the migrations make."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from foedus.workspace import Workspace, migrate
from foedus.workspace.engine import engine_of, reading, writing
from foedus.workspace.places import place_of
from foedus.workspace.schema import metadata


def test_the_known_revisions_are_the_migrations_in_order() -> None:
    script = ScriptDirectory(str(Path(migrate.__file__).parent / "migrations"))
    walked = [one.revision for one in script.walk_revisions()]
    assert tuple(reversed(walked)) == migrate.REVISIONS
    assert script.get_heads() == [migrate.REVISIONS[-1]]


def test_the_migrated_tables_are_those_of_the_schema(where: str) -> None:
    engine = engine_of(place_of(where))
    with writing(engine) as connection:
        migrate._upgrade(connection)
    with reading(engine) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_a_new_workspace_is_what_the_migrations_make(tmp_path: Path) -> None:
    made, migrated = tmp_path / "made.sqlite", tmp_path / "migrated.sqlite"
    with Workspace.open(made):
        pass
    engine = engine_of(place_of(migrated))
    with writing(engine) as connection:
        migrate._upgrade(connection)
    engine.dispose()
    assert _schema(made) == _schema(migrated)


def _schema(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Columns, keys and indices of every table, as SQLite tells them."""
    with closing(sqlite3.connect(path)) as connection:
        tables = [row[0] for row in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]  # fmt: skip
        found = {}
        for table in tables:
            found[table] = [
                *connection.execute(f"SELECT name, type, [notnull], dflt_value, pk"
                                    f" FROM pragma_table_info('{table}') ORDER BY name"),
                *sorted(connection.execute(f"SELECT [table], [from], [to], on_delete"
                                           f" FROM pragma_foreign_key_list('{table}')")),
                *sorted(connection.execute(f"SELECT [unique], (SELECT group_concat(name) FROM"
                                           f" pragma_index_info(l.name)) FROM"
                                           f" pragma_index_list('{table}') l")),
            ]  # fmt: skip
        version = connection.execute("SELECT version_num FROM alembic_version").fetchall()
        return {**found, "version": version}


def test_a_sqlite_workspace_is_durable_and_marked(tmp_path: Path) -> None:
    path = tmp_path / "ws.sqlite"
    with Workspace.open(path):
        pass
    engine = engine_of(place_of(path))
    with reading(engine) as connection:
        pragmas = ("application_id", "journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        values = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in pragmas]
    engine.dispose()
    assert values == [0x464F4544, "wal", 2, 1, 5000]


def _modules(program: str, tmp_path: Path) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", f"{program}\nimport sys; print(*sys.modules)"],
        check=True, capture_output=True, text=True, env={**os.environ, "WS": str(tmp_path / "ws")},
    )  # fmt: skip
    return {name.partition(".")[0] for name in done.stdout.split()}


def test_importing_loads_no_database_library_and_opening_no_migrations(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "ws"):
        pass
    assert not _modules("import foedus.workspace", tmp_path) & {"sqlalchemy", "alembic", "psycopg"}
    used = _modules(
        "import os; from foedus.workspace import Workspace\n"
        "with Workspace.open(os.environ['WS']) as workspace: workspace.claims()",
        tmp_path,
    )
    assert "sqlalchemy" in used
    assert not used & {"alembic", "psycopg", "mako"}


def test_processes_that_open_a_new_workspace_at_once_all_succeed(where: str) -> None:
    program = (
        "import sys; from foedus.workspace import Workspace\n"
        "with Workspace.open(sys.argv[1]) as w: assert w.claims() == []"
    )
    openers = [
        subprocess.Popen([sys.executable, "-c", program, where], stderr=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    assert [opener.communicate()[1] for opener in openers] == [""] * 4
