"""A small invented network for tests of the kernel."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np

from foedus.stress.network import Actors, Instruments, Network, Pairs, Transit
from foedus.stress.parameters import PRIORS, Parameter

NAMES = ("PATRON", "CLIENT", "OTHER", "FOE", "HOST", "GROUP")
PATRON, CLIENT, OTHER, FOE, HOST, GROUP = range(6)


def _estimate(name: str, value: float) -> Parameter:
    return Parameter(name, value, value, value, "estimate", name, "invented", 10)


PARAMETERS = PRIORS.with_estimates(
    _estimate("contest_level", -2.5),
    _estimate("contest_war", 2.5),
    _estimate("contest_slope", 0.3),
    _estimate("hazard_paper", 0.002),
    _estimate("hazard_lesser", 0.005),
    _estimate("hazard_defence", 0.01),
    _estimate("common_shock", 0.05),
    _estimate("tested_war", 1.0),
    _estimate("tested_short", 1.0),
)


def small(*, rate: float = 0.1, forces: float = 0.5, material: float = 0.8) -> Network:
    """A patron, two clients, a foe, the host of the patron's platform, and the patron's group.

    The platform on the host's ground serves the first client; the group acts for it too.
    """
    giver = np.array([PATRON, GROUP, PATRON, CLIENT, PATRON])
    taker = np.array([CLIENT, CLIENT, OTHER, OTHER, GROUP])
    order = np.lexsort([giver, taker])
    giver, taker = giver[order], taker[order]
    n = len(NAMES)
    pairs = Pairs(
        guarantor=giver,
        beneficiary=taker,
        start=np.searchsorted(taker, np.arange(n + 1)),
        level=np.array([3, 2, 3, 3, 2])[order],
        discount=np.full(len(giver), 0.9),
        texts=np.ones(len(giver), dtype=np.int64),
    )
    challenger = np.full((n, 4), -1)
    challenger[[CLIENT, OTHER], 0] = FOE
    weight = np.zeros((n, 4))
    weight[[CLIENT, OTHER], 0] = 1.0
    host = np.zeros((1, n), dtype=bool)
    host[0, HOST] = True
    served = pairs.find(PATRON, CLIENT)
    fed = pairs.find(PATRON, GROUP)
    rates = np.zeros(n)
    rates[[CLIENT, OTHER]] = rate
    return Network(
        as_of=date(2020, 1, 1),
        level="dyad",
        actors=Actors(
            ids=NAMES,
            names=tuple(name.title() for name in NAMES),
            group=np.arange(n) == GROUP,
            bloc=np.array([1, 3, 3, 3, 3, 3]),
            capability=np.array([0.2, 0.01, 0.01, 0.1, 0.01, np.nan]),
            wars=np.zeros(n, dtype=np.int64),
            conflicts=np.zeros(n, dtype=np.int64),
            rate=rates,
            war=np.full(n, 0.3),
            challenger=challenger,
            weight=weight,
        ),
        pairs=pairs,
        instruments=Instruments(
            ids=tuple(f"{NAMES[g]}>{NAMES[b]}" for g, b in zip(giver, taker, strict=True)),
            pair=np.arange(len(giver)),
            hazard=np.full(len(giver), 2),
        ),
        transit=Transit(
            platforms=("base",),
            names=("The base",),
            owner=np.array([PATRON]),
            host=host,
            pair=np.array([served]),
            platform=np.array([0]),
            groups=np.array([GROUP]),
            patron_group=np.array([0]),
            patron_pair=np.array([fed]),
        ),
        willingness=np.tile(
            np.array([forces, material, 0.95], dtype=np.float32), (8, len(giver), 1)
        ),
        parameters=PARAMETERS,
        notes=(),
    )


def values(**changed: float) -> dict[str, float]:
    """The parameters' values, some of them changed."""
    return {name: PARAMETERS[name] for name in PARAMETERS} | changed


def without_capability(network: Network) -> Network:
    """The same network when no guarantor has anything."""
    actors = replace(network.actors, capability=np.array([1e-30, 0.01, 0.01, 0.1, 0.01, np.nan]))
    return replace(network, actors=actors)
