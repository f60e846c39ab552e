"""A workspace that cannot be used says why, with exit code 2, and is left byte for byte."""

from __future__ import annotations

import hashlib
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from postgres_server import Server
from workspace_samples import document, numbered

from foedus.errors import WorkspaceError
from foedus.workspace import Workspace


def _hashes(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith("-shm")
    }


def _filled(path: Path, documents: int = 30) -> Path:
    with Workspace.open(path) as workspace:
        for number in range(documents):
            workspace.add_document(*numbered(number))
    return path


def _use(where: Path | str) -> None:
    with Workspace.open(where) as workspace:
        for _ in workspace.documents():
            pass
        workspace.claims()


def _refused(where: Path | str, match: str, use: Callable[[Path | str], None] = _use) -> None:
    with pytest.raises(WorkspaceError, match=match) as caught:
        use(where)
    assert caught.value.exit_code == 2


def _text(path: Path) -> None:
    path.write_text("Dear diary, " * 500)


def _garbage(path: Path) -> None:
    path.write_bytes(os.urandom(50_000))


def _short_text(path: Path) -> None:
    path.write_text("hello")


def _strangers_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE document (id TEXT)")
        connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
        connection.commit()


def _strangers_logged_database(path: Path) -> None:
    program = (
        "import os, sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None);"
        "c.execute('PRAGMA journal_mode = WAL'); c.execute('CREATE TABLE t (x)'); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", program, str(path)], check=True)


def _truncated(path: Path) -> None:
    _filled(path)
    os.truncate(path, path.stat().st_size // 2)


def _cut_in_the_header(path: Path) -> None:
    _filled(path, 1)
    os.truncate(path, 80)


def _overwritten(path: Path) -> None:
    _filled(path)
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(path.stat().st_size - 4096))


def _overwritten_schema(path: Path) -> None:
    _filled(path)
    with path.open("r+b") as file:
        file.seek(100)
        file.write(b"\xff" * 3996)


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (_text, "not a workspace"),
        (_short_text, "not a workspace"),
        (_garbage, "not a workspace"),
        (_strangers_database, "another application"),
        (_strangers_logged_database, "another application|not a workspace"),
        (_truncated, "corrupt"),
        (_cut_in_the_header, "corrupt"),
        (_overwritten, "corrupt"),
        (_overwritten_schema, "corrupt"),
    ],
)
def test_a_file_that_is_not_a_sound_workspace_is_left_untouched(
    tmp_path: Path, make: Callable[[Path], None], reason: str
) -> None:
    path = tmp_path / "ws.sqlite"
    make(path)
    before = _hashes(tmp_path)
    _refused(path, reason)
    assert _hashes(tmp_path) == before


def test_a_folder_a_device_and_a_dead_link_are_no_workspaces(tmp_path: Path) -> None:
    _refused(tmp_path, "is a folder")
    fifo = tmp_path / "pipe"
    os.mkfifo(fifo)
    _refused(fifo, "not a file")
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "nowhere")
    _refused(link, "leads nowhere")
    _refused(tmp_path / ("x" * 300), "name too long")
    _refused("", "Not a workspace")
    _refused("a\0b", "Not a workspace")


def test_a_link_is_the_file_that_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    path = _filled(tmp_path / "folder" / "ws.sqlite", 2)
    link = tmp_path / "link"
    link.symlink_to(path)
    _leave_a_log(path, NEWER)
    _refused(link, "newer version")


def test_a_journal_that_was_never_synced_is_no_obstacle(tmp_path: Path) -> None:
    """A kill while the write-ahead log is switched on leaves one, its header still zero."""
    path = _filled(tmp_path / "ws.sqlite", 2)
    (tmp_path / "ws.sqlite-journal").write_bytes(bytes(512))
    with Workspace.open(path) as workspace:
        assert len(list(workspace.documents())) == 2
        assert workspace.add_document(document())


def test_an_empty_file_becomes_a_workspace(tmp_path: Path) -> None:
    path = tmp_path / "ws.sqlite"
    path.touch()
    assert _filled(path, 1).stat().st_size > 0


