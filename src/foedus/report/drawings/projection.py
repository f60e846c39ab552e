"""The Equal Earth projection: areas keep their ratios, so a shaded state weighs what it covers."""

from __future__ import annotations

from math import asin, cos, pi, radians, sin, sqrt

_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_M = sqrt(3) / 2
WIDTH = 960.0
"""The whole world's width in drawing units."""
_SCALE = WIDTH / (2 * pi / (_M * _A1))
HEIGHT = 2 * 1.3173627591574 * _SCALE


def project(longitude: float, latitude: float) -> tuple[float, float]:
    """Degrees to drawing units, (0, 0) at the top left of the whole world.

    Source: Šavrič, Patterson and Jenny (2018), doi:10.1080/13658816.2018.1504949.
    """
    theta = asin(_M * sin(radians(latitude)))
    square = theta * theta
    sixth = square**3
    across = radians(longitude) * cos(theta)
    across /= _M * (_A1 + 3 * _A2 * square + sixth * (7 * _A3 + 9 * _A4 * square))
    up = theta * (_A1 + _A2 * square + sixth * (_A3 + _A4 * square))
    return WIDTH / 2 + across * _SCALE, HEIGHT / 2 - up * _SCALE


def frame(
    west: float, south: float, east: float, north: float
) -> tuple[float, float, float, float]:
    """The box (left, top, width, height) in drawing units that shows these degrees."""
    steps = [part / 8 for part in range(9)]
    edge = [
        project(west + (east - west) * x, south + (north - south) * y)
        for x in steps
        for y in steps
        if x in (0, 1) or y in (0, 1)
    ]
    left, right = min(x for x, _ in edge), max(x for x, _ in edge)
    top, bottom = min(y for _, y in edge), max(y for _, y in edge)
    return left, top, right - left, bottom - top
