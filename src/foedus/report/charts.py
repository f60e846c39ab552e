"""Bar charts with interval whiskers: Vega-Lite specifications, and their SVG."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from html import escape
from typing import Any

from foedus.report.blocks import Bar, Chart
from foedus.report.plain_text import visible

WIDTH = 340
_LABELS = 128
_FIGURE = 44
BAR, WHISKER, INK, GRID = "#9cc4cf", "#0b5468", "#1b2530", "#dde2e7"
"""Light colours; the page's style sheet maps each one to its own scheme by attribute."""

_INNER_ROLES = re.compile(
    r'(<g [^>]*?) role="graphics-(?:object|symbol)" aria-roledescription="[a-z ]+"'
)


def vega_lite(chart: Chart) -> dict[str, Any]:
    """The Vega-Lite v5 specification of one chart, `WIDTH` pixels wide.

    Figures stand in a column at the right, where no whisker can cross them.
    """
    values = [_row(bar, chart.top) for bar in chart.bars]
    x_axis = {
        "title": None,
        "format": ".1~%",
        "values": [chart.top * part / 4 for part in (0, 1, 2, 3, 4)]
        if chart.top >= 0.5
        else [0, chart.top / 2, chart.top],
        "grid": True,
        "gridColor": GRID,
        "domain": False,
        "ticks": False,
        "labelColor": INK,
        "labelFontSize": 11,
        "labelPadding": 6,
        "labelFlush": False,
        "labelOverlap": False,
    }
    y_axis = {
        "title": None,
        "ticks": False,
        "domain": False,
        "labelColor": INK,
        "labelFontSize": 12,
        "labelPadding": 8,
        "labelLimit": _LABELS - 10,
        "minExtent": _LABELS,
        "maxExtent": _LABELS,
        "labelExpr": "split(datum.label, '\\n')",
        "labelLineHeight": 14,
    }
    x_scale = {"domain": [0, chart.top], "nice": False, "clamp": True}
    x = {"field": "value", "type": "quantitative", "scale": x_scale, "axis": x_axis}
    layers: list[dict[str, Any]] = [
        {
            "mark": {"type": "bar", "color": BAR, "height": 14},
            "encoding": {"x": x, "x2": {"field": "start"}}
            if any(bar.start for bar in chart.bars)
            else {"x": x},
        },
        {
            "mark": {"type": "text", "align": "right", "fontSize": 13, "fontWeight": 600,
                     "color": INK, "x": WIDTH - _LABELS - 2},
            "encoding": {"text": {"field": "figure", "type": "nominal"}},
        },
    ]  # fmt: skip
    if chart.line is not None:
        mark = {"type": "rule", "color": WHISKER, "strokeWidth": 1.5, "strokeDash": [3, 2]}
        layers.append({"mark": mark, "encoding": {"x": {"datum": chart.line}, "y": None}})
    if any(bar.low is not None for bar in chart.bars):
        for shape, low, high in (("rule", "low", "high"), ("tick", "low", None),
                                ("tick", "high", None)):  # fmt: skip
            layers.append(_whisker(shape, low, high))
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "background": None,
        "padding": {"left": _LABELS, "right": _FIGURE, "top": 2, "bottom": 22},
        "autosize": {"type": "none"},
        "width": WIDTH - _LABELS - _FIGURE,
        "height": {"step": 40},
        "data": {"values": values},
        "encoding": {
            "y": {"field": "label", "type": "nominal", "sort": None, "axis": y_axis},
        },
        "layer": layers,
        "config": {"aria": False, "font": "sans-serif", "view": {"stroke": None}},
    }


def _row(bar: Bar, top: float) -> dict[str, Any]:
    return {
        "label": _two_lines(visible(bar.label[:1].upper() + bar.label[1:])),
        "value": min(bar.value, top),
        **({"start": bar.start} if bar.start else {}),
        "low": bar.low,
        "high": bar.high,
        "figure": bar.figure,
    }


def _two_lines(label: str) -> str:
    words = label.split()
    if len(label) <= 16 or len(words) < 2:
        return label
    cut = min(
        range(1, len(words)),
        key=lambda at: max(len(" ".join(words[:at])), len(" ".join(words[at:]))),
    )
    return " ".join(words[:cut]) + "\n" + " ".join(words[cut:])


def _whisker(mark: str, low: str, high: str | None) -> dict[str, Any]:
    encoding: dict[str, Any] = {"x": {"field": low, "type": "quantitative"}}
    shape: dict[str, Any] = {"type": mark, "color": WHISKER}
    if high is not None:
        encoding["x2"] = {"field": high}
        shape["strokeWidth"] = 1.5
    else:
        shape |= {"thickness": 1.5, "height": 10}
    return {
        "mark": shape,
        "encoding": encoding,
        "transform": [{"filter": "isValid(datum.low) && isValid(datum.high)"}],
    }


def svg(chart: Chart, key: str) -> str:
    """The chart as inline SVG with title and description; `key` makes its ids unique.

    The first call of a process starts the converter's JavaScript engine (about 0.9 s).
    """
    drawn = _drawn(json.dumps(vega_lite(chart)))
    _, _, inside = _INNER_ROLES.sub(r"\1", drawn).partition(">")
    height = drawn.partition('height="')[2].partition('"')[0]
    return (
        f'<svg class="chart" role="img" aria-labelledby="{key}-t {key}-d" '
        f'width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}">'
        f'<title id="{key}-t">{escape(visible(chart.title))}</title>'
        f'<desc id="{key}-d">{escape(visible(chart.alternative))}</desc>{inside}'
    )


@lru_cache(maxsize=256)
def _drawn(specification: str) -> str:
    import vl_convert

    drawn: str = vl_convert.vegalite_to_svg(specification)
    return drawn
