"""Rings that cross the 180th meridian, cut there into rings that a flat map can draw."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

Point = tuple[float, float]


def cut(ring: Sequence[Point]) -> list[list[Point]]:
    """The ring's parts between 180 degrees west and east; itself where it does not cross."""
    unrolled = [ring[0]]
    for (before, _), (longitude, latitude) in pairwise(ring):
        turn = round((before - longitude) / 360) * 360
        last = unrolled[-1][0]
        step = longitude + turn - before
        unrolled.append((last + step, latitude))
    west, east = min(x for x, _ in unrolled), max(x for x, _ in unrolled)
    if west >= -180 and east <= 180:
        return [unrolled]
    parts = []
    for shift in (-360.0, 0.0, 360.0):
        moved = [(x + shift, y) for x, y in unrolled]
        part = _beyond(_beyond(moved, -180.0, 1), 180.0, -1)
        if len(part) > 2:
            parts.append(part)
    return parts


def _beyond(ring: Sequence[Point], edge: float, side: int) -> list[Point]:
    """The part of a ring east (`side` 1) or west (-1) of a meridian.

    Source: Sutherland and Hodgman (1974), doi:10.1145/360767.360802.
    """
    kept: list[Point] = []
    for (x, y), (next_x, next_y) in pairwise([*ring, ring[0]] if ring else []):
        inside, next_inside = side * (x - edge) >= 0, side * (next_x - edge) >= 0
        if inside:
            kept.append((x, y))
        if inside != next_inside:
            kept.append((edge, y + (next_y - y) * (edge - x) / (next_x - x)))
    return kept
