"""What lies at a path, told without changing a byte of it: a workspace, something else, nothing."""

from __future__ import annotations

import os
import sqlite3
import stat
import threading
import time
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from foedus.errors import WorkspaceError

APPLICATION_ID = 0x464F4544
"""`FOED`, in the header of every SQLite file that is a workspace."""

BUSY_SECONDS = 5
_MAGIC = b"SQLite format 3\0"
_SETTLE_SECONDS = (0.05, 0.2, 0.0)
_HEADERS_KEPT = 128
_headers: dict[tuple[int, int], int] = {}
_headers_lock = threading.Lock()


def revision(path: Path) -> str | None:
    """The schema revision of the workspace at `path`; null where there is none yet.

    An empty file counts as none yet. Nothing at `path` or beside it is changed.

    Raises:
        WorkspaceError: a folder, a device, not readable or writable, another application's
            file, or a corrupt one.
    """
    try:
        _check_place(path)
        path = path.resolve()  # SQLite keeps its log beside the file, not beside a link to it
        _check_place(path)
    except OSError as error:
        raise WorkspaceError(f"{path} cannot be a workspace: {error.strerror}.") from error
    for pause in _SETTLE_SECONDS:  # another process may be creating it at this moment
        try:
            return _revision(path)
        except (sqlite3.DatabaseError, WorkspaceError) as error:
            if pause:
                time.sleep(pause)
            elif isinstance(error, WorkspaceError):
                raise
            elif error.sqlite_errorname.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
                raise WorkspaceError(locked(str(path))) from error
            else:
                raise WorkspaceError(corrupt(str(path), str(error))) from error
    raise AssertionError("unreachable")


def locked(shown: str) -> str:
    """The message for a lock that did not go away."""
    return (
        f"The workspace {shown} is locked: another process has been writing to it for"
        f" {BUSY_SECONDS} seconds. Wait for it or end it, then try again."
    )


def corrupt(shown: str, reason: str) -> str:
    """The message for a damaged file."""
    return (
        f"The workspace {shown} is corrupt ({reason}). It was left as it is: restore a backup,"
        " or name another file with --workspace."
    )


def _check_place(path: Path) -> None:
    if path.is_dir():
        raise WorkspaceError(f"{path} is a folder, not a workspace. Name a file in it.")
    if not path.parent.is_dir():
        raise WorkspaceError(
            f"The folder {path.parent} does not exist, so no workspace can be kept there."
            " Create it or name another."
        )
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise WorkspaceError(
            f"The folder {path.parent} is read-only; a workspace needs to write beside its"
            " file. Copy the workspace elsewhere or change the folder's permissions."
        )
    if not os.path.lexists(path):
        return
    if not path.exists():
        raise WorkspaceError(f"{path} is a link that leads nowhere.")
    if not stat.S_ISREG(path.stat().st_mode):
        raise WorkspaceError(f"{path} is not a file, so it is not a workspace.")
    if not os.access(path, os.R_OK):
        raise WorkspaceError(f"The workspace {path} may not be read. Change its permissions.")
    if not os.access(path, os.W_OK):
        raise WorkspaceError(
            f"The workspace {path} is read-only. Copy it elsewhere or change its permissions."
        )


def _revision(path: Path) -> str | None:
    if not path.exists() or path.stat().st_size == 0:
        return None
    header = _header(path)
    if not header.startswith(_MAGIC):
        raise WorkspaceError(
            f"{path} is not a workspace: it is not a database of Foedus. It was left as it is."
        )
    if len(header) < 100:
        raise WorkspaceError(corrupt(str(path), "the file is cut short"))
    if int.from_bytes(header[68:72]) != APPLICATION_ID:
        raise WorkspaceError(
            f"{path} is not a workspace: it is another application's SQLite database. It was"
            " left as it is."
        )
    if _hot_journal(path):
        return None  # killed while being created: SQLite rolls it back when it next writes
    with closing(_open_unchanged(path, header)) as connection:
        rows = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    if len(rows) != 1:
        raise WorkspaceError(corrupt(str(path), f"{len(rows)} schema revisions"))
    return str(rows[0][0])


def _header(path: Path) -> bytes:
    """The first 100 bytes, by a descriptor that stays open.

    Closing any descriptor of a file drops all locks that the process holds on it (POSIX),
    those of SQLite's own connections among them: another process would then take itself for
    the last one, delete the write-ahead log, and what is written afterwards would be lost.
    """
    found = path.stat()
    key = (found.st_dev, found.st_ino)
    with _headers_lock:
        if key not in _headers:
            _headers[key] = os.open(path, os.O_RDONLY | getattr(os, "O_CLOEXEC", 0))
            while len(_headers) > _HEADERS_KEPT:
                os.close(_headers.pop(next(iter(_headers))))
        return os.pread(_headers[key], 100, 0)


def _open_unchanged(path: Path, header: bytes) -> sqlite3.Connection:
    """A connection that neither checkpoints a leftover log nor leaves files behind."""
    mode = "mode=ro"
    if not _holds_bytes(path, "-wal"):
        mode = "mode=ro&immutable=1"
        page = int.from_bytes(header[16:18])
        pages = int.from_bytes(header[28:32])
        if path.stat().st_size < pages * (65536 if page == 1 else page):
            raise WorkspaceError(corrupt(str(path), "the file is cut short"))
    return sqlite3.connect(f"file:{quote(str(path))}?{mode}", uri=True, timeout=BUSY_SECONDS)


def _hot_journal(path: Path) -> bool:
    """Whether a rollback journal waits to be played back: one never synced begins with zeros."""
    try:
        with Path(f"{path}-journal").open("rb") as journal:
            return journal.read(1) not in (b"", b"\0")
    except FileNotFoundError:
        return False


def _holds_bytes(path: Path, suffix: str) -> bool:
    try:
        return Path(f"{path}{suffix}").stat().st_size > 0
    except FileNotFoundError:
        return False
