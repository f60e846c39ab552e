"""Panels and foreign-policy similarity, as known on a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from foedus.assessment.days import as_of_day
from foedus.catalog.facts import Facts
from foedus.record.panel.panel import Panel
from foedus.record.panel.panel import panel as panel_of
from foedus.record.similarity.similarity import Similarity
from foedus.record.similarity.similarity import similarity as similarity_of


def panel(
    unit: str = "directed-dyad",
    years: tuple[int, int] = (1816, 2010),
    with_: Sequence[str] = (),
    *,
    as_of: date | str | None = None,
) -> Panel:
    """Every unit in every year from the first to the last, with the named parts.

    Raises:
        InputError: an unknown unit, part or range of years; names those that exist.
        DateError: `as_of` is not a date, lies in the future or before 1816.
    """
    return panel_of(unit, years, with_, Facts(as_of=as_of_day(as_of)))


def similarity(
    years: int | Iterable[int],
    source: str = "alliances",
    measures: Sequence[str] = (),
    *,
    as_of: date | str | None = None,
) -> Similarity:
    """Similarity of foreign policies for every pair of states in each year.

    Raises:
        InputError: an unknown source, measure or year; names those that exist.
        DateError: `as_of` is not a date, lies in the future or before 1816.
    """
    return similarity_of(years, source, measures, Facts(as_of=as_of_day(as_of)))
