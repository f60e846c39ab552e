"""What a reviewer types for a field, read as that field's own kind of value."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from foedus.domain.claims import UNNAMED
from foedus.errors import FoedusError, InputError

_ACTORS = ("source", "target")
_NUMBERS = ("start", "end", "credibility")
_MAY_BE_EMPTY = ("beneficiary", "event_type", "time", "time_basis")
_DATE = r"(?:\d{4}(?:-\d{2}(?:-\d{2})?)?[~?%]?|\.\.)"
_EDTF = re.compile(rf"{_DATE}(?:/{_DATE})?")


def coded_values(given: Mapping[str, Any]) -> dict[str, Any]:
    """Values by field as the claim schema has them; what is not text stays as it is.

    Source, target and support are lists with commas; actors are resolved by name, but for the
    codebook's unnamed parties and `X:...` tokens. `attribution` is KIND or KIND:NAME.

    Raises:
        UnknownActor, AmbiguousActor: an actor's name that leads to none, or to several.
        InputError: not a number, or not an EDTF date.
    """
    values = {field: _value(field, value) for field, value in given.items()}
    time = values.get("time")
    if isinstance(time, str) and not _EDTF.fullmatch(time):
        raise InputError(f"Not an EDTF date: {time!r}. Write 2024-05-01, 2024-05, 2024 or A/B.")
    return values


def _value(field: str, value: Any) -> Any:
    if field in _ACTORS and isinstance(value, list | tuple):
        return [actor_id(str(one)) for one in value]
    if not isinstance(value, str):
        return value
    if field in _ACTORS:
        return [actor_id(one) for one in _listed(value)]
    if field == "support":
        return _listed(value)
    if field in _MAY_BE_EMPTY and not value.strip():
        return None
    if field == "beneficiary":
        return actor_id(value.strip())
    if field == "event_type":
        return value.strip().upper()
    if field == "attribution":
        kind, _, name = value.partition(":")
        return {"kind": kind.strip(), "name": name.strip() or None}
    if field in _NUMBERS:
        try:
            return int(value)
        except ValueError:
            raise InputError(f"Not a number for {field}: {value!r}.") from None
    return value if field == "quote" else value.strip()


def _listed(value: str) -> list[str]:
    return [part.strip() for part in value.split(",") if part.strip()]


@cache
def actor_id(name: str) -> str:
    """The id of an actor given by name or id; a part of one (`SYR:REBELS`) needs its owner.

    Raises:
        UnknownActor, AmbiguousActor: a name that leads to none, or to several.
    """
    from foedus.catalog.actors import ActorIndex

    if name in UNNAMED:
        return name
    owner, colon, part = name.partition(":")
    try:
        return ActorIndex.packaged().resolve(name).id
    except FoedusError:
        if not colon or not part:
            raise
    return f"{ActorIndex.packaged().resolve(owner).id}:{part}"
