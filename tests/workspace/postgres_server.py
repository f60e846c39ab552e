"""A PostgreSQL server of the tests' own, run as a plain user on a free port."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Server:
    """A running server: its port on 127.0.0.1 and the name of its superuser."""

    port: int
    user: str

    def url(self, database: str = "postgres", query: str = "") -> str:
        return f"postgresql+psycopg://{self.user}@127.0.0.1:{self.port}/{database}{query}"

    def run(self, *statements: str, database: str = "postgres") -> None:
        import psycopg

        with psycopg.connect(
            host="127.0.0.1", port=self.port, user=self.user, dbname=database, autocommit=True
        ) as connection:
            for statement in statements:
                connection.execute(statement)


def installed_binaries() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def running(binaries: Path) -> Iterator[Server]:
    """The server, started in a folder of its own and removed afterwards."""
    user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
    as_user = {"user": user} if os.geteuid() == 0 else {}
    folder = Path(tempfile.mkdtemp(prefix="foedus-pg-"))
    if as_user:
        shutil.chown(folder, user)
    data = folder / "data"
    subprocess.run(
        [binaries / "initdb", "-D", data, "-U", user, "-A", "trust", "-E", "UTF8", "--no-sync",
         "--locale=C"],
        check=True, capture_output=True, cwd=folder, **as_user,
    )  # fmt: skip
    port = _free_port()
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [binaries / "postgres", "-D", data, "-p", str(port), "-k", folder,
             "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-c", "max_connections=60"],
            stdout=log, stderr=log, cwd=folder, **as_user,
        )  # fmt: skip
    try:
        for _ in range(200):
            if _answers(port) or server.poll() is not None:
                break
            time.sleep(0.05)
        started = Server(port, user)
        for attempt in range(100):
            try:
                started.run("SELECT 1")
                break
            except Exception:
                if attempt == 99 or server.poll() is not None:
                    raise RuntimeError((folder / "log").read_text()) from None
                time.sleep(0.05)
        yield started
    finally:
        server.send_signal(signal.SIGINT)  # fast: open sessions are ended
        server.wait(20)
        shutil.rmtree(folder, ignore_errors=True)
