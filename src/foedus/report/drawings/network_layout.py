"""Places for a network around one actor: rings, ordered by compass bearing from the middle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import atan2, cos, pi, radians, sin

from foedus.domain.networks import Network, NetworkActor

SIZE = 1000
"""Width and height in drawing units; the middle is (0, 0)."""
_RADII = {1: (300,), 2: (190, 372)}
_SMALLEST_GAP = 8.5
"""Less room than this between two neighbours (units) leaves no room for their names."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where one actor stands: units from the middle, and its angle (radians, clockwise from up)."""

    x: float
    y: float
    angle: float
    labelled: bool
    small: bool


def layout(network: Network) -> dict[str, Place]:
    """A place for every actor by id; the same network always gives the same places.

    Neighbours on a ring lie in neighbouring directions on the globe, so that a region stays
    together; what has no known place comes last, by name.
    """
    rings = 2 if any(actor.ring == 2 for actor in network.actors) else 1
    centre = next(actor for actor in network.actors if actor.ring == 0)
    places = {centre.id: Place(0.0, 0.0, 0.0, labelled=True, small=False)}
    for ring, radius in enumerate(_RADII[rings], start=1):
        members = [actor for actor in network.actors if actor.ring == ring]
        places |= _ring(sorted(members, key=lambda one: _direction(centre, one)), radius)
    return places


def _ring(members: Sequence[NetworkActor], radius: float) -> dict[str, Place]:
    if not members:
        return {}
    gap = 2 * pi * radius / len(members)
    places = {}
    for number, actor in enumerate(members):
        angle = 2 * pi * (number + 0.5) / len(members)
        places[actor.id] = Place(
            x=radius * sin(angle),
            y=-radius * cos(angle),
            angle=angle,
            labelled=gap >= _SMALLEST_GAP,
            small=gap < 14,
        )
    return places


def _direction(centre: NetworkActor, other: NetworkActor) -> tuple[bool, float, str]:
    """The initial bearing of the great circle from the middle, clockwise from north."""
    if None in (centre.longitude, centre.latitude, other.longitude, other.latitude):
        return True, 0.0, other.name
    here, there = radians(centre.latitude or 0), radians(other.latitude or 0)
    turn = radians((other.longitude or 0) - (centre.longitude or 0))
    east = sin(turn) * cos(there)
    north = cos(here) * sin(there) - sin(here) * cos(there) * cos(turn)
    return False, atan2(east, north) % (2 * pi), other.name
