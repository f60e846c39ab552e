"""SVG: the picture on its own, with the provenance as metadata and as a line under it."""

from __future__ import annotations

from html import escape

from foedus.report.exports.view import View
from foedus.report.plain_text import visible

NAMESPACE = "https://foedus.example/export"


def write(view: View) -> bytes:
    """One SVG document that needs nothing else: `<metadata>` first, then the picture."""
    picture = view.picture or ""
    start = picture.index("<svg")
    end = picture.index(">", start)
    opening = picture[start:end]
    if "xmlns=" not in opening:
        opening = opening.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    said = "".join(
        f'<f:item name="{escape(name)}">{escape(visible(value))}</f:item>'
        for name, value in view.provenance.items
    )
    metadata = f'<metadata><f:export xmlns:f="{NAMESPACE}">{said}</f:export></metadata>'
    return f"{opening}>{metadata}{picture[end + 1 :]}".encode()
