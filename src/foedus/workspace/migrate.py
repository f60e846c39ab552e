"""Bring a workspace's schema up to date: create it, migrate it, or refuse a newer one."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from foedus.errors import WorkspaceError
from foedus.workspace.engine import creating_engine, engine_of, reading, writing
from foedus.workspace.places import Place
from foedus.workspace.schema import meta, metadata
from foedus.workspace.sqlite_file import APPLICATION_ID, corrupt, revision

REVISIONS = ("0001", "0002", "0003", "0005", "0006")
"""Every revision in order; the last is the one that this version reads and writes."""

_STAMP = """
CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
)
"""
_FOLDER = Path(__file__).parent / "migrations"


def up_to_date_engine(place: Place) -> Engine:
    """An engine for the workspace at `place`, created or migrated first where need be.

    Raises:
        WorkspaceError: see `sqlite_file.revision`; also a newer version's workspace, a
            database that holds other tables, one out of reach.
    """
    if place.path is None:
        return _postgres_engine(place)
    if place.default:
        _make_folder(place.path.parent)
    found = revision(place.path)
    if found is None:
        _create_file(place)
        found = revision(place.path)
    if found is None:
        raise WorkspaceError(corrupt(place.shown, "it could not be created"))
    if found not in REVISIONS:
        raise WorkspaceError(_newer(place, found))
    engine = engine_of(place)
    if found in REVISIONS[:-1]:
        with writing(engine) as connection:
            if _revision(connection) != REVISIONS[-1]:
                _upgrade(connection)
    return engine


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WorkspaceError(
            f"The folder {folder} for the workspace cannot be created ({error.strerror})."
            " Name a file elsewhere with --workspace or FOEDUS_WORKSPACE."
        ) from error


def _create_file(place: Place) -> None:
    engine = creating_engine(place)
    with writing(engine) as connection:
        if sa.inspect(connection).get_table_names():
            return  # another process came first
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        _create(connection)


def _postgres_engine(place: Place) -> Engine:
    engine = engine_of(place)
    try:
        with reading(engine) as connection:
            encoding = connection.exec_driver_sql("SHOW server_encoding").scalar_one()
            found = _postgres_revision(connection, place)
        if encoding != "UTF8":
            raise WorkspaceError(
                f"The database {place.shown} is encoded in {encoding}; a workspace needs UTF8."
                " Create it with ENCODING 'UTF8' TEMPLATE template0."
            )
        if found != REVISIONS[-1]:
            with writing(engine) as connection:
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({APPLICATION_ID})")
                found = _postgres_revision(connection, place)
                if found is None:
                    _create(connection)
                elif found != REVISIONS[-1]:
                    _upgrade(connection)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _postgres_revision(connection: Connection, place: Place) -> str | None:
    tables = set(sa.inspect(connection).get_table_names())
    if not tables:
        return None
    mark = sa.select(meta.c.value).where(meta.c.key == "application")
    if "meta" not in tables or connection.scalar(mark) != "foedus":
        raise WorkspaceError(
            f"The database {place.shown} is not a workspace: it holds other tables. It was left"
            " as it is. Give an empty database or schema."
        )
    found = _revision(connection)
    if found is None:
        raise WorkspaceError(corrupt(place.shown, "no schema revision"))
    if found not in REVISIONS:
        raise WorkspaceError(_newer(place, found))
    return found


def _revision(connection: Connection) -> str | None:
    found: str | None = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
    return found


def _create(connection: Connection) -> None:
    """Make the newest schema at once; a test holds it equal to what the migrations make."""
    metadata.create_all(connection)
    connection.execute(sa.text(_STAMP))
    connection.execute(sa.text(f"INSERT INTO alembic_version VALUES ('{REVISIONS[-1]}')"))
    _mark(connection)


def _mark(connection: Connection) -> None:
    """Say whose database this is, and since when."""
    created = datetime.now(UTC).isoformat(timespec="seconds")
    rows = [{"key": "application", "value": "foedus"}, {"key": "created", "value": created}]
    connection.execute(sa.insert(meta), rows)


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    command.upgrade(config, REVISIONS[-1])


def _newer(place: Place, found: str) -> str:
    return (
        f"The workspace {place.shown} is from a newer version of Foedus (schema {found}, this"
        f" version reads up to {REVISIONS[-1]}). It was left as it is: update Foedus, or name"
        " another workspace."
    )
