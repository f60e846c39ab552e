"""Plain text and Markdown: the decoded content unchanged."""

from __future__ import annotations

from foedus.evidence.formats.decoding import decode
from foedus.evidence.formats.extracted import Extracted
from foedus.evidence.limits import Limits


def extract(data: bytes, name: str, limits: Limits) -> Extracted:
    """Decode a .txt or .md file; offsets count in the result, newlines as they were.

    Raises:
        DocumentError: see `decode`.
    """
    media_type = "text/markdown" if name.lower().endswith((".md", ".markdown")) else "text/plain"
    return Extracted(decode(data, name), media_type)
