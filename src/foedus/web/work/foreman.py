"""The foreman: a thread of the server that keeps a worker while there is work."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
from pathlib import Path

from foedus.errors import WorkspaceError
from foedus.workspace.store import Workspace

_LOOK_EVERY = 3.0
_SOURCES = str(Path(__file__).resolve().parents[3])


class Foreman:
    """Starts a worker process when a job waits and none runs; ends it with the server.

    `where` is the workspace's place as the server got it; it goes to the worker through a
    pipe, since a command line shows passwords to everybody.
    """

    def __init__(self, workspace: Workspace, where: str | Path | None) -> None:
        self._workspace = workspace
        self._where = None if where is None else str(where)
        self._wake, self._over = threading.Event(), threading.Event()
        self._worker: subprocess.Popen[str] | None = None
        self._thread = threading.Thread(target=self._watch, name="foreman", daemon=True)

    def start(self) -> None:
        """Begin to watch the job table; jobs that an earlier server left are taken up."""
        self._thread.start()

    def wake(self) -> None:
        """Look at the job table now."""
        self._wake.set()

    def stop(self) -> None:
        """End the worker. Its job stays in the table, and is resumed when a server starts."""
        self._over.set()
        self._wake.set()
        self._thread.join(5)
        if self._worker is not None and self._worker.poll() is None:
            self._worker.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._worker.wait(5)

    def _watch(self) -> None:
        while not self._over.is_set():
            try:
                if not self._working() and self._workspace.jobs.waiting():
                    self._worker = self._started()
            except WorkspaceError:
                pass  # locked or out of reach for now
            self._wake.wait(_LOOK_EVERY)
            self._wake.clear()

    def _working(self) -> bool:
        return self._worker is not None and self._worker.poll() is None

    def _started(self) -> subprocess.Popen[str]:
        environment = dict(os.environ)
        environment["PYTHONPATH"] = os.pathsep.join([_SOURCES, *filter(None, sys.path)])
        worker = subprocess.Popen(
            [sys.executable, "-m", "foedus.web.work.worker"],
            stdin=subprocess.PIPE,
            text=True,
            env=environment,
        )
        assert worker.stdin is not None
        worker.stdin.write(json.dumps(self._where) + "\n")
        worker.stdin.flush()
        return worker
