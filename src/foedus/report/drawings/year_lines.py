"""Lines over years as SVG, with the years after which a source falls silent shaded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, log10

from foedus.report.plain_text import visible

WIDTH, HEIGHT = 640, 190
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 12, 10, 24
_GAP = 1
"""Years without a value that a line does not bridge."""


@dataclass(frozen=True, slots=True)
class YearLine:
    """One line: its name, its style (`first` or `second`), and values by year."""

    name: str
    style: str
    values: Mapping[int, float]


def year_lines_svg(
    lines: Sequence[YearLine],
    *,
    key: str,
    title: str,
    alternative: str,
    first: int,
    last: int,
    until: int | None = None,
    percent: bool = False,
) -> str:
    """Lines on one axis of years `first` to `last`; after `until` the ground is shaded."""
    top = _nice(max((value for line in lines for value in line.values.values()), default=1.0))
    span = max(1, last - first)

    def x(year: float) -> float:
        return _LEFT + (WIDTH - _LEFT - _RIGHT) * (year - first) / span

    def y(value: float) -> float:
        return _TOP + (HEIGHT - _TOP - _BOTTOM) * (1 - value / top)

    parts = [
        f'<svg class="years" role="img" aria-labelledby="{key}-t {key}-d"'
        f' viewBox="0 0 {WIDTH} {HEIGHT}" xmlns="http://www.w3.org/2000/svg">',
        f'<title id="{key}-t">{escape(visible(title))}</title>',
        f'<desc id="{key}-d">{escape(visible(alternative))}</desc>',
    ]
    if until is not None and until < last:
        parts.append(
            f'<rect class="silent" x="{x(until + 0.5):.1f}" y="{_TOP}"'
            f' width="{x(last) - x(until + 0.5) + _RIGHT:.1f}" height="{HEIGHT - _TOP - _BOTTOM}"/>'
        )
    for share in (0, 0.5, 1):
        level = top * share
        words = f"{level:.3g}" if not percent else f"{100 * level:.3g}%"
        parts.append(
            f'<path class="rule" d="M{_LEFT} {y(level):.1f}H{WIDTH - _RIGHT}"/>'
            f'<text x="{_LEFT - 6}" y="{y(level) + 4:.1f}" text-anchor="end">{words}</text>'
        )
    step = next(size for size in (1, 2, 5, 10, 20, 25, 50, 100) if span / size <= 9)
    parts += [
        f'<text x="{x(year):.1f}" y="{HEIGHT - 6}" text-anchor="middle">{year}</text>'
        for year in range(ceil(first / step) * step, last + 1, step)
        if _LEFT <= x(year) <= WIDTH - 16
    ]
    for line in lines:
        points: list[str] = []
        before = None
        for year in sorted(line.values):
            jump = "M" if before is None or year - before > _GAP else "L"
            points.append(f"{jump}{x(year):.1f} {y(line.values[year]):.1f}")
            before = year
        if points:
            parts.append(f'<path class="line {line.style}" d="{"".join(points)}"/>')
    return "".join((*parts, "</svg>"))


def _nice(value: float) -> float:
    """The least of 1, 2, 2.5, 5 times a power of ten that is no smaller."""
    if value <= 0:
        return 1.0
    scale = 10.0 ** (ceil(log10(value)) - 1)
    return next(size * scale for size in (1, 2, 2.5, 5, 10) if size * scale >= value - 1e-12)
