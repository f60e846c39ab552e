"""The process that parses and codes one file after another for `reading_workers`."""

from __future__ import annotations

import os
import signal

from foedus.assessment.reading_work import done
from foedus.assessment.reading_workers import receive, send


def main() -> None:
    """Answer until standard input ends; what a file prints or raises never mixes with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the reading process ends this one
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "r+b") as nothing:
        for stream in (0, 1):
            os.dup2(nothing.fileno(), stream)
    while True:
        try:
            work, today = receive(requests)
        except EOFError:
            return
        try:
            answer: object = done(work, today)
        except Exception as error:
            answer = error
        send(answers, answer)


if __name__ == "__main__":
    main()
