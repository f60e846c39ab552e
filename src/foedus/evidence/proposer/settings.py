"""Where the model is: from the environment, else a settings file; kept nowhere else."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from foedus.errors import InputError

SETTINGS = "FOEDUS_LLM_SETTINGS"
_FILE = "llm.toml"
_KEYS = ("base_url", "model", "key", "input_price", "output_price", "timeout")
_HELP = (
    "Set FOEDUS_LLM_BASE_URL (such as http://localhost:11434/v1) and FOEDUS_LLM_MODEL, and"
    " FOEDUS_LLM_KEY where the endpoint asks for one; or write base_url, model and key into {0}."
)


@dataclass(frozen=True, slots=True)
class Settings:
    """One OpenAI-compatible endpoint. `key` is never shown.

    Prices are US dollars for a million tokens, null where not told; `timeout` is seconds for
    one whole answer.
    """

    base_url: str
    model: str
    key: str | None = field(default=None, repr=False)
    input_price: float | None = None
    output_price: float | None = None
    timeout: float = 120.0

    @property
    def shown(self) -> str:
        """The endpoint as messages name it, without user, password or query."""
        parts = urlsplit(self.base_url)
        port = f":{parts.port}" if parts.port else ""
        return f"{parts.scheme}://{parts.hostname}{port}{parts.path}"


def settings_file() -> Path:
    """The file that FOEDUS_LLM_SETTINGS names, else `llm.toml` in the user's settings folder."""
    named = os.environ.get(SETTINGS)
    if named:
        return Path(named).expanduser()
    from platformdirs import user_config_path

    return user_config_path("foedus") / _FILE


def named_settings() -> bool:
    """Whether the user has named any endpoint at all."""
    return bool(os.environ.get("FOEDUS_LLM_BASE_URL")) or settings_file().is_file()


def load_settings() -> Settings:
    """The settings; each environment variable FOEDUS_LLM_... wins over the file.

    Raises:
        InputError: no endpoint or model is named, the file cannot be read, or a value is not
            what it should be.
    """
    file = settings_file()
    values = _read(file)
    for key in _KEYS:
        told = os.environ.get(f"FOEDUS_LLM_{key.upper()}")
        if told:
            values[key] = told
    missing = [key for key in ("base_url", "model") if not values.get(key)]
    if missing:
        raise InputError(f"No {' and no '.join(missing)} for the model. " + _HELP.format(file))
    timeout = _number(values, "timeout")
    return Settings(
        base_url=_url(str(values["base_url"])),
        model=_plain(str(values["model"]), "model"),
        key=_plain(str(values["key"]), "key") if values.get("key") else None,
        input_price=_number(values, "input_price"),
        output_price=_number(values, "output_price"),
        timeout=120.0 if timeout is None else max(1.0, timeout),
    )


def _read(file: Path) -> dict[str, object]:
    if not file.is_file():
        if os.environ.get(SETTINGS):
            raise InputError(f"{SETTINGS} names {file}, which is no file.")
        return {}
    try:
        values = tomllib.loads(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"The settings {file} cannot be read: {type(error).__name__}.") from None
    unknown = sorted(set(values) - set(_KEYS))
    if unknown:
        raise InputError(f"{file} holds {', '.join(unknown)}. Known: {', '.join(_KEYS)}.")
    return values


def _url(text: str) -> str:
    try:
        parts = urlsplit(text)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname)
        usable = usable and (parts.port is None or parts.port > 0)
    except ValueError:
        usable = False
    if not usable:
        raise InputError("The model's base_url is not a web address: give http(s)://HOST/v1.")
    return text.rstrip("/")


def _plain(text: str, what: str) -> str:
    """Header-safe text; the value itself is not shown, for it may be the key."""
    if not text.isascii() or not text.isprintable() or len(text) > 500:
        raise InputError(f"The model's {what} must be plain ASCII text of at most 500 characters.")
    return text.strip()


def _number(values: dict[str, object], key: str) -> float | None:
    told = values.get(key)
    if told is None or told == "":
        return None
    try:
        number = float(str(told))
    except ValueError:
        number = -1.0
    if not 0 <= number < 1e9:
        raise InputError(f"The model's {key} is not a number from 0 up: {told!r}.")
    return number
