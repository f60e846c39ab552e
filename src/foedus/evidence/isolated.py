"""Parse a file in another process, with limits on time and memory; a crash costs one file."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path, PurePath
from typing import Any

from foedus.domain.documents import Document
from foedus.errors import DocumentError
from foedus.evidence.limits import DEFAULT, Limits

_KEPT = max(1, min(4, os.cpu_count() or 1))
_START = 60.0
_FILES_EACH = 500
_MESSAGE = 1_000_000
_SOURCES = str(Path(__file__).resolve().parents[2])
_PASSED_ON = (
    "PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "LD_LIBRARY_PATH", "SYSTEMROOT",
    "VIRTUAL_ENV",
)  # fmt: skip


def read_isolated(
    name: str,
    data: bytes,
    *,
    seconds: float = 10,
    megabytes: int = 512,
    limits: Limits = DEFAULT,
    today: date | None = None,
) -> Document:
    """Parse one file's bytes in another process; the suffix of `name` says what it is.

    `seconds` bounds wall-clock and processor time, `megabytes` the memory beyond what an idle
    parser takes (not on systems that know no such limit).

    Raises:
        DocumentError: not readable; took too long or too much memory; crashed its parser; or
            a table that holds more than one document.
    """
    found = each_isolated(
        name, data, seconds=seconds, megabytes=megabytes, limits=limits, today=today
    )
    first = next(found)
    if isinstance(first, DocumentError):
        raise first
    second = next(found, None)
    if isinstance(second, DocumentError):
        raise second
    if second is not None:
        raise DocumentError(name, "holds several documents. Read it as a file.")
    return first


def each_isolated(
    name: str,
    data: bytes,
    *,
    seconds: float = 10,
    megabytes: int = 512,
    limits: Limits = DEFAULT,
    today: date | None = None,
    suffix: str | None = None,
) -> Iterator[Document | DocumentError]:
    """Yield each document of one file, and one error for what cannot be read; see `read_isolated`.

    `seconds` then bounds the wait for each document, and the processor time of all. With
    `suffix` the name is a web address and says nothing of the format.
    """
    asked = {
        "name": name,
        "short": name if suffix else PurePath(name).name,
        "suffix": suffix or PurePath(name).suffix.lower(),
        "seconds": max(1, round(seconds)),
        "megabytes": megabytes,
        "limits": asdict(limits),
        "today": (today or date.today()).isoformat(),
    }
    worker = _acquire()
    try:
        yield from worker.ask(asked, data, seconds)
    except _Ended as end:
        yield DocumentError(name, end.reason(seconds, megabytes))
    finally:
        _release(worker)


class _Ended(Exception):
    """The worker is gone before its answer was whole."""

    def __init__(self, late: bool, code: int | None = None, short: bool = False) -> None:
        self.late, self.code, self.short = late, code, short

    def reason(self, seconds: float, megabytes: int) -> str:
        if self.late or self.code == -24:
            return f"takes more than {seconds:g} s to parse: given up."
        if self.short:
            return f"takes more than {megabytes:,} MB of memory to parse: given up."
        how = f"signal {-self.code}" if self.code and self.code < 0 else f"exit {self.code}"
        return f"crashed its parser ({how}), or ran it out of memory: damaged or hostile."


class _Worker:
    """One parsing process with its pipes; used by one thread at a time."""

    def __init__(self) -> None:
        environment = {key: os.environ[key] for key in _PASSED_ON if key in os.environ}
        environment["PYTHONPATH"] = os.pathsep.join([_SOURCES, *filter(None, sys.path)])
        self._process = subprocess.Popen(
            [sys.executable, "-m", "foedus.evidence.isolated_worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
        self._left = _FILES_EACH
        self._idle = True

    @property
    def usable(self) -> bool:
        return self._idle and self._left > 0 and self._process.poll() is None

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    continue

    def ask(
        self, asked: dict[str, Any], data: bytes, seconds: float
    ) -> Iterator[Document | DocumentError]:
        self._idle = False
        self._left -= 1
        with _Clock(self._process, _START) as clock:
            self._send(json.dumps(asked).encode(), clock)
            self._send(data, clock)
            self._receive(clock, _MESSAGE)
        ceiling = 8 * len(data) + 8 * asked["limits"]["unpacked_bytes"]
        while True:
            with _Clock(self._process, seconds) as clock:
                answer = self._receive(clock, _MESSAGE)
                whole = self._frame(clock, ceiling) if "document" in answer else b""
            if whole:
                document = Document.model_validate_json(whole)
                del whole
                yield document
            elif "error" in answer:
                yield DocumentError(answer["name"], answer["error"])
            else:
                break
        self._left = 0 if answer["spent"] else self._left
        self._idle = True
        if answer["short"]:
            raise _Ended(late=False, short=True)

    def _send(self, content: bytes, clock: _Clock) -> None:
        pipe = self._process.stdin
        if pipe is None:
            raise _Ended(late=False)
        try:
            pipe.write(len(content).to_bytes(8, "big"))
            pipe.write(content)
            pipe.flush()
        except OSError:
            raise _Ended(clock.late, self._process.wait()) from None

    def _receive(self, clock: _Clock, ceiling: int) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(self._frame(clock, ceiling))
        return answer

    def _frame(self, clock: _Clock, ceiling: int) -> bytes:
        pipe = self._process.stdout
        head = pipe.read(8) if pipe is not None else b""
        size = int.from_bytes(head, "big") if len(head) == 8 else 0
        if size > ceiling:
            self._process.kill()
        content = pipe.read(size) if pipe is not None and 0 < size <= ceiling else b""
        if not content or len(content) < size:
            self._process.kill()
            raise _Ended(clock.late, self._process.wait())
        return content


class _Clock:
    """Kill the process when the time is up; `late` says that it was."""

    def __init__(self, process: subprocess.Popen[bytes], seconds: float) -> None:
        self.late = False
        self._process = process
        self._timer = threading.Timer(seconds, self._up)
        self._timer.daemon = True

    def _up(self) -> None:
        self.late = True
        self._process.kill()

    def __enter__(self) -> _Clock:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()


_lock = threading.Lock()
_waiting: list[_Worker] = []


def _acquire() -> _Worker:
    with _lock:
        while _waiting:
            worker = _waiting.pop()
            if worker.usable:
                return worker
            worker.close()
    return _Worker()


def _release(worker: _Worker) -> None:
    with _lock:
        if worker.usable and len(_waiting) < _KEPT:
            _waiting.append(worker)
            return
    worker.close()


def close_workers() -> None:
    """End the parsing processes that wait for work; they are started anew when needed."""
    with _lock:
        while _waiting:
            _waiting.pop().close()


def _after_fork() -> None:
    global _lock
    _lock = threading.Lock()
    _waiting.clear()


atexit.register(close_workers)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
