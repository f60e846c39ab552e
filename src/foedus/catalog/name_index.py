"""Names by folded spelling: which actors answer to a word, how well, and when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from foedus.catalog.folding import fold
from foedus.domain.actors import NameRole

_RANKS: dict[NameRole, int] = {
    "name": 1,
    "alias": 1,
    "former": 2,
    "demonym": 2,
    "capital": 2,
    "seat": 2,
    "epithet": 2,
    "code": 3,
    "leader": 4,
}


class DatedName(NamedTuple):
    """One spelling of one actor, valid from `first` to `last` (null: no bound).

    `rank` orders what answers to one spelling: 0 an ISO alpha-3 code, 1 a name, 2 a word that
    points at the actor, 3 another code or a register token.
    """

    name: str
    actor: str
    role: NameRole
    first: date | None
    last: date | None
    rank: int

    def valid(self, on: date) -> bool:
        """Whether the name was in use on that day."""
        return (self.first is None or self.first <= on) and (self.last is None or on <= self.last)


def dated_name(
    name: str, actor: str, role: NameRole, first: date | None, last: date | None
) -> DatedName:
    """A name ranked by its role."""
    return DatedName(name, actor, role, first, last, _RANKS[role])


class NameIndex:
    """Dated names grouped by folded spelling."""

    def __init__(self, names: Iterable[DatedName]) -> None:
        self._by_spelling: dict[str, list[DatedName]] = defaultdict(list)
        for name in names:
            spelling = fold(name.name)
            if spelling:
                self._by_spelling[spelling].append(name)

    def find(self, name: str) -> list[DatedName]:
        """Every name that spells like `name`; empty where there is none."""
        return list(self._by_spelling.get(fold(name), ()))

    def similar(self, name: str, limit: int) -> list[str]:
        """Ids of the actors whose names stand in `name` or come nearest to it, each once."""
        from rapidfuzz import fuzz, process

        spelling = fold(name)
        if len(spelling) < 2:
            return []
        words = [
            word
            for word, found in self._by_spelling.items()
            if found[0].rank < 3 and (len(word) > 3 or len(spelling) < 4)
        ]
        matches = process.extract(spelling, words, scorer=fuzz.ratio, limit=40, score_cutoff=70)
        if not matches:
            matches = process.extract(spelling, words, scorer=fuzz.WRatio, limit=8, score_cutoff=86)
        near = [(-score, self._by_spelling[word][0].rank, word) for word, score, _ in matches]
        best: dict[str, None] = {}
        for part in spelling.split():
            best.update(
                dict.fromkeys(f.actor for f in self._by_spelling.get(part, ()) if f.rank == 1)
            )
        for score, _, word in sorted(near):
            if score <= -matches[0][1] + 6:
                best.update(dict.fromkeys(found.actor for found in self._by_spelling[word]))
        return list(best)[:limit]
