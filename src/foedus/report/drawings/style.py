"""The drawings' style sheet: the page's colours by variable, or fixed ones in a file of its own."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

_VARIABLE = re.compile(r"var\(--[a-z0-9-]+, ([^)]+)\)")


@cache
def style(*, standalone: bool) -> str:
    """The style sheet; `standalone` sets every variable to its light colour."""
    text = files("foedus.report.drawings").joinpath("drawings.css").read_text("utf-8")
    return _VARIABLE.sub(r"\1", text) if standalone else text
