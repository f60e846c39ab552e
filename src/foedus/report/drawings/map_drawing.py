"""A shaded world map: one level for each actor, small states as dots, borders and day stated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from foedus.errors import InputError
from foedus.report.drawings.projection import WIDTH, frame, project
from foedus.report.drawings.style import style
from foedus.report.drawings.world import BORDERS, actors_with_shape, shapes
from foedus.report.plain_text import visible

EXTENTS: dict[str, tuple[str, tuple[float, float, float, float]]] = {
    "world": ("World", (-180.0, -57.0, 180.0, 84.0)),
    "europe": ("Europe", (-13.0, 34.0, 45.0, 71.0)),
    "middle-east": ("Middle East", (22.0, 10.0, 66.0, 43.0)),
    "asia": ("Asia and the Pacific", (60.0, -12.0, 150.0, 55.0)),
    "africa": ("Africa", (-20.0, -36.0, 55.0, 38.0)),
    "americas": ("Americas", (-130.0, -56.0, -34.0, 60.0)),
}
"""Part of the world by key: its name and west, south, east, north in degrees."""
LEVELS = 5


@dataclass(frozen=True, slots=True)
class Shade:
    """One actor on the map: a level 1..5 (null: known, but not measured), words, and a link."""

    name: str
    words: str
    level: int | None
    href: str | None = None
    place: tuple[float, float] | None = None
    """Longitude and latitude, for actors that are too small for an outline."""
    centre: bool = False


@dataclass(frozen=True, slots=True)
class WorldMap:
    """What a map shows. `levels` words each level that is used, lowest first."""

    title: str
    alternative: str
    as_of: date
    shades: Mapping[str, Shade]
    levels: Sequence[tuple[int, str]]
    extent: str = "world"


def not_on_map(drawing: WorldMap) -> list[str]:
    """Names of the shaded actors that have neither outline nor place, sorted."""
    drawn = actors_with_shape()
    return sorted(
        shade.name
        for actor, shade in drawing.shades.items()
        if actor not in drawn and shade.place is None
    )


def map_svg(drawing: WorldMap, *, key: str = "map", standalone: bool = False) -> str:
    """The map as SVG; `standalone` brings its own style and a printed title.

    Raises:
        InputError: an extent that there is not.
    """
    if drawing.extent not in EXTENTS:
        raise InputError(
            f"No part of the world is called {drawing.extent[:30]!r} here. There are"
            f" {', '.join(EXTENTS)}."
        )
    left, top, width, height = frame(*EXTENTS[drawing.extent][1])
    zoom = width / WIDTH
    head, foot = (26 * zoom if standalone else 0), 22 * zoom * (2 if standalone else 1)
    box = f"{left:.1f} {top - head:.1f} {width:.1f} {height + head + foot:.1f}"
    size = f'width="960" height="{960 * (height + head + foot) / width:.0f}"' if standalone else ""
    role = "img" if standalone else "group"
    return "".join((
        f'<svg class="drawing map" role="{role}" {size} viewBox="{box}"'
        f' aria-labelledby="{key}-t {key}-d" xmlns="http://www.w3.org/2000/svg">',
        f'<title id="{key}-t">{_safe(drawing.title)}</title>',
        f'<desc id="{key}-d">{_safe(drawing.alternative)}</desc>',
        f"<style>{style(standalone=True)}</style>"
        f'<rect class="sheet" x="{left:.1f}" y="{top - head:.1f}" width="{width:.1f}"'
        f' height="{height + head + foot:.1f}"/>'
        if standalone
        else "",
        f'<clipPath id="{key}-c"><rect x="{left:.1f}" y="{top:.1f}" width="{width:.1f}"'
        f' height="{height:.1f}"/></clipPath>',
        f'<g clip-path="url(#{key}-c)" stroke-linejoin="round" stroke-width="{0.6 * zoom:.2f}">',
        *_outlines(drawing),
        *_dots(drawing, zoom),
        "</g>",
        _print(drawing, left, top, height, zoom) if standalone else "",
        "</svg>",
    ))  # fmt: skip


def _outlines(drawing: WorldMap) -> list[str]:
    plain, shaded = [], []
    for shape in shapes():
        shade = drawing.shades.get(shape.actor) if shape.actor else None
        if shade is None:
            plain.append(f'<path class="land" d="{shape.path}"/>')
            continue
        mark = f'<path class="land {_class(shade)}" d="{shape.path}"/>'
        shaded.append(_linked(mark, shape.actor or "", shade))
    return plain + shaded


def _dots(drawing: WorldMap, zoom: float) -> list[str]:
    drawn = actors_with_shape()
    dots = []
    for actor, shade in drawing.shades.items():
        if actor in drawn or shade.place is None:
            continue
        x, y = project(*shade.place)
        mark = (
            f'<circle class="land dot {_class(shade)}" cx="{x:.1f}" cy="{y:.1f}"'
            f' r="{4 * zoom:.1f}"/>'
        )
        dots.append(_linked(mark, actor, shade))
    return dots


def _class(shade: Shade) -> str:
    if shade.centre:
        return "ego"
    return "known" if shade.level is None else f"l{max(1, min(LEVELS, shade.level))}"


def _linked(mark: str, actor: str, shade: Shade) -> str:
    words = _safe(f"{shade.name}: {shade.words}")
    inside = f"<title>{words}</title>{mark}"
    if shade.href is None:
        return f'<g data-actor="{_safe(actor)}">{inside}</g>'
    return f'<a href="{_safe(shade.href)}" data-actor="{_safe(actor)}">{inside}</a>'


def _print(drawing: WorldMap, left: float, top: float, height: float, zoom: float) -> str:
    def text(x: float, y: float, size: float, words: str, name: str = "") -> str:
        return (
            f'<text class="{name}" font-size="{size * zoom:.1f}" x="{left + x * zoom:.1f}"'
            f' y="{y:.1f}">{_safe(words)}</text>'
        )

    bottom = top + height
    parts = [text(8, top - 9 * zoom, 15, drawing.title)]
    x = 8.0
    for level, words in drawing.levels:
        parts.append(
            f'<rect class="land l{level}" x="{left + x * zoom:.1f}" y="{bottom + 6 * zoom:.1f}"'
            f' width="{14 * zoom:.1f}" height="{10 * zoom:.1f}"/>'
        )
        parts.append(text(x + 18, bottom + 15 * zoom, 11, words))
        x += 30 + 6.2 * len(words)
    parts.append(text(8, bottom + 34 * zoom, 10, f"As of {drawing.as_of}. {BORDERS}", "fine"))
    return "".join(parts)


def _safe(text: str) -> str:
    return escape(visible(text))
