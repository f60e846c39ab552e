"""The process that parses one file after another for `isolated`; it reads no other file.

Frames on standard input and output: eight bytes of length, then that many bytes. A request is
a JSON header and the file's bytes; the answer is `ready`, documents and errors, then `end`.
"""

from __future__ import annotations

import json
import os
import struct
import sys
from collections.abc import Callable
from datetime import date
from typing import IO, Any

from foedus.domain.documents import Document
from foedus.evidence.limits import Limits
from foedus.evidence.reader import read_bytes

LENGTH = struct.Struct(">Q")
_NEEDED = {
    ".pdf": ("pypdfium2",),
    ".html": ("lxml.html", "trafilatura"),
    ".docx": ("lxml.etree",),
    ".eml": ("lxml.html", "trafilatura"),
}
_GROWTH = 256_000_000


def main() -> None:
    """Answer requests until standard input ends."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "r+b") as nothing:
        for stream in (0, 1, 2):
            os.dup2(nothing.fileno(), stream)
    _limit("RLIMIT_CORE", 0)
    _limit("RLIMIT_FSIZE", 0)
    first = 0
    while (header := _frame(requests)) is not None:
        asked = json.loads(header)
        _import_for(asked["suffix"])
        first = first or _address_space()
        given = [_frame(requests) or b""]
        _send(answers, {"ready": True})
        short = _parse(asked, given, answers)
        grown = bool(first) and _address_space() - first > _GROWTH
        _send(answers, {"end": True, "short": short, "spent": short or grown})
        if short or grown:
            return


def _parse(asked: dict[str, Any], given: list[bytes], answers: IO[bytes]) -> bool:
    """Send each document or error of one file; true where memory ran out.

    The bytes are taken out of `given`, so that they are gone when the text is made of them.
    """
    _limit("RLIMIT_CPU", _cpu_seconds() + asked["seconds"] + 1)
    space = _address_space()
    if space:
        _limit("RLIMIT_AS", space + asked["megabytes"] * 1_000_000)
    try:
        for item in read_bytes(
            asked["name"],
            asked["short"],
            given.pop(),
            suffix=asked["suffix"],
            limits=Limits(**asked["limits"]),
            today=date.fromisoformat(asked["today"]),
        ):
            if isinstance(item, Document):
                _send(answers, {"document": True})
                _write(answers, item.__pydantic_serializer__.to_json(item))
            else:
                _send(answers, {"name": item.name, "error": item.reason})
    except (MemoryError, RecursionError):
        return True
    finally:
        _limit("RLIMIT_AS", None)
    return False


def _import_for(suffix: str) -> None:
    from importlib import import_module

    for name in _NEEDED.get(".html" if suffix in (".htm", ".xhtml") else suffix, ()):
        import_module(name)


def _frame(stream: IO[bytes]) -> bytes | None:
    size = stream.read(LENGTH.size)
    return stream.read(LENGTH.unpack(size)[0]) if len(size) == LENGTH.size else None


def _send(stream: IO[bytes], message: dict[str, Any]) -> None:
    _write(stream, json.dumps(message).encode())


def _write(stream: IO[bytes], content: bytes) -> None:
    stream.write(LENGTH.pack(len(content)))
    stream.write(content)
    stream.flush()


def _limit(name: str, value: int | None) -> None:
    """Set one soft limit, or lift it; where the system has none of that name, nothing happens."""
    if sys.platform == "win32":
        return
    import resource

    kind = getattr(resource, name, None)
    if kind is None:
        return
    hard = resource.getrlimit(kind)[1]
    wanted = hard if value is None else value
    if hard not in (resource.RLIM_INFINITY, -1) and wanted > hard:
        wanted = hard
    set_limit: Callable[[int, tuple[int, int]], None] = resource.setrlimit
    try:
        set_limit(kind, (wanted, hard))
    except (ValueError, OSError):
        return


def _cpu_seconds() -> int:
    times = os.times()
    return int(times.user + times.system) + 1


def _address_space() -> int:
    """Bytes of address space in use; 0 where the system does not tell."""
    try:
        with open("/proc/self/statm", "rb") as file:
            return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 0


if __name__ == "__main__":
    main()
