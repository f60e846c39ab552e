"""Single keys from a terminal, or the same keys from a pipe, one a line."""

from __future__ import annotations

import os
import sys
from types import TracebackType
from typing import Any


class Keys:
    """Keys of one session; use it in a `with` block.

    On a terminal each key counts as it is pressed, and `line` asks for a line of text. From a
    pipe each line is one key; what follows it on the line, after a blank, is the answer to what
    that key asks ("e act=deliver").
    """

    def __init__(self) -> None:
        self._terminal = sys.stdin.isatty()
        self._before: list[Any] | None = None
        self._answer = ""

    def __enter__(self) -> Keys:
        self._by_key()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._by_line()

    def next(self) -> str | None:
        """The next key; null where there are no more."""
        if self._terminal:
            return _pressed()
        while line := sys.stdin.readline():
            if line.strip():
                key, _, self._answer = line.strip().partition(" ")
                return key
        return None

    def line(self, question: str) -> str:
        """The reviewer's answer to a question."""
        if not self._terminal:
            return self._answer
        self._by_line()
        try:
            sys.stderr.write(question)
            sys.stderr.flush()
            return sys.stdin.readline().rstrip("\n")
        finally:
            self._by_key()

    def _by_key(self) -> None:
        if self._terminal and sys.platform != "win32":
            import termios
            import tty

            self._before = termios.tcgetattr(sys.stdin.fileno())
            tty.setcbreak(sys.stdin.fileno(), termios.TCSADRAIN)

    def _by_line(self) -> None:
        if self._before is not None and sys.platform != "win32":
            import termios

            termios.tcsetattr(sys.stdin.fileno(), termios.TCSADRAIN, self._before)


def _pressed() -> str | None:
    if sys.platform == "win32":
        import msvcrt

        return msvcrt.getwch()
    return os.read(sys.stdin.fileno(), 1).decode("ascii", "replace") or None
