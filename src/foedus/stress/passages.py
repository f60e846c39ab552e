"""Platforms and patrons on one day: what a pair's support passes through."""

from __future__ import annotations

import numpy as np

from foedus.catalog.facts import Facts
from foedus.stress.network import Bools, Pairs, Transit

_PLATFORMS = """
    SELECT id, name, guarantor, hosts, serves FROM platforms
    WHERE ended_last IS NULL ORDER BY id
"""
_PATRONS = """
    SELECT DISTINCT guarantor, armed_group FROM proxies WHERE ended_last IS NULL ORDER BY ALL
"""


def passages(facts: Facts, place: dict[str, int], pairs: Pairs, group: Bools) -> Transit:
    """The platforms in use, whom they serve, and which pairs feed which armed group.

    A host or a served actor that the network does not hold is left out; a platform on its own
    guarantor's ground cannot be lost with a host.
    """
    rows = facts.rows(_PLATFORMS)
    host = np.zeros((len(rows), len(place)), dtype=bool)
    owner = np.full(len(rows), -1, dtype=np.int64)
    serves: list[tuple[int, int]] = []
    for at, row in enumerate(rows):
        owner[at] = place.get(row["guarantor"], -1)
        for actor in row["hosts"]:
            if actor in place and actor != row["guarantor"]:
                host[at, place[actor]] = True
        for actor in row["serves"]:
            if actor in place and owner[at] >= 0:
                pair = pairs.find(int(owner[at]), place[actor])
                if pair is not None:
                    serves.append((pair, at))
    groups = np.flatnonzero(group)
    number = {int(actor): at for at, actor in enumerate(groups)}
    patrons: list[tuple[int, int]] = []
    for row in facts.rows(_PATRONS):
        if row["guarantor"] in place and row["armed_group"] in place:
            actor = place[row["armed_group"]]
            pair = pairs.find(place[row["guarantor"]], actor)
            if pair is not None and actor in number:
                patrons.append((number[actor], pair))
    serve = np.array(serves, dtype=np.int64).reshape(-1, 2)
    patron = np.array(patrons, dtype=np.int64).reshape(-1, 2)
    return Transit(
        platforms=tuple(row["id"] for row in rows),
        names=tuple(row["name"] for row in rows),
        owner=owner,
        host=host,
        pair=serve[:, 0],
        platform=serve[:, 1],
        groups=groups,
        patron_group=patron[:, 0],
        patron_pair=patron[:, 1],
    )
