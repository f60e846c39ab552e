"""A scenario as a form, and back as TOML."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

from starlette.datastructures import FormData

from foedus.domain.actors import Actor, in_prose
from foedus.domain.scenarios import Scenario
from foedus.errors import InputError

_HEAD = ("name", "title", "summary", "as_of", "horizon", "rationing", "illustration")
_LISTS = ("challengers", "obligations")
FIELDS: dict[str, tuple[str, ...]] = {
    "attack": ("beneficiary", "challengers", "war"),
    "regime_fall": ("actor",),
    "platform_loss": ("platform",),
    "load": ("actor", "share", "until"),
    "commitment": ("change", "guarantor", "beneficiary", "obligations"),
    "sanctions": ("actor", "share"),
}
"""Fields of each kind of shock besides its kind and day."""
COLUMNS: tuple[tuple[str, str], ...] = (
    ("actor", "Actor"), ("beneficiary", "Attacked, or promised to"),
    ("challengers", "Attackers, with commas"), ("guarantor", "Guarantor"),
    ("change", "Change: new, withdrawn, changed"), ("obligations", "Obligations, with commas"),
    ("platform", "Base or corridor"), ("share", "Share, 0 to 1"), ("until", "Until"),
)  # fmt: skip
MOST_SHOCKS = 60


def toml_of_form(form: FormData) -> str:
    """The TOML text that the fields of a form come to; empty rows are left out.

    Raises:
        InputError: too many rows, or a kind of shock that there is not.
    """
    data: dict[str, Any] = {
        key: str(form.get(key) or "").strip() for key in _HEAD if str(form.get(key) or "").strip()
    }
    watch = [one.strip() for one in str(form.get("watch") or "").split(",") if one.strip()]
    rows = form.get("rows")
    count = int(str(rows)) if str(rows).isdecimal() and len(str(rows)) < 4 else 0
    if count > MOST_SHOCKS:
        raise InputError(f"{count} shocks; a scenario of the form holds {MOST_SHOCKS} at most.")
    shocks = [found for at in range(count) if (found := _shock(form, at)) is not None]
    return toml_of({**data, "watch": watch, "shocks": shocks})


def _shock(form: FormData, at: int) -> dict[str, Any] | None:
    given = {
        name: str(form.get(f"shock-{at}-{name}") or "").strip()
        for name in ("kind", "on", *(name for name, _ in COLUMNS))
    }
    kind = given["kind"]
    if not kind:
        return None
    if kind not in FIELDS:
        raise InputError(f"No shock is called {kind[:30]!r}. There are {', '.join(FIELDS)}.")
    shock: dict[str, Any] = {"kind": kind, "on": given["on"]}
    for name in FIELDS[kind]:
        if name == "war":
            shock["war"] = form.get(f"shock-{at}-war") is not None
        elif given.get(name):
            value = given[name]
            shock[name] = (
                [one.strip() for one in value.split(",") if one.strip()]
                if name in _LISTS
                else value
            )
    return shock


def attack_on(
    guarantor: Actor | None, beneficiary: Actor, challenger: Actor | None, as_of: date
) -> str:
    """The TOML text of a war on one state the day after `as_of`, its guarantor followed."""
    attacker = "" if challenger is None else f" by {in_prose(challenger.name)}"
    shock = {
        "kind": "attack",
        "on": as_of + timedelta(days=1),
        "beneficiary": beneficiary.name,
        "challengers": [] if challenger is None else [challenger.name],
        "war": True,
    }
    return toml_of(
        {
            "name": "my-attack",
            "title": f"An attack on {in_prose(beneficiary.name)}{attacker}",
            "as_of": as_of,
            "horizon": "5y",
            "watch": [] if guarantor is None else [f"{guarantor.id}>{beneficiary.id}"],
            "shocks": [shock],
        }
    )


def toml_of(data: dict[str, Any]) -> str:
    """A scenario's values as TOML text, in the order of the shipped files."""
    lines = [f"{key} = {_value(key, data[key])}" for key in _HEAD if data.get(key)]
    if data.get("watch"):
        lines.append(f"watch = {_value('watch', data['watch'])}")
    for shock in data.get("shocks", ()):
        lines.append("\n[[shock]]")
        lines += [f"{key} = {_value(key, value)}" for key, value in shock.items()
                  if value is not None]  # fmt: skip
    return "\n".join(lines) + "\n"


def values_of(scenario: Scenario) -> dict[str, Any]:
    """A scenario's values as the form shows them."""
    return scenario.model_dump(mode="json")


def _value(key: str, value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | tuple):
        return f"[{', '.join(json.dumps(str(one), ensure_ascii=False) for one in value)}]"
    if key in ("as_of", "on", "until") and _is_day(str(value)):
        return str(value)
    if key == "share" and _is_number(str(value)):
        return str(float(value))
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _is_number(text: str) -> bool:
    try:
        return 0 <= float(text) <= 1
    except ValueError:
        return False
