"""One SQLAlchemy engine for one place, its transactions, and its errors in plain words."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.engine.interfaces import ExceptionContext
from sqlalchemy.pool import NullPool

from foedus.errors import WorkspaceError
from foedus.workspace.places import Place
from foedus.workspace.sqlite_file import BUSY_SECONDS, corrupt, locked

_SQLITE_REASONS = {
    "SQLITE_READONLY": "it is read-only. Copy it elsewhere or change its permissions.",
    "SQLITE_CANTOPEN": "the file cannot be opened. Check its path and permissions.",
    "SQLITE_PERM": "the file may not be used. Change its permissions.",
    "SQLITE_FULL": "the disk is full. Nothing of the last change was kept; make room.",
    "SQLITE_IOERR": "the disk reports an error. Check it, and copy the file elsewhere.",
    "SQLITE_TOOBIG": "a text is too large for it.",
}
_POSTGRES_LOCKED = ("55P03", "40P01", "40001")


def engine_of(place: Place) -> Engine:
    """The engine for a workspace that exists, or for an empty PostgreSQL database.

    Raises:
        WorkspaceError: the PostgreSQL driver is not installed, or the URL cannot be read.
    """
    engine = _sqlite(place, wal=True) if place.path is not None else _postgres(place)
    _listen_for_errors(engine, place)
    return engine


def creating_engine(place: Place) -> Engine:
    """An engine under which a SQLite file is created whole in one rollback-journal transaction.

    The write-ahead log comes after: switching an empty file to it would write a header
    without our application id, and a kill there would leave a stranger's file.
    """
    engine = _sqlite(place, wal=False)
    _listen_for_errors(engine, place)
    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One transaction that sees one state of the workspace throughout."""
    with engine.begin() as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction that is kept whole or not at all; on SQLite it locks at once."""
    with engine.execution_options(immediate=True).begin() as connection:
        yield connection


def _sqlite(place: Place, *, wal: bool) -> Engine:
    url = sa.URL.create("sqlite", database=str(place.path))
    options: dict[str, Any] = {} if wal else {"poolclass": NullPool}
    engine = sa.create_engine(url, connect_args={"timeout": BUSY_SECONDS}, **options)

    @event.listens_for(engine, "connect")
    def _connected(dbapi: Any, _record: Any) -> None:
        dbapi.isolation_level = None  # the driver's own implicit BEGIN is never immediate
        if wal:
            _write_ahead(dbapi)
        dbapi.execute("PRAGMA synchronous = FULL")
        dbapi.execute("PRAGMA foreign_keys = ON")

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        immediate = connection.get_execution_options().get("immediate")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

    return engine


def _write_ahead(dbapi: sqlite3.Connection) -> None:
    """Switch to the write-ahead log; SQLite does not wait for others here, so this does."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            dbapi.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            busy = error.sqlite_errorname.startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))
            if not busy or time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def _postgres(place: Place) -> Engine:
    try:
        url = sa.make_url(place.url or "")
        timeout = {} if "connect_timeout" in url.query else {"connect_timeout": 2 * BUSY_SECONDS}
        engine = sa.create_engine(url, connect_args=timeout)
    except ModuleNotFoundError as error:
        raise WorkspaceError(
            "A PostgreSQL workspace needs its driver: pip install 'foedus[postgres]'."
        ) from error
    except (sa.exc.ArgumentError, ValueError) as error:
        raise WorkspaceError(
            f"Not a workspace URL: {place.shown!r}. Write postgresql+psycopg://USER@HOST/DATABASE."
        ) from error

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{BUSY_SECONDS}s'")

    return engine


def _listen_for_errors(engine: Engine, place: Place) -> None:
    @event.listens_for(engine, "handle_error")
    def _translated(context: ExceptionContext) -> None:
        error = context.original_exception
        if isinstance(context.sqlalchemy_exception, sa.exc.IntegrityError):
            return
        if isinstance(context.sqlalchemy_exception, sa.exc.DBAPIError):
            raise WorkspaceError(_message(place, error)) from error


def _message(place: Place, error: BaseException) -> str:
    first_line = (str(error).strip().splitlines() or ["no reason given"])[0]
    name = str(getattr(error, "sqlite_errorname", ""))
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return locked(place.shown)
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")) or (
        name == "SQLITE_ERROR" and "no such" in first_line
    ):
        return corrupt(place.shown, first_line)
    for prefix, reason in _SQLITE_REASONS.items():
        if name.startswith(prefix):
            return f"The workspace {place.shown} cannot be used: {reason}"
    if getattr(error, "sqlstate", None) in _POSTGRES_LOCKED:
        return locked(place.shown)
    return f"The workspace {place.shown} cannot be used: {first_line}"
