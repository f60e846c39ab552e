"""One OpenAI-compatible chat endpoint: asked with patience, never trusted, its key never shown."""

from __future__ import annotations

import json
import logging
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from foedus.errors import InputError
from foedus.evidence.proposer.answer_schema import answer_schema
from foedus.evidence.proposer.prompt import Messages
from foedus.evidence.proposer.retries import Patience
from foedus.evidence.proposer.settings import Settings

if TYPE_CHECKING:
    import httpx

LARGEST = 4_000_000
_FORMS = ("json_schema", "json_object", "none")
_LENGTHS = ("max_tokens", "max_completion_tokens", "none")


class EndpointRefused(InputError):
    """The endpoint will not answer any question: a wrong key, address or model."""


class NoAnswer(Exception):
    """One question was not answered, after all attempts."""


class _Again(Exception):
    """Worth another attempt, after `wait` seconds where the server says so."""

    def __init__(self, why: str, wait: float | None = None) -> None:
        super().__init__(why)
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Answer:
    """The text of an answer; `cut` says that the model ran into its limit. Tokens as told."""

    text: str
    cut: bool
    tokens_in: int | None
    tokens_out: int | None


class Endpoint:
    """Chat completions at one address; safe to use from several threads.

    Set `stopped` to end every wait for a further attempt.
    """

    def __init__(self, settings: Settings, patience: Patience | None = None) -> None:
        import httpx

        for name in ("httpx", "httpcore"):
            logging.getLogger(name).setLevel(logging.WARNING)
        self._settings = settings
        self._patience = patience or Patience()
        headers = {"Authorization": f"Bearer {settings.key}"} if settings.key else {}
        self._client = httpx.Client(
            headers=headers,
            timeout=httpx.Timeout(settings.timeout, connect=min(10.0, settings.timeout)),
            follow_redirects=False,
        )
        self.stopped = threading.Event()
        self._lock = threading.Lock()
        self._form = self._length = 0
        self._temperature = True
        self._answered = False

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def ask(self, messages: Messages, most: int) -> Answer:
        """One answer of at most `most` tokens to these messages.

        Raises:
            EndpointRefused: the key, the address or the model is refused, or nobody has ever
                answered there.
            NoAnswer: no usable answer after every attempt.
        """
        why = ""
        for wait in self._patience.waits():
            try:
                answer = self._once(messages, most)
            except _Again as again:
                why = str(again)
                if wait is None:
                    break
                if self.stopped.wait(wait if again.wait is None else again.wait):
                    raise NoAnswer("stopped") from None
            else:
                self._answered = True
                return answer
        if not self._answered:
            raise EndpointRefused(self._sentence(f"gave no answer ({why})."))
        raise NoAnswer(why)

    def _once(self, messages: Messages, most: int) -> Answer:
        import httpx

        while True:
            form, length, warm = self._form, self._length, self._temperature
            try:
                status, headers, body = self._post(self._body(messages, most))
            except httpx.TimeoutException:
                raise _Again("took too long") from None
            except httpx.HTTPError as error:
                raise _Again(f"connection failed: {type(error).__name__}") from None
            if status in (400, 422) and self._plainer(body, (form, length, warm)):
                continue
            return self._read(status, headers, body)

    def _read(self, status: int, headers: httpx.Headers, body: bytes) -> Answer:
        if status == 429 or status >= 500:
            wait = self._patience.told(headers.get("retry-after"))
            raise _Again(f"status {status}", wait)
        if status in (401, 403):
            raise EndpointRefused(self._sentence(f"refuses the key (status {status})."))
        if 300 <= status < 400:
            raise EndpointRefused(self._sentence("sends elsewhere; give the final address."))
        if status in (400, 413, 422) and self._answered:
            raise NoAnswer(f"status {status}")
        if status != 200:
            said = self._without_key(body[:300].decode("utf-8", "replace"))
            raise EndpointRefused(self._sentence(f"answers with status {status}: {said!r}."))
        return _content(body)

    def _post(self, body: dict[str, Any]) -> tuple[int, httpx.Headers, bytes]:
        """Status, headers and body; the whole answer within the time and size allowed."""
        import httpx

        end = time.monotonic() + self._settings.timeout
        address = f"{self._settings.base_url}/chat/completions"
        parts: list[bytes] = []
        size = 0
        with self._client.stream("POST", address, json=body) as answer:
            for part in answer.iter_bytes():
                size += len(part)
                if size > LARGEST:
                    raise _Again("longer than any answer should be")
                if time.monotonic() > end:
                    raise httpx.ReadTimeout("")
                parts.append(part)
            return answer.status_code, answer.headers, b"".join(parts)

    def _body(self, messages: Messages, most: int) -> dict[str, Any]:
        body: dict[str, Any] = {"model": self._settings.model, "messages": messages}
        if self._temperature:
            body["temperature"] = 0
        if self._length < 2:
            body[_LENGTHS[self._length]] = most
        form = _FORMS[self._form]
        if form == "json_schema":
            schema = {"name": "claims", "strict": True, "schema": answer_schema()}
            body["response_format"] = {"type": form, "json_schema": schema}
        elif form == "json_object":
            body["response_format"] = {"type": form}
        return body

    def _plainer(self, body: bytes, tried: tuple[int, int, bool]) -> bool:
        """Leave out what the server will not take; false where nothing is left to leave out."""
        said = body[:4_000].decode("utf-8", "replace").lower()
        with self._lock:
            if (self._form, self._length, self._temperature) != tried:
                return True
            if self._answered:
                return False
            if "max_tokens" in said or "max_completion_tokens" in said:
                if self._length < 2:
                    self._length += 1
                    return True
            elif "temperature" in said and self._temperature:
                self._temperature = False
                return True
            if self._form < 2:
                self._form += 1
                return True
            if self._temperature or self._length < 2:
                self._temperature, self._length = False, 2
                return True
        return False

    def _sentence(self, what: str) -> str:
        return f"The model's endpoint {self._settings.shown} {what}"

    def _without_key(self, text: str) -> str:
        return text.replace(self._settings.key, "***") if self._settings.key else text


def _content(body: bytes) -> Answer:
    try:
        answer = json.loads(body)
        choice = answer["choices"][0]
        message = choice["message"]
        text = message["content"]
        if isinstance(text, list):
            text = "".join(part.get("text", "") for part in text if isinstance(part, dict))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise _Again("not a chat completion") from None
    if not isinstance(text, str):
        raise _Again("refused, or without text")
    usage = answer.get("usage")
    told = usage if isinstance(usage, dict) else {}
    return Answer(
        text=text,
        cut=choice.get("finish_reason") == "length",
        tokens_in=_count(told.get("prompt_tokens")),
        tokens_out=_count(told.get("completion_tokens")),
    )


def _count(value: object) -> int | None:
    plausible = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**8
    return value if plausible and isinstance(value, int) else None
