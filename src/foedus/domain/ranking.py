"""Commitments in order of how likely they are to be left without help when called."""

from __future__ import annotations

from datetime import date

from foedus.domain.frozen import Frozen


class RankedCommitment(Frozen):
    """One directed pair. `left_alone` is P(less than material support), with its 90% interval.

    `tied` says that the draws do not tell it from the first of its rank nine times in ten.
    """

    rank: int
    tied: bool
    guarantor: str
    guarantor_name: str
    beneficiary: str
    beneficiary_name: str
    defence: bool
    titles: tuple[str, ...]
    left_alone: float
    low: float
    high: float
    without_forces: float


class Ranking(Frozen):
    """A ranking under do(call): if each commitment were tested."""

    as_of: date
    catalog_version: str
    what: str
    commitments: tuple[RankedCommitment, ...]
