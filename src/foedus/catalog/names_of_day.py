"""The names that stand for actors in a text of one day, made quickly for many days.

Names other than leaders' change on few days, so what they give is kept from change to change;
leaders are looked up by the years of their terms.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import OrderedDict, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from foedus.catalog.folding import fold
from foedus.catalog.name_index import DatedName
from foedus.domain.actors import NameRole

_NUMERAL = re.compile(r"[IVX]+")
_SPELLS_KEPT = 24


@dataclass(frozen=True)
class NameEntry:
    """One surface that stands for an actor in a text.

    `ambiguous` says that the same surface also names another actor on that day, or is an
    ordinary word or a person's first name: read it only with more context.
    """

    name: str
    actor: str
    role: NameRole
    ambiguous: bool


@dataclass(frozen=True)
class _Spell:
    """What names other than leaders' give between two days on which any of them changes."""

    entries: tuple[tuple[str, NameEntry], ...]
    keys: frozenset[tuple[str, str]]
    titles: frozenset[str]
    holders: Mapping[str, frozenset[str]]


class NamesOfDay:
    """`names` and `leaders` (actor, name, aliases, start, ended) as the catalog has them.

    `actors` gives each actor's kind, first and last day; `ordinary` are folded words that mean
    something else as often.
    """

    def __init__(
        self,
        names: Sequence[DatedName],
        leaders: Sequence[tuple[Any, ...]],
        actors: Mapping[str, tuple[str, date | None, date | None]],
        ordinary: frozenset[str],
    ) -> None:
        self._names, self._actors, self._ordinary = names, actors, ordinary
        self._by_year: defaultdict[int, list[tuple[Any, ...]]] = defaultdict(list)
        for row in leaders:
            if "not established" not in row[1]:
                last = date.today().year + 1 if row[4] is None else row[4].year
                for year in range(row[3].year, max(last, row[3].year) + 1):
                    self._by_year[year].append(row)
        bounds = [(one.first, one.last) for one in names]
        bounds += [(first, last) for _, first, last in actors.values()]
        self._changes = sorted(
            {first for first, _ in bounds if first is not None}
            | {last + timedelta(days=1) for _, last in bounds if last not in (None, date.max)}
        )
        self._kept: OrderedDict[int, _Spell] = OrderedDict()

    def entries(self, on: date) -> tuple[NameEntry, ...]:
        """See `ActorIndex.names`."""
        spell = self._spell(on)
        leaders: dict[tuple[str, str], str] = {}
        theirs: defaultdict[str, set[str]] = defaultdict(set)
        for name, actor in self._in_office(on):
            folded = _fold(name)
            if folded not in spell.titles and (name, actor) not in spell.keys:
                leaders.setdefault((name, actor), folded)
                theirs[folded].add(actor)
        nobody: frozenset[str] = frozenset()
        found = []
        for folded, entry in spell.entries:
            if not entry.ambiguous and folded in theirs and theirs[folded] != {entry.actor}:
                entry = _entry(entry.name, entry.actor, entry.role, True)
            found.append(entry)
        for (name, actor), folded in leaders.items():
            holders = theirs[folded] | spell.holders.get(folded, nobody)
            unsure = len(holders) > 1 or folded in self._ordinary
            found.append(_entry(name, actor, "leader", unsure))
        return tuple(found)

    def _spell(self, on: date) -> _Spell:
        number = bisect_right(self._changes, on)
        if number not in self._kept:
            self._kept[number] = self._made(on)
            if len(self._kept) > _SPELLS_KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(number)
        return self._kept[number]

    def _made(self, on: date) -> _Spell:
        surfaces: dict[tuple[str, str], NameRole] = {}
        titles: set[str] = set()
        holders: defaultdict[str, set[str]] = defaultdict(set)
        for dated in self._names:
            if dated.valid(on) and self._nameable(dated.actor, on):
                surfaces.setdefault((dated.name, dated.actor), dated.role)
                holders[_fold(dated.name)].add(dated.actor)
                if dated.rank == 1:
                    titles.add(_fold(dated.name))
        entries = []
        for (name, actor), role in surfaces.items():
            folded = _fold(name)
            unsure = len(holders[folded]) > 1 or folded in self._ordinary
            entries.append((folded, _entry(name, actor, role, unsure)))
        return _Spell(
            tuple(entries),
            frozenset(surfaces),
            frozenset(titles),
            {folded: frozenset(actors) for folded, actors in holders.items()},
        )

    def _in_office(self, on: date) -> Iterator[tuple[str, str]]:
        for actor, name, aliases, start, ended in self._by_year.get(on.year, ()):
            if start > on or (ended is not None and ended < on):
                continue
            yield name, actor
            for alias in aliases or ():
                yield alias, actor
            surname = name.split()[-1]
            if not aliases and len(surname) > 3 and not _NUMERAL.fullmatch(surname):
                yield surname, actor

    def _nameable(self, actor: str, on: date) -> bool:
        kind, first, last = self._actors[actor]
        founded = kind != "organisation" or first is None or first <= on
        return founded and (last is None or on <= last)


_fold = lru_cache(maxsize=65_536)(fold)
_entry = lru_cache(maxsize=65_536)(NameEntry)
