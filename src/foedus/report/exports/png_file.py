"""PNG: the picture at twice its size, with the provenance in iTXt chunks."""

from __future__ import annotations

import struct
import zlib

from foedus.report.exports import svg_file
from foedus.report.exports.view import View

_SCALE = 2.0
_HEAD = 8 + 25
"""Signature and IHDR chunk; texts come next."""


def write(view: View) -> bytes:
    """The picture as PNG on white; every line of the provenance is one text chunk.

    The first call of a process starts the converter (about 0.3 s).
    """
    import vl_convert

    drawn: bytes = vl_convert.svg_to_png(svg_file.write(view).decode(), scale=_SCALE, ppi=144)
    texts = b"".join(_text(f"foedus:{name}", value) for name, value in view.provenance.items)
    return drawn[:_HEAD] + texts + drawn[_HEAD:]


def _text(keyword: str, value: str) -> bytes:
    data = keyword.encode("latin-1") + b"\0\0\0\0\0" + value.encode("utf-8", "replace")
    body = b"iTXt" + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))
