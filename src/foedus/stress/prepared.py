"""What the kernel derives from a network and one parameter draw before a batch runs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from foedus.stress.network import HAZARDS, Floats, Ints, Network

Singles = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Asked:
    """The pairs that are held to something (a), sorted by beneficiary, for one set of levels.

    `start` (n + 1) bounds each beneficiary's rows; `share` (0..1) sums to 1 in each.
    """

    pair: Ints
    guarantor: Ints
    start: Ints
    due: Singles
    share: Singles
    discount: Singles
    expected: Singles
    chance: Singles
    """(draws, a, 3): P(forces), P(material or more), P(words or more)."""
    support: Singles
    """(n, n): the part of the column's expected support that comes from the row."""


def capability(network: Network, values: dict[str, float]) -> Floats:
    """Capability (n) with 0 where unknown and the judged value for armed groups."""
    known = np.nan_to_num(network.actors.capability)
    return np.where(network.actors.group, values["group_capability"], known)


def dues(level: Ints, values: dict[str, float]) -> Floats:
    """How much each pair is held to (p, 0..1)."""
    return np.array([0.0, values["lesser_due"], values["habit_due"], 1.0])[level]


def asked(network: Network, level: Ints, values: dict[str, float], strength: Floats) -> Asked:
    """The pairs held to something: a claim falls on each by due x capability x discount."""
    pairs, n = network.pairs, len(network.actors.ids)
    due = dues(level, values)
    potential = due * strength[pairs.guarantor] * pairs.discount
    rows = np.flatnonzero(potential > 0)
    beneficiary = pairs.beneficiary[rows]
    total = np.bincount(beneficiary, weights=potential[rows], minlength=n)
    share = potential[rows] / total[beneficiary]
    chance = network.willingness[:, rows, :]
    worth = values["material_worth"]
    mean = chance.mean(axis=0, dtype=np.float64)
    expected = mean[:, 0] + worth * (mean[:, 1] - mean[:, 0])
    support = np.zeros((n, n))
    support[pairs.guarantor[rows], beneficiary] = share * expected
    column = support.sum(axis=0)
    support = np.divide(support, column, out=np.zeros_like(support), where=column > 0)
    return Asked(
        pair=rows,
        guarantor=pairs.guarantor[rows],
        start=np.searchsorted(beneficiary, np.arange(n + 1)),
        due=due[rows].astype(np.float32),
        share=share.astype(np.float32),
        discount=pairs.discount[rows].astype(np.float32),
        expected=expected.astype(np.float32),
        chance=chance,
        support=support.astype(np.float32),
    )


def hazard(network: Network, values: dict[str, float]) -> Floats:
    """Base lapses a year of each instrument (i)."""
    return np.array([values[name] for name in HAZARDS])[network.instruments.hazard]
