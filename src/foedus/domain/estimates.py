"""Probabilities with their intervals: one estimate, one rung, one window of five rungs."""

from __future__ import annotations

from typing import Literal

from foedus.domain.frozen import Frozen
from foedus.domain.rungs import Rung


class Estimate(Frozen):
    """A probability (0..1) with its 90% interval and its ICD 203 term."""

    probability: float
    low: float
    high: float
    term: str


class RungProbability(Frozen):
    """The probability that exactly this rung, and that this rung or a higher one, is reached."""

    rung: Rung
    label: str
    exactly: Estimate
    at_least: Estimate


class Window(Frozen):
    """The five rungs, lowest first, within `days` of the call's start."""

    days: Literal[30, 365]
    rungs: tuple[RungProbability, ...]


class OtherCommitment(Frozen):
    """The guarantor's promise to another state, were it attacked (do(call), within 365 days).

    `challenger` is that state's latest attacker, null where none is known.
    """

    beneficiary: str
    beneficiary_name: str
    challenger_name: str | None
    defence: bool
    material: Estimate
    forces: Estimate
