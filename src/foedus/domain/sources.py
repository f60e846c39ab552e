"""Where a fact comes from, and how far it is believed."""

from __future__ import annotations

from typing import Literal

from foedus.domain.dates import DateSpan
from foedus.domain.frozen import Frozen

Reliability = Literal["A", "B", "C", "D", "E", "F"]
"""Admiralty source reliability: A completely reliable ... E unreliable, F cannot be judged."""

Credibility = Literal[1, 2, 3, 4, 5, 6]
"""Admiralty information credibility: 1 confirmed ... 5 improbable, 6 cannot be judged."""

Confidence = Literal["high", "medium", "low"]


class Source(Frozen):
    """A citation for one fact; `table` is a vintage key (see `foedus data list`)."""

    table: str
    title: str | None = None
    publisher: str | None = None
    published: DateSpan | None = None
    ref: str | None = None
    confidence: Confidence | None = None
