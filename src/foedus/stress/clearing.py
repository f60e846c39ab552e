"""The clearing of passages: which platforms and armed groups still stand, and what gets through."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from foedus.stress.network import Transit

Singles = npt.NDArray[np.float32]
_ROUNDS = 60
_SETTLED = 1e-6


@dataclass(frozen=True)
class Passage:
    """For r runs: platforms (r, k), armed groups (r, g) and served pairs (r, s), each 0..1."""

    platform: Singles
    group: Singles
    through: Singles


class Clearing:
    r"""The greatest fixed point of what stands, given which platforms are open.

    A platform k stands as far as it is open and its hosts stand,
    $x_k = o_k \max(0, 1 - \sum_{h \in H_k} (1 - s_h y_h))$; through the platforms of a
    guarantor that serve the beneficiary goes the part $\rho$ of the support of pair e,
    $t_e = 1 - \rho + \rho \, \mathrm{mean}_{k \in K_e} x_k$ (1 where it has none); an armed group
    g has $y_g = s_g (1 - \pi + \pi \max_{e \in P_g} s_{patron} t_e)$. Every right-hand side rises
    in x and y, so iterating down from 1 ends at the greatest fixed point.

    Source: forms of Eisenberg & Noe 2001 and Rogers & Veraart 2013; Tarski's fixed point.
    """

    def __init__(self, transit: Transit, guarantor: npt.NDArray[np.int64]) -> None:
        """`guarantor` (p) is the giving actor of each pair."""
        self._host = csr_array(transit.host.astype(np.float32))
        self._groups = transit.groups
        self.pairs, self._slot = np.unique(transit.pair, return_inverse=True)
        weight = np.zeros((len(transit.platforms), len(self.pairs)), dtype=np.float32)
        weight[transit.platform, self._slot] = 1.0
        self._mean = csr_array((weight / np.maximum(weight.sum(axis=0), 1.0)).T)
        order = np.argsort(transit.patron_group, kind="stable")
        pair = transit.patron_pair[order]
        self._patron = guarantor[pair]
        served = np.full(len(guarantor), len(self.pairs), dtype=np.int64)
        served[self.pairs] = np.arange(len(self.pairs))
        self._feeds = served[pair]
        """Column of each patron's pair among the served ones; one past them where it is not."""
        self._fed_groups, self._first = np.unique(transit.patron_group[order], return_index=True)

    def clear(
        self, open_: Singles, standing: Singles, transit: float, patron_share: float
    ) -> Passage:
        """Levels for r runs: `open_` (r, k) and `standing` (r, n) are 0..1."""
        runs = len(open_)
        platform = open_.copy()
        group = np.ones((runs, len(self._groups)), dtype=np.float32)
        through = np.ones((runs, len(self.pairs)), dtype=np.float32)
        for _ in range(_ROUNDS):
            down = 1.0 - standing
            down[:, self._groups] = 1.0 - standing[:, self._groups] * group
            newer = open_ * np.maximum(0.0, 1.0 - (self._host @ down.T).T)
            through = np.float32(1 - transit) + np.float32(transit) * (self._mean @ newer.T).T
            fed = self._fed(standing, through)
            later = standing[:, self._groups] * (
                np.float32(1 - patron_share) + np.float32(patron_share) * fed
            )
            moved = max(_largest(platform - newer), _largest(group - later))
            platform, group = newer, later
            if moved < _SETTLED:
                break
        return Passage(platform, group, through)

    def _fed(self, standing: Singles, through: Singles) -> Singles:
        """What the best patron still sends each group (r, g); 1 for a group without a patron."""
        fed = np.ones((len(standing), len(self._groups)), dtype=np.float32)
        if len(self._first):
            whole = np.ones((len(standing), 1), dtype=np.float32)
            sent = standing[:, self._patron] * np.hstack([through, whole])[:, self._feeds]
            fed[:, self._fed_groups] = np.maximum.reduceat(sent, self._first, axis=1)
        return fed


def _largest(values: Singles) -> float:
    return float(np.abs(values).max()) if values.size else 0.0
