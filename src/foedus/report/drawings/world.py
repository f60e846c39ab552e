"""The world's states as projected outlines: Natural Earth 1:110m, decoded from TopoJSON."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from foedus.report.drawings.antimeridian import cut
from foedus.report.drawings.projection import project

BORDERS = (
    "Borders: Natural Earth 1:110m, version 4.1 of 2018, who controls the ground, at this scale;"
    " they take no side in any dispute."
)
"""Printed under every map."""
_LEFT_OUT = ("Antarctica", "Fr. S. Antarctic Lands")


@dataclass(frozen=True, slots=True)
class Shape:
    """One outline: its name, the actor that it stands for (null: none), and its path data."""

    name: str
    actor: str | None
    path: str


@cache
def shapes() -> tuple[Shape, ...]:
    """Every outline in drawing units of `projection`, to a tenth of a unit.

    Source: naturalearthdata.com (public domain), as packaged in world-atlas 2.0.2.
    """
    folder = files("foedus.report.drawings")
    topology = json.loads(folder.joinpath("world-110m.json").read_text("utf-8"))
    rows = csv.DictReader(folder.joinpath("world_actors.csv").read_text("utf-8").splitlines())
    actors = {row["shape"]: row["actor"] or None for row in rows}
    arcs = [_decoded(arc, topology["transform"]) for arc in topology["arcs"]]
    found = []
    for geometry in topology["objects"]["countries"]["geometries"]:
        name = geometry["properties"]["name"]
        if name not in _LEFT_OUT:
            found.append(Shape(name, actors[name], _path(geometry, arcs)))
    return tuple(sorted(found, key=lambda shape: shape.name))


@cache
def actors_with_shape() -> frozenset[str]:
    """The actors that an outline stands for."""
    return frozenset(shape.actor for shape in shapes() if shape.actor)


Point = tuple[float, float]


def _decoded(arc: Sequence[Sequence[int]], transform: dict[str, Any]) -> list[Point]:
    """One arc's points in degrees; TopoJSON stores whole steps between points."""
    (scale_x, scale_y), (move_x, move_y) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        points.append((x * scale_x + move_x, y * scale_y + move_y))
    return points


def _path(geometry: dict[str, Any], arcs: list[list[Point]]) -> str:
    polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    return "".join(
        _drawn(part)
        for polygon in polygons
        for ring in polygon
        for part in cut(_joined(ring, arcs))
    )


def _joined(ring: Sequence[int], arcs: list[list[Point]]) -> list[Point]:
    """A ring's points, first and last the same; a negative arc ~n is arc n backwards."""
    points: list[Point] = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points.extend(arc if not points else arc[1:])
    return points


def _drawn(ring: Sequence[Point]) -> str:
    """One ring as a start and relative steps, to a tenth of a unit."""
    points: list[tuple[int, int]] = []
    for place in ring:
        across, down = project(*place)
        point = (round(across * 10), round(down * 10))
        if not points or point != points[-1]:
            points.append(point)
    if len(points) > 1 and points[0] == points[-1]:
        points.pop()
    if len(points) < 3:
        return ""
    steps = [
        f"{_tenths(x - before_x)} {_tenths(y - before_y)}"
        for (before_x, before_y), (x, y) in pairwise(points)
    ]
    start = f"{_tenths(points[0][0])} {_tenths(points[0][1])}"
    return f"M{start}l{' '.join(steps)}z".replace(" -", "-")


def _tenths(value: int) -> str:
    whole, tenth = divmod(abs(value), 10)
    sign = "-" if value < 0 else ""
    return f"{sign}{whole or ''}.{tenth}" if tenth else f"{sign}{whole}"
