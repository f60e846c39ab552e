"""The catalog's own names on a document's date."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from foedus.catalog.actors import ActorIndex, NameEntry
from foedus.domain.documents import Document
from foedus.evidence.mentions import names_for


@pytest.fixture(scope="session")
def packaged() -> Callable[[Document], tuple[NameEntry, ...]]:
    index = ActorIndex.packaged()
    kept: dict[date, tuple[NameEntry, ...]] = {}

    def names(document: Document) -> tuple[NameEntry, ...]:
        day = date(2025, 6, 1) if document.date is None else document.date.last
        if day not in kept:
            kept[day] = names_for(index, day)
        return kept[day]

    return names
