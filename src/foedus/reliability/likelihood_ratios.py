"""The likelihood ratios of statements: the shipped judgement, and a user's file over it."""

from __future__ import annotations

import os
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, get_args

from pydantic import Field, ValidationError

from foedus.domain.claims import Act, Claim, Polarity, Support
from foedus.domain.frozen import Frozen
from foedus.domain.sources import Credibility, Reliability
from foedus.errors import InputError

VARIABLE = "FOEDUS_RATIOS"
SHIPPED = Path(__file__).with_suffix(".toml")
OPINIONS: frozenset[Act] = frozenset({"assess", "expect"})
STANDING = frozenset({"actual", "intended"})
"""Modalities that tell of a fact or a firm intention; others move nothing."""

Factor = Annotated[float, Field(ge=0.05, le=20)]
Share = Annotated[float, Field(ge=0, le=1)]


class Ratio(Frozen):
    """What one statement of `act` multiplies the two odds by, were its grade the best.

    A row with `support` is for statements of one of these kinds, and goes before one without.
    """

    act: Act
    polarity: Polarity
    support: tuple[Support, ...] = ()
    material: Factor
    forces: Factor
    why: str = ""


class Cap(Frozen):
    """All statements together multiply the odds by no more than this, or divide them."""

    material: Annotated[float, Field(ge=1, le=100)]
    forces: Annotated[float, Field(ge=1, le=100)]


class Ratios(Frozen):
    """Ratios, the weights (0..1) of grades on their logarithms, caps, and where they are from."""

    cap: Cap
    credibility: dict[Credibility, Share]
    reliability: dict[Reliability, Share]
    ratio: tuple[Ratio, ...]
    source: str

    def of(self, claim: Claim) -> Ratio | None:
        """The row for a claim's act, polarity and support; null where it moves nothing."""
        rows = [row for row in self.ratio if (row.act, row.polarity) == (claim.act, claim.polarity)]
        narrow = [row for row in rows if set(row.support) & set(claim.support)]
        return next(iter(narrow), next((row for row in rows if not row.support), None))


def ratios(path: str | Path | None = None) -> Ratios:
    """The ratios of the file at `path` (default: named by FOEDUS_RATIOS) over the shipped ones.

    Grades and caps that the file gives replace those shipped; its rows of an act and polarity
    replace all shipped rows of these.

    Raises:
        InputError: the file cannot be read, or holds what no ratio can be.
    """
    named = path or os.environ.get(VARIABLE)
    return _read(Path(named)) if named else _shipped()


@lru_cache(maxsize=1)
def _shipped() -> Ratios:
    given = tomllib.loads(SHIPPED.read_text("utf-8"))
    return Ratios.model_validate({**_keyed(given), "source": "shipped defaults (judgement)"})


def _read(path: Path) -> Ratios:
    try:
        given = _keyed(tomllib.loads(path.read_text("utf-8")))
    except OSError as error:
        raise InputError(
            f"The ratios file {path} cannot be read ({error.strerror}). Mend {VARIABLE}."
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, ValueError) as error:
        raise InputError(f"The ratios file {path} is not such a TOML file: {error}.") from error
    merged = _shipped().model_dump() | {"source": str(path)}
    unknown = sorted(set(given) - set(merged) | set(given) & {"source"})
    if unknown:
        known = "cap, credibility, reliability, ratio"
        raise InputError(f"The ratios file {path} has {unknown[0]!r}; it may have {known}.")
    try:
        for table in ("cap", "credibility", "reliability"):
            merged[table] = {**merged[table], **given.get(table, {})}
        own = [Ratio.model_validate(row) for row in given.get("ratio", ())]
        pairs = {(row.act, row.polarity) for row in own}
        kept = [row for row in _shipped().ratio if (row.act, row.polarity) not in pairs]
        found = Ratios.model_validate({**merged, "ratio": (*own, *kept)})
    except ValidationError as error:
        first = error.errors()[0]
        at = ".".join(map(str, first["loc"]))
        raise InputError(
            f"The ratios file {path}, {at}: {first['msg']}, received {str(first['input'])[:60]!r}."
        ) from error
    except TypeError as error:
        raise InputError(
            f"The ratios file {path}: tables and [[ratio]] rows are needed."
        ) from error
    if opinion := next((row.act for row in found.ratio if row.act in OPINIONS), None):
        raise InputError(
            f"The ratios file {path} gives a ratio for {opinion!r}: opinions move nothing."
        )
    return found


def _keyed(given: dict[str, Any]) -> dict[str, Any]:
    """The tables as read, with numbers as keys of credibility."""
    grades = given.get("credibility")
    if not isinstance(grades, dict):
        return given
    known = {str(grade): grade for grade in get_args(Credibility)}
    return {**given, "credibility": {known.get(key, key): value for key, value in grades.items()}}
