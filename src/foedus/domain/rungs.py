"""The ladder: what a guarantor delivered, as one of five rungs, or as a range of them."""

from __future__ import annotations

from enum import IntEnum

from pydantic import model_validator

from foedus.domain.frozen import Frozen


class Rung(IntEnum):
    """Highest rung reached. The three upper rungs follow UCDP External Support's categories."""

    NOTHING = 0
    WORDS = 1
    DIPLOMATIC = 2
    MATERIAL = 3
    FORCES = 4

    @property
    def label(self) -> str:
        """The rung in words, as reports print it."""
        return _LABELS[self]


_LABELS = {
    Rung.NOTHING: "nothing",
    Rung.WORDS: "words",
    Rung.DIPLOMATIC: "diplomatic action",
    Rung.MATERIAL: "material support",
    Rung.FORCES: "forces",
}


class RungRange(Frozen):
    """The rungs (`low` to `high`, both included) that a source leaves possible.

    COW and MID record forces only, so an ally absent from them is `low=0, high=3`:
    not forces, otherwise unknown. `0..4` is "unknown".
    """

    low: Rung
    high: Rung

    @model_validator(mode="after")
    def _ordered(self) -> RungRange:
        if self.low > self.high:
            raise ValueError(f"rung range {self.low}..{self.high} is upside down")
        return self

    @property
    def exact(self) -> Rung | None:
        """The rung, where only one is possible."""
        return self.low if self.low == self.high else None

    def __str__(self) -> str:
        if self.exact is not None:
            return self.exact.label
        if (self.low, self.high) == (Rung.NOTHING, Rung.FORCES):
            return "unknown"
        if self.low is Rung.NOTHING and self.high is Rung.MATERIAL:
            return "no forces; otherwise unknown"
        return f"{self.low.label} to {self.high.label}"
