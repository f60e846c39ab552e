"""What the kernel derives from a network: once for all batches, and once for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from foedus.stress.clearing import Clearing
from foedus.stress.network import HAZARDS, Floats, Ints, Network
from foedus.stress.plan import Plan

Singles = npt.NDArray[np.float32]
if TYPE_CHECKING:
    Sparse = csr_array[np.float32, tuple[int, int]]


class Held:
    """The a pairs that are held to something at some time of the plan, sorted by beneficiary.

    `start` (n + 1) bounds each beneficiary's rows; `row_of` (p) is a pair's row, -1 where it has
    none. `forces` and `material` (draws * a) are P(forces) and P(material or more), draw by draw.
    """

    def __init__(self, network: Network, plan: Plan) -> None:
        pairs, n = network.pairs, len(network.actors.ids)
        level = pairs.level.copy()
        for quarter in plan.quarters.values():
            for change in quarter.changes:
                level[change.pair] = max(level[change.pair], change.level)
        self.pair: Ints = np.flatnonzero(level)
        self.row_of = np.full(pairs.count, -1, dtype=np.int64)
        self.row_of[self.pair] = np.arange(len(self.pair))
        self.guarantor = pairs.guarantor[self.pair]
        self.beneficiary = pairs.beneficiary[self.pair]
        self.start: Ints = np.searchsorted(self.beneficiary, np.arange(n + 1))
        chance = network.willingness[:, self.pair]
        self.draws = len(chance)
        self.forces: Singles = np.ascontiguousarray(chance[:, :, 0]).ravel()
        self.material: Singles = np.ascontiguousarray(chance[:, :, 1]).ravel()
        self.mean_forces: Floats = chance[:, :, 0].mean(axis=0, dtype=np.float64)
        self.mean_material: Floats = chance[:, :, 1].mean(axis=0, dtype=np.float64)
        self.clearing = Clearing(network.transit, pairs.guarantor)
        slot = np.full(pairs.count, -1, dtype=np.int64)
        slot[self.clearing.pairs] = np.arange(len(self.clearing.pairs))
        self.slot: Ints = slot[self.pair]

    def __len__(self) -> int:
        return len(self.pair)


@dataclass(frozen=True)
class Asked:
    """Columns (a) beside `Held`, for one set of levels and one draw of the parameters.

    A claim falls on each guarantor by `share` (sums to 1 in a beneficiary); `due` (0..1) is how
    much the pair is held to, `expected` the part of its claim that it will meet on the mean.
    """

    due: Singles
    share: Singles
    discount: Singles
    expected: Singles
    part: Singles
    """(a): the part of the beneficiary's expected support that comes from the pair."""
    support: Sparse
    """(n, n) sparse: the same, beneficiary by guarantor."""


def capability(network: Network, values: dict[str, float]) -> Floats:
    """Capability (n) with 0 where unknown and the judged value for armed groups."""
    known = np.nan_to_num(network.actors.capability)
    return np.where(network.actors.group, values["group_capability"], known)


def asked(
    network: Network, held: Held, level: Ints, values: dict[str, float], strength: Floats
) -> Asked:
    """A claim falls on each pair by due x capability x discount; `level` (p), `strength` (n)."""
    n = len(network.actors.ids)
    due = np.array([0.0, values["lesser_due"], values["habit_due"], 1.0])[level[held.pair]]
    discount = network.pairs.discount[held.pair]
    potential = due * strength[held.guarantor] * discount
    total = np.bincount(held.beneficiary, weights=potential, minlength=n)[held.beneficiary]
    share = np.divide(potential, total, out=np.zeros_like(potential), where=total > 0)
    worth = values["material_worth"]
    expected = held.mean_forces + worth * (held.mean_material - held.mean_forces)
    support = share * expected
    whole = np.bincount(held.beneficiary, weights=support, minlength=n)[held.beneficiary]
    part = np.divide(support, whole, out=np.zeros_like(support), where=whole > 0)
    part = part.astype(np.float32)
    return Asked(
        due=due.astype(np.float32),
        share=share.astype(np.float32),
        discount=discount.astype(np.float32),
        expected=expected.astype(np.float32),
        part=part,
        support=csr_array((part, (held.beneficiary, held.guarantor)), shape=(n, n)),
    )


def hazard(network: Network, values: dict[str, float]) -> Floats:
    """Base lapses a year of each instrument (i)."""
    return np.array([values[name] for name in HAZARDS])[network.instruments.hazard]