def _leave_a_log(path: Path, statement: str) -> None:
    program = (
        "import os, sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None);"
        "c.execute(sys.argv[2]); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", program, str(path), statement], check=True)


NEWER = "UPDATE alembic_version SET version_num = '9999'"


@pytest.mark.parametrize("log", ["checkpointed", "left over"])
def test_a_newer_workspace_is_left_untouched(tmp_path: Path, log: str) -> None:
    path = _filled(tmp_path / "ws.sqlite", 2)
    if log == "left over":
        _leave_a_log(path, NEWER)
    else:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(NEWER)
            connection.commit()
    before = _hashes(tmp_path)
    assert any(name.endswith("-wal") for name in before) is (log == "left over")
    _refused(path, r"newer version of Foedus \(schema 9999")
    assert _hashes(tmp_path) == before


def test_a_missing_folder_is_made_for_the_default_place_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = tmp_path / "missing" / "ws.sqlite"
    _refused(given, "does not exist")
    assert not given.parent.exists()
    monkeypatch.setenv("FOEDUS_WORKSPACE", str(given))
    _refused_default("does not exist")
    monkeypatch.delenv("FOEDUS_WORKSPACE")
    assert not Workspace.exists()
    with Workspace.open() as workspace:
        assert workspace.where == str(tmp_path / "data-home" / "foedus" / "workspace.sqlite")
    assert Workspace.exists()


def _refused_default(match: str) -> None:
    with pytest.raises(WorkspaceError, match=match), Workspace.open():
        pass


def test_a_default_folder_that_cannot_be_made_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "a-file"
    blocked.touch()
    monkeypatch.setenv("XDG_DATA_HOME", str(blocked))
    _refused_default("cannot be created")


@contextmanager
def _public_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="foedus-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        folder.chmod(0o755)


def _refusal_as_plain_user(path: Path) -> str:
    """What opening says to a user whom permissions bind, also where the tests run as root."""
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            if os.geteuid() == 0:
                os.setgid(65534)
                os.setuid(65534)
            _use(path)
        except WorkspaceError as error:
            os.write(write_end, str(error).encode())
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    os.close(write_end)
    with os.fdopen(read_end) as said:
        return said.read()


@pytest.mark.parametrize(
    ("file_mode", "folder_mode", "said"),
    [
        (0o444, 0o777, "The workspace .* is read-only"),
        (0o666, 0o555, "The folder .* is read-only"),
        (0o222, 0o777, "may not be read"),
        (0o666, 0o777, "^$"),
    ],
)
def test_read_only_says_so(file_mode: int, folder_mode: int, said: str) -> None:
    with _public_folder() as folder:
        path = _filled(folder / "ws.sqlite", 1)
        path.chmod(file_mode)
        folder.chmod(folder_mode)
        before = _hashes(folder)
        assert re.search(said, _refusal_as_plain_user(path))
        assert _hashes(folder) == before


@contextmanager
def _holder(program: str, *arguments: str) -> Iterator[None]:
    with subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        try:
            yield
        finally:
            process.kill()


HOLD_SQLITE = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
for statement in sys.argv[2:]:
    connection.execute(statement)
