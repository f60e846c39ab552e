"""Answers kept by the hash of the question, so that nothing is asked and paid for twice."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from pathlib import Path
from typing import Any

FOLDER = "FOEDUS_LLM_CACHE"


class AnswerCache:
    """One file per answer. A file that cannot be read or written is passed over."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or _default()

    @staticmethod
    def key(endpoint: str, model: str, messages: object) -> str:
        """The hash of endpoint, model and messages; no key or price enters it."""
        content = json.dumps([endpoint, model, messages], sort_keys=True)
        return hashlib.sha256(content.encode()).hexdigest()

    def get(self, key: str) -> str | None:
        """The kept answer's text, or null."""
        try:
            kept: Any = json.loads(self._path(key).read_text("utf-8"))
            text = kept["text"]
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return text if isinstance(text, str) else None

    def put(self, key: str, text: str) -> None:
        """Keep an answer; the file appears whole or not at all."""
        path = self._path(key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, name = tempfile.mkstemp(dir=path.parent)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump({"text": text}, file)
            os.replace(name, path)
        except (OSError, UnicodeEncodeError):
            return

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / f"{key}.json"


def _default() -> Path:
    named = os.environ.get(FOLDER)
    if named:
        return Path(named).expanduser()
    from platformdirs import user_cache_path

    return user_cache_path("foedus") / "llm"
