"""Where the model is told, and that its key is shown nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from foedus.errors import InputError
from foedus.evidence.proposer.budget import parse_budget
from foedus.evidence.proposer.settings import load_settings


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("BASE_URL", "MODEL", "KEY", "SETTINGS", "TIMEOUT", "INPUT_PRICE", "OUTPUT_PRICE"):
        monkeypatch.delenv(f"FOEDUS_LLM_{name}", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


def test_the_environment_wins_over_the_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(
        'base_url = "http://localhost:11434/v1/"\nmodel = "small"\nkey = "k"\ninput_price = 2\n'
    )
    monkeypatch.setenv("FOEDUS_LLM_SETTINGS", str(file))
    monkeypatch.setenv("FOEDUS_LLM_MODEL", "large")
    found = load_settings()
    assert (found.base_url, found.model, found.input_price) == (
        "http://localhost:11434/v1", "large", 2.0,
    )  # fmt: skip
    assert "'k'" not in repr(found)


def test_a_password_in_the_address_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(
        "FOEDUS_LLM_BASE_URL", "https://me:pass-word@models.example:8443/v1?k=secret"
    )
    monkeypatch.setenv("FOEDUS_LLM_MODEL", "m")
    assert load_settings().shown == "https://models.example:8443/v1"


@pytest.mark.parametrize(
    ("variables", "message"),
    [
        ({}, "base_url and no model"),
        ({"BASE_URL": "localhost:1", "MODEL": "m"}, "not a web address"),
        ({"BASE_URL": "file:///etc", "MODEL": "m"}, "not a web address"),
        ({"BASE_URL": "http://h:99999/v1", "MODEL": "m"}, "not a web address"),
        ({"BASE_URL": "http://h/v1", "MODEL": "m", "KEY": "a\nb"}, "plain ASCII"),
        ({"BASE_URL": "http://h/v1", "MODEL": "m", "TIMEOUT": "soon"}, "timeout"),
        ({"SETTINGS": "/nowhere/llm.toml"}, "no file"),
    ],
)
def test_what_cannot_be_used_is_said(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], message: str
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(f"FOEDUS_LLM_{name}", value)
    with pytest.raises(InputError, match=message):
        load_settings()


def test_a_broken_file_is_named_and_its_content_is_not(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "llm.toml"
    monkeypatch.setenv("FOEDUS_LLM_SETTINGS", str(file))
    for content in ("key = secret-key", 'key = "secret-key"\napi = 1'):
        file.write_text(content)
        with pytest.raises(InputError) as caught:
            load_settings()
        assert str(file) in str(caught.value)
        assert "secret-key" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "tokens", "dollars"),
    [("200000", 200_000, None), ("200k", 200_000, None), ("2M", 2_000_000, None),
     ("$2.50", None, 2.5), ("3usd", None, 3.0)],
)  # fmt: skip
def test_budgets(text: str, tokens: int | None, dollars: float | None) -> None:
    found = parse_budget(text)
    assert (found.tokens, found.dollars) == (tokens, dollars)


@pytest.mark.parametrize("text", ["", "all", "-5", "$2k", "1e9", "nan"])
def test_what_is_no_budget(text: str) -> None:
    with pytest.raises(InputError, match="Not a budget"):
        parse_budget(text)
