"""A small local server that speaks the chat protocol, as well or as badly as a test asks."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Claims = list[dict[str, Any]]


@dataclass
class Reply:
    """What is sent back: a status, headers, a body; `drip` seconds between its bytes."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    wait: float = 0.0
    drip: float = 0.0


@dataclass
class Seen:
    """One request as it came."""

    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def sentences(self) -> dict[int, str]:
        text = self.body["messages"][1]["content"]
        return {int(a): b for a, b in re.findall(r"^\[(\d+)\] (.*)$", text, re.M)}


def completion(content: object, finish: str = "stop", **more: Any) -> Reply:
    """A chat completion with this content, JSON if it is not text."""
    text = content if isinstance(content, str) else json.dumps(content)
    message = {"role": "assistant", "content": text}
    body: dict[str, Any] = {
        "choices": [{"index": 0, "message": message, "finish_reason": finish}],
        "usage": {"prompt_tokens": 1000, "completion_tokens": 100},
    }
    return Reply(json.dumps(body | more).encode())


def proposal(sentence: int, quote: str, **fields: Any) -> dict[str, Any]:
    """One proposed claim as the schema asks: Russia withholds from Iran, unless told else."""
    return {
        "sentence": sentence, "quote": quote, "source": ["RUS"], "target": ["IRN"],
        "act": "withhold", "polarity": "neg", "support": ["arms"], "modality": "actual",
        "event_type": "REJECT", "attribution_kind": "author", "attribution_name": None,
        "resolution": "explicit", "confidence": 0.9,
    } | fields  # fmt: skip


Script = Callable[[int, Seen], Reply]


class Server:
    """Answers by `script(number of the request, request)`; keeps every request in `seen`."""

    def __init__(self, script: Script) -> None:
        self.seen: list[Seen] = []
        self.at_once = self.most_at_once = 0
        lock = threading.Lock()
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                with lock:
                    seen = Seen(dict(self.headers), body)
                    server.seen.append(seen)
                    number = len(server.seen)
                    server.at_once += 1
                    server.most_at_once = max(server.most_at_once, server.at_once)
                try:
                    self._send(script(number, seen))
                finally:
                    with lock:
                        server.at_once -= 1

            def _send(self, reply: Reply) -> None:
                time.sleep(reply.wait)
                try:
                    self.send_response(reply.status)
                    for name, value in reply.headers.items():
                        self.send_header(name, value)
                    self.send_header("Content-Length", str(len(reply.body)))
                    self.end_headers()
                    step = 1 if reply.drip else max(1, len(reply.body))
                    for at in range(0, len(reply.body), step):
                        self.wfile.write(reply.body[at : at + step])
                        self.wfile.flush()
                        time.sleep(reply.drip)
                except OSError:
                    self.close_connection = True

            def log_message(self, *_: object) -> None:
                return

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._http.server_address[1]}/v1"
        threading.Thread(target=self._http.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._http.shutdown()
        self._http.server_close()


@contextmanager
def serving(script: Script) -> Iterator[Server]:
    """A server for the length of a test."""
    server = Server(script)
    try:
        yield server
    finally:
        server.close()


def always(*claims: dict[str, Any]) -> Script:
    """The same claims to every question."""
    return lambda number, seen: completion({"claims": list(claims)})
