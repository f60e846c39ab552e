"""Documents and claims for the tests of the workspace."""

from __future__ import annotations

import hashlib
from typing import Any

from foedus.domain.claims import Claim
from foedus.domain.dates import DateSpan
from foedus.domain.documents import Document, Passage

TEXT = "Freedonia said it would send arms to Sylvania. Osterlich asked for troops in vain."
CLAIMS_PER_NUMBERED = 5


def document(text: str = TEXT, *, date: str | None = "2024-05", **changes: Any) -> Document:
    values: dict[str, Any] = {
        "id": hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16],
        "name": "dispatch.txt",
        "media_type": "text/plain",
        "text": text,
        "passages": (Passage(start=0, end=len(text)),),
        "title": None,
        "publisher": None,
        "author": None,
        "date": DateSpan.parse(date) if date else None,
        "date_basis": "dateline" if date else "unknown",
        "language": "en",
    }
    return Document(**{**values, **changes})


def claim(of: Document, start: int = 0, end: int = 46, **changes: Any) -> Claim:
    values: dict[str, Any] = {
        "claim_id": f"{of.id}-{start}-{end}",
        "doc": of.id,
        "quote": of.text[start:end],
        "start": start,
        "end": end,
        "source": ("FRE",),
        "target": ("SYL",),
        "act": "commit",
        "support": ("arms",),
        "polarity": "pos",
        "confidence": 0.7,
        "coder": "rules",
        "coder_version": "1",
    }
    return Claim(**{**values, **changes})


def numbered(number: int) -> tuple[Document, list[Claim]]:
    """The document of that number, some kB long, and its claims."""
    one = document(f"Report {number}. " + TEXT * 100)
    return one, [claim(one, 20 * k, 20 * k + 15) for k in range(CLAIMS_PER_NUMBERED)]