print("held", flush=True)
sys.stdin.read()
"""


def test_a_write_lock_of_another_process_stops_writing_not_reading(tmp_path: Path) -> None:
    path = _filled(tmp_path / "ws.sqlite", 2)
    with _holder(HOLD_SQLITE, str(path), "BEGIN IMMEDIATE"), Workspace.open(path) as workspace:
        assert len(list(workspace.documents())) == 2
        begun = time.monotonic()
        with pytest.raises(WorkspaceError, match="locked") as caught:
            workspace.add_document(document())
        assert caught.value.exit_code == 2
        assert 4 < time.monotonic() - begun < 9
    with Workspace.open(path) as workspace:
        assert len(list(workspace.documents())) == 2
        assert workspace.add_document(document())


def test_an_exclusive_lock_of_another_process_says_locked(tmp_path: Path) -> None:
    path = _filled(tmp_path / "ws.sqlite", 1)
    hold = ("PRAGMA locking_mode = EXCLUSIVE", "BEGIN EXCLUSIVE", "DELETE FROM claim")
    with _holder(HOLD_SQLITE, str(path), *hold):
        _refused(path, "locked")


def test_a_new_file_that_another_process_has_locked_says_locked(tmp_path: Path) -> None:
    path = tmp_path / "ws.sqlite"
    with _holder(HOLD_SQLITE, str(path), "BEGIN EXCLUSIVE"):
        _refused(path, "locked")


HOLD_POSTGRES = """
import psycopg, sys
with psycopg.connect(sys.argv[1]) as connection:
    connection.execute("LOCK TABLE document IN ACCESS EXCLUSIVE MODE")
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.mark.postgres
def test_a_lock_on_the_server_says_locked(postgres: Server) -> None:
    schema = f"w{uuid.uuid4().hex}"
    postgres.run(f"CREATE SCHEMA {schema}")
    url = postgres.url(query=f"?options=-csearch_path%3D{schema}")
    with Workspace.open(url) as workspace:
        plain = url.replace("+psycopg", "")
        with _holder(HOLD_POSTGRES, plain), pytest.raises(WorkspaceError, match="locked"):
            workspace.add_document(document())
        time.sleep(0.2)
        assert workspace.add_document(document())


@pytest.mark.postgres
def test_a_database_that_is_no_workspace_is_left_as_it_is(postgres: Server) -> None:
    postgres.run("CREATE DATABASE stranger", "CREATE DATABASE old", "CREATE DATABASE newer")
    postgres.run("CREATE TABLE alembic_version (version_num TEXT)", database="stranger")
    _refused(postgres.url("stranger"), "holds other tables")
    with Workspace.open(postgres.url("newer")):
        pass
    postgres.run(NEWER, database="newer")
    _refused(postgres.url("newer"), "newer version")
    postgres.run("CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0")
    _refused(postgres.url("latin"), "needs UTF8")


@pytest.mark.postgres
def test_a_server_out_of_reach_is_named_without_the_password(postgres: Server) -> None:
    with pytest.raises(WorkspaceError, match="cannot be used") as caught:
        Workspace.open("postgresql://me:s3cret@127.0.0.1:1/none?password=s3cret")
    assert "s3cret" not in str(caught.value)
    assert "me@127.0.0.1:1/none" in str(caught.value)
    _refused(postgres.url("missing"), "does not exist")


@pytest.mark.parametrize(
    "url", ["mysql://h/d", "https://example.org/ws", "postgresql+psycopg://h:port/d", "sqlite://"]
)
def test_another_url_is_refused_with_an_example(url: str) -> None:
    _refused(url, r"postgresql\+psycopg://USER@HOST/DATABASE")


def test_a_sqlite_url_is_its_file(tmp_path: Path) -> None:
    path = _filled(tmp_path / "ws.sqlite", 1)
    with Workspace.open(f"sqlite:///{path}") as workspace:
        assert workspace.where == str(path)
        assert len(list(workspace.documents())) == 1


def test_opening_it_twice_in_one_process_lets_go_of_no_lock(tmp_path: Path) -> None:
    """Else another process that closes it last deletes the log that this one writes on to."""
    path = tmp_path / "w.sqlite"
    reads = (
        "import sys; from foedus.workspace import Workspace\n"
        "with Workspace.open(sys.argv[1]) as w: print(len(list(w.documents())))"
    )
    with Workspace.open(path) as first:
        for number in range(3):
            one, coded = numbered(number)
            first.add_document(one, coded)
            with Workspace.open(path) as second:
                assert second.names(one.id)
            done = subprocess.run(
                [sys.executable, "-c", reads, str(path)], check=True, capture_output=True, text=True
            )
            assert done.stdout.strip() == str(number + 1)
    with Workspace.open(path) as workspace:
        assert len(list(workspace.documents())) == 3
