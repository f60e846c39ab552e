"""`foedus serve` in its own process, on a free port."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Any

import httpx

TIMEOUT = 90
_COMMAND = [sys.executable, "-c", "from foedus.cli import main; main()", "serve"]


class WebServer:
    """A running server; `address` has no slash at its end, `token` is null where none is asked."""

    def __init__(self, workspace: Path | str, *options: str, port: int = 0) -> None:
        self.workspace = workspace
        self.options = options
        self.port = port

    def __enter__(self) -> WebServer:
        self.process = subprocess.Popen(
            [*_COMMAND, "--port", str(self.port), "--workspace", str(self.workspace),
             *self.options],
            stderr=subprocess.PIPE, text=True, env=os.environ | {"PYTHONUNBUFFERED": "1"},
        )  # fmt: skip
        assert self.process.stderr is not None
        self.token: str | None = None
        self.said: list[str] = []
        for line in self.process.stderr:
            self.said.append(line)
            if found := re.search(r"workbench at (http://\S+)/ ", line):
                self.address = found[1]
                if "--token" not in self.options and "127.0.0.1" in self.address:
                    return self
            if found := re.search(r"login token: (\S+)", line):
                self.token = found[1]
            if "or open" in line:
                return self
        raise AssertionError(f"the server did not start: {''.join(self.said)}")

    def get(self, path: str, **options: Any) -> httpx.Response:
        """The answer to a GET, however busy the machine is."""
        return httpx.get(self.address + path, timeout=TIMEOUT, **options)

    def client(self) -> httpx.Client:
        """A visitor who keeps cookies."""
        return httpx.Client(base_url=self.address, timeout=TIMEOUT)

    def cpu_seconds(self) -> float:
        """Processor time that the server has used, without its workers' (Linux alone)."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        if self.process.stderr is not None:
            self.process.stderr.close()
