"""The watch list: commitments in force, by the chance of being left alone when called."""

from __future__ import annotations

from datetime import date

from foedus.domain.commitments import Obligation
from foedus.domain.estimates import Estimate
from foedus.domain.frozen import Frozen
from foedus.domain.rungs import Rung


class OpenAttack(Frozen):
    """One attack on a beneficiary that goes on; `challengers` are actors' ids."""

    call: str
    name: str
    since: date
    challengers: tuple[str, ...]


class WatchRow(Frozen):
    """All that one guarantor has promised one beneficiary, and the chance that it stays away.

    `left_without` is the modelled probability that neither material support nor forces come
    within a year of an attack; `rungs` holds the five probabilities, lowest rung first.
    `rank` counts from 1, the highest chance; rows that the model does not tell apart share one
    and are `tied`. `region` is the beneficiary's.
    """

    guarantor: str
    guarantor_name: str
    beneficiary: str
    beneficiary_name: str
    region: str
    obligations: tuple[Obligation, ...]
    instruments: tuple[str, ...]
    since: date | None
    left_without: Estimate
    rungs: tuple[float, float, float, float, float]
    likeliest: Rung
    rank: int
    tied: bool
    attacks: tuple[OpenAttack, ...]


class WatchList(Frozen):
    """Every commitment in force on `as_of`, the highest chance of being left alone first."""

    as_of: date
    catalog_version: str
    estimand: str
    rows: tuple[WatchRow, ...]
