"""Scenario files: TOML in, a scenario out; every fault names its line and the known names."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any, get_args

from pydantic import ValidationError

from foedus.domain.scenarios import KINDS, Scenario, Shock
from foedus.errors import InputError, ScenarioError

_SHIPPED = files("foedus.stress") / "scenarios"
_LINE = re.compile(r"line (\d+)")
_PLACE = re.compile(r"\s*\(at (line \d+, column \d+|end of document)\)")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_HEADER = re.compile(r"^\s*\[\[\s*shock\s*\]\]")


def shipped() -> tuple[str, ...]:
    """Names of the scenarios that come with the package."""
    return tuple(
        sorted(
            item.name.removesuffix(".toml")
            for item in _SHIPPED.iterdir()
            if item.name.endswith(".toml")
        )
    )


def text_of(name: str) -> str:
    """The TOML of a shipped scenario (by name) or of a file (by path).

    Raises:
        InputError: neither is there; the message lists the shipped names.
    """
    if name in shipped():
        return (_SHIPPED / f"{name}.toml").read_text(encoding="utf-8")
    path = Path(name)
    if path.suffix != ".toml" and not path.is_file():
        raise InputError(
            f"No scenario is called {name!r}. Shipped are {', '.join(shipped())}; or give a TOML"
            " file, which `foedus scenario new` writes."
        )
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8 text"
        raise InputError(f"Cannot read the scenario {name!r}: {reason}.") from error


def load(name: str) -> Scenario:
    """A shipped scenario by name, or one from a TOML file.

    Raises:
        ScenarioError: the text is no scenario; names the line.
        InputError: no such scenario or file.
    """
    return parse(text_of(name), name)


def parse(text: str, name: str) -> Scenario:
    """A scenario from TOML text; `name` is what errors call it.

    Raises:
        ScenarioError: a fault of syntax, an unknown key or a value of the wrong kind.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _LINE.search(str(error))
        line = int(found[1]) if found else max(len(text.splitlines()), 1)
        problem = _PLACE.sub("", str(error)).rstrip(".")
        if "date" in problem:
            wrong = _DAY.search(text.splitlines()[line - 1])
            if wrong:
                problem = f"{wrong[0]!r} is no day; write YYYY-MM-DD"
        raise ScenarioError(name, line, f"{problem}.") from error
    shocks = data.pop("shock", [])
    if not isinstance(shocks, list):
        raise ScenarioError(name, find_line(text, None, "shock"), "write shocks as [[shock]].")
    try:
        return Scenario.model_validate({**data, "shocks": shocks})
    except ValidationError as error:
        raise _fault(text, name, error, data | {"shock": shocks}) from error


def find_line(text: str, shock: int | None, key: str | None) -> int | None:
    """Line (from 1) of a key, of the whole file or of one shock (from 0); else of its header."""
    lines = text.splitlines()
    heads = [at for at, line in enumerate(lines) if _HEADER.match(line)]
    if shock is None:
        first, last = 0, heads[0] if heads else len(lines)
    elif shock < len(heads):
        first = heads[shock]
        last = heads[shock + 1] if shock + 1 < len(heads) else len(lines)
    else:
        return None
    if key is not None:
        for at in range(first, last):
            if re.match(rf'\s*"?{re.escape(key)}"?\s*=', lines[at]):
                return at + 1
    return None if shock is None else first + 1


def keys_of(kind: str) -> tuple[str, ...]:
    """Keys that a shock of this kind may have."""
    union = get_args(get_args(Shock)[0]) or (get_args(Shock)[0],)
    for model in union:
        if get_args(model.model_fields["kind"].annotation)[0] == kind:
            return tuple(model.model_fields)
    return ()


def _fault(text: str, name: str, error: ValidationError, data: dict[str, Any]) -> ScenarioError:
    first = error.errors()[0]
    place = list(first["loc"])
    shock, known = None, [key for key in Scenario.model_fields if key != "shocks"] + ["[[shock]]"]
    if place[:1] == ["shocks"] and len(place) > 1:
        shock = int(place[1])
        kind = (
            str(data["shock"][shock].get("kind")) if isinstance(data["shock"][shock], dict) else ""
        )
        place = [part for part in place[2:] if part != kind]
        known = list(keys_of(kind))
        if not known:
            return ScenarioError(
                name, find_line(text, shock, "kind"),
                f"a shock of kind {kind!r} is not known. There are {', '.join(KINDS)}.",
            )  # fmt: skip
    key = str(place[0]) if place else None
    line = find_line(text, shock, key)
    if first["type"] == "extra_forbidden":
        return ScenarioError(
            name, line, f"the key {key!r} is not known here. There are {', '.join(known)}."
        )
    if first["type"] == "missing":
        return ScenarioError(name, line, f"the key {key!r} is missing.")
    got = first.get("input")
    return ScenarioError(name, line, f"{key!r} is {got!r}: {first['msg'].lower()}.")
